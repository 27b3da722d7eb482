package org.momo.dicom;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.PixelData;
import org.momo.study.Tag;

/**
 * Reads mutated files and watches for what must not happen: another exception than the reader's
 * own, a run over 50 ms, more than 64 MiB allocated.
 *
 * <p>Mutations know the structure: they change lengths, tags, representations and delimiters where
 * those stand, copy and cut whole runs of bytes, and flip bits anywhere.
 *
 * <p>Usage: {@code Fuzz COUNT SEED FOLDER} with a folder of DICOM files, of which each gives a
 * seed.
 */
public final class Fuzz {
  private static final int SEED_BYTES_AT_MOST = 24 << 10;
  private static final long NANOS_AT_MOST = 50_000_000;
  private static final long BYTES_AT_MOST = 64L << 20;
  private static final int[] LENGTHS = {
    0, 1, 2, 7, 8, 0xFF, 0x100, 0x7FFF, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, -1, -2
  };
  private static final int[] TAGS = {
    0xFFFEE000,
    0xFFFEE00D,
    0xFFFEE0DD,
    0x7FE00010,
    0x00080005,
    0x00081032,
    0x52009230,
    0x0020000D,
    0x00020010,
    0x00280103,
    0,
    -1
  };

  private final Random random;
  private final DicomReader reader = new DicomReader(ReadOptions.defaults());
  private final com.sun.management.ThreadMXBean memory =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long slowest;
  private long largest;
  private long refused;

  Fuzz(long seed) {
    this.random = new Random(seed);
  }

  public static void main(String[] args) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of(args[2]))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        seeds.add(Arrays.copyOf(bytes, Math.min(bytes.length, SEED_BYTES_AT_MOST)));
      }
    }
    Fuzz fuzz = new Fuzz(Long.parseLong(args[1]));
    long count = Long.parseLong(args[0]);
    long begun = System.nanoTime();
    long found = 0;
    for (long i = 0; i < count; i++) {
      byte[] mutant = fuzz.mutate(seeds.get(fuzz.random.nextInt(seeds.size())));
      String failure = fuzz.failure(mutant);
      if (failure != null) {
        // What is slow must be slow again, once its code is compiled.
        String again = fuzz.failure(mutant);
        if (again != null) {
          found++;
          Path kept = Path.of("fuzz-" + args[1] + "-" + i + ".dcm");
          Files.write(kept, mutant);
          System.out.println(kept + ": " + again);
        }
      }
    }
    System.out.printf(
        "%d mutants of %d seeds in %d s: %d refused, %d failures; slowest %.1f ms, most allocated %d KiB%n",
        count,
        seeds.size(),
        (System.nanoTime() - begun) / 1_000_000_000,
        fuzz.refused,
        found,
        fuzz.slowest / 1e6,
        fuzz.largest >> 10);
  }

  /** What went wrong with a mutant, or null. */
  String failure(byte[] mutant) {
    long before = memory.getCurrentThreadAllocatedBytes();
    // The time of the thread: what else the machine does is not the reader's.
    long begun = memory.getCurrentThreadCpuTime();
    try {
      Instance instance = reader.read(mutant, "mutant");
      use(instance);
    } catch (DicomException e) {
      refused++;
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      StackTraceElement[] trace = e.getStackTrace();
      return e
          + (trace.length > 0
              ? " at " + trace[0] + " < " + trace[Math.min(3, trace.length - 1)]
              : "");
    }
    long nanos = memory.getCurrentThreadCpuTime() - begun;
    long bytes = memory.getCurrentThreadAllocatedBytes() - before;
    if (nanos > NANOS_AT_MOST) {
      return "took " + nanos / 1_000_000 + " ms";
    }
    if (bytes > BYTES_AT_MOST) {
      return "allocated " + (bytes >> 20) + " MiB";
    }
    slowest = Math.max(slowest, nanos);
    largest = Math.max(largest, bytes);
    return null;
  }

  private static void use(Instance instance) throws IOException {
    Header header = instance.header();
    for (int tag :
        new int[] {
          Tag.STUDY_DESCRIPTION,
          Tag.MODALITY,
          Tag.IMAGE_TYPE,
          Tag.ROWS,
          Tag.IMAGE_POSITION_PATIENT,
          Tag.ECHO_TIME,
          Tag.LATERALITY,
          Tag.CODE_MEANING,
          Tag.NUMBER_OF_FRAMES
        }) {
      header.strings(tag);
      header.number(tag);
    }
    header.codes(Tag.PROCEDURE_CODE_SEQUENCE);
    header.codes(Tag.ANATOMIC_REGION_SEQUENCE);
    for (Header item : header.items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE)) {
      item.items(Tag.PIXEL_MEASURES_SEQUENCE);
    }
    instance.isImage();
    if (instance.pixelData().isPresent()) {
      PixelData pixels = instance.pixelData().get();
      try {
        pixels.frame(0);
        pixels.frame(pixels.frames() - 1);
      } catch (DicomException e) {
        // Frames of mutants are mostly gone.
        return;
      }
    }
  }

  byte[] mutate(byte[] seed) {
    byte[] bytes = seed.clone();
    int times = 1 + random.nextInt(6);
    for (int i = 0; i < times && bytes.length > 16; i++) {
      bytes = mutateOnce(bytes);
    }
    return bytes;
  }

  private byte[] mutateOnce(byte[] bytes) {
    int at = random.nextBoolean() ? elementAt(bytes) : random.nextInt(bytes.length - 12);
    switch (random.nextInt(10)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> int32(bytes, at + 4, pick(LENGTHS));
      case 3 -> int16(bytes, at + 6, pick(LENGTHS));
      case 4 -> int32(bytes, at + 8, pick(LENGTHS));
      case 5 -> {
        int tag = pick(TAGS);
        int16(bytes, at, tag >>> 16);
        int16(bytes, at + 2, tag);
      }
      case 6 -> {
        String vr = Vr.values()[random.nextInt(Vr.values().length)].name();
        bytes[at + 4] = (byte) vr.charAt(0);
        bytes[at + 5] = (byte) vr.charAt(1);
      }
      case 7 -> {
        return Arrays.copyOf(bytes, 16 + random.nextInt(bytes.length - 15));
      }
      case 8 -> {
        int from = elementAt(bytes);
        int count = Math.min(random.nextInt(600), bytes.length - Math.max(from, at));
        byte[] longer = new byte[bytes.length + count];
        System.arraycopy(bytes, 0, longer, 0, at);
        System.arraycopy(bytes, from, longer, at, count);
        System.arraycopy(bytes, at, longer, at + count, bytes.length - at);
        return longer;
      }
      default -> {
        int count = Math.min(random.nextInt(300), bytes.length - at - 1);
        byte[] shorter = new byte[bytes.length - count];
        System.arraycopy(bytes, 0, shorter, 0, at);
        System.arraycopy(bytes, at + count, shorter, at, shorter.length - at);
        return shorter;
      }
    }
    return bytes;
  }

  /** A place where an explicit element seems to begin. */
  private int elementAt(byte[] bytes) {
    int start = random.nextInt(bytes.length - 12);
    for (int i = start; i < Math.min(start + 400, bytes.length - 12); i++) {
      if (Vr.of((char) (bytes[i + 4] & 0xFF), (char) (bytes[i + 5] & 0xFF)) != null) {
        return i;
      }
    }
    return start;
  }

  private int pick(int[] values) {
    return values[random.nextInt(values.length)];
  }

  private static void int16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >>> 8);
  }

  private static void int32(byte[] bytes, int at, int value) {
    int16(bytes, at, value);
    int16(bytes, at + 2, value >>> 16);
  }
}
