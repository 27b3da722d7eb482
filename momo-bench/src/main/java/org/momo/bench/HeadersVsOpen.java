package org.momo.bench;

import com.sun.management.ThreadMXBean;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.momo.dicom.DicomReader;

/**
 * Reading headers against opening each file, reading 8 KiB and closing it, the faster of two ways
 * to do so in Java: {@code momo-bench/ratios headers-vs-open}.
 */
final class HeadersVsOpen extends HeadersVs {
  private static final int FIRST = 8192;

  @Override
  public String name() {
    return "headers-vs-open";
  }

  @Override
  String what() {
    return "times a bare loop that opens, reads 8 KiB and closes";
  }

  @Override
  double ratio(Times times) {
    return times.ours() / times.theirs();
  }

  @Override
  boolean worse(double ratio, double than) {
    return ratio > than;
  }

  @Override
  Times times(FileSet set, boolean quick) throws IOException {
    DicomReader reader = new DicomReader();
    double ours = Double.POSITIVE_INFINITY;
    double channels = Double.POSITIVE_INFINITY;
    double streams = Double.POSITIVE_INFINITY;
    int turns = (quick ? 40_000 : 400_000) / set.files().size() + 1;
    for (int turn = 0; turn < turns; turn++) {
      ours = Math.min(ours, time(reader, set.files(), 1));
      long start = System.nanoTime();
      long bytes = channels(set.files());
      long middle = System.nanoTime();
      long same = streams(set.files());
      long end = System.nanoTime();
      if (bytes != same) {
        throw new IllegalStateException("the loops read " + bytes + " and " + same + " bytes");
      }
      channels = Math.min(channels, (middle - start) / 1e6);
      streams = Math.min(streams, (end - middle) / 1e6);
    }
    return new Times(ours, Math.min(channels, streams));
  }

  @Override
  String more(FileSet set) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    DicomReader reader = new DicomReader();
    read(reader, set.files());
    long before = threads.getCurrentThreadAllocatedBytes();
    read(reader, set.files());
    long after = threads.getCurrentThreadAllocatedBytes();
    return ", %d bytes allocated a file".formatted((after - before) / set.files().size());
  }

  private static long channels(List<Path> files) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST);
    long bytes = 0;
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        buffer.clear();
        bytes += channel.read(buffer);
      }
    }
    return bytes;
  }

  private static long streams(List<Path> files) throws IOException {
    byte[] buffer = new byte[FIRST];
    long bytes = 0;
    for (Path file : files) {
      try (FileInputStream stream = new FileInputStream(file.toFile())) {
        bytes += stream.read(buffer);
      }
    }
    return bytes;
  }
}
