package org.momo.evaluation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.momo.study.Study;

/**
 * A run over studies that keeps one line of each on disk, and goes on there when it is repeated.
 */
final class StoredRun {
  static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private final Path lines;
  private final Path mark;
  private final String fingerprint;

  /** Makes the line of a study. Must be thread-safe. */
  interface Work {
    String line(Study study) throws IOException;
  }

  /** Is told of each line. */
  interface LineReader {
    void accept(String line) throws IOException;
  }

  /**
   * A run.
   *
   * @param name of the file without ending
   * @param fingerprint differs where the lines of one run are of no use to the other
   */
  StoredRun(Path folder, String name, String fingerprint) {
    this.lines = folder.resolve(name + ".jsonl");
    this.mark = folder.resolve(name + ".of");
    this.fingerprint = fingerprint;
  }

  /**
   * Does what is not done yet.
   *
   * @param uid reads the Study Instance UID out of a line
   * @param total how many studies there are, as progress tells it
   */
  void run(
      Iterator<Study> studies, int threads, Work work, UidReader uid, Progress progress, long total)
      throws IOException, InterruptedException {
    open();
    long done = skip(studies, uid);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      progress.at(done, total);
      while (studies.hasNext()) {
        List<Callable<String>> batch = new ArrayList<>();
        while (batch.size() < threads * 8 && studies.hasNext()) {
          Study study = studies.next();
          batch.add(() -> work.line(study));
        }
        try (BufferedWriter out = Files.newBufferedWriter(lines, StandardOpenOption.APPEND)) {
          for (Future<String> future : pool.invokeAll(batch)) {
            out.write(future.get());
            out.write('\n');
          }
        }
        done += batch.size();
        progress.at(done, total);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the run failed: " + e.getCause(), e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /** Reads the Study Instance UID out of a line. */
  interface UidReader {
    String uid(String line) throws IOException;
  }

  /** Prepares for appending; cuts off a line that was being written when a run was killed. */
  private void open() throws IOException {
    Files.createDirectories(lines.toAbsolutePath().getParent());
    if (!Files.exists(lines)) {
      Files.writeString(mark, fingerprint);
      Files.createFile(lines);
    } else if (!Files.exists(mark) || !Files.readString(mark).equals(fingerprint)) {
      throw new IOException(
          lines
              + " belongs to a run with other labels or configurations: delete it, or choose"
              + " another folder");
    } else {
      cutToLastLine();
    }
  }

  private void cutToLastLine() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(lines.toFile(), "rw")) {
      long end = file.length();
      byte[] block = new byte[1 << 16];
      while (end > 0) {
        int length = (int) Math.min(block.length, end);
        file.seek(end - length);
        file.readFully(block, 0, length);
        int i = length;
        while (i > 0 && block[i - 1] != '\n') {
          i--;
        }
        end -= length - i;
        if (i > 0) {
          break;
        }
      }
      file.setLength(end);
    }
  }

  private long skip(Iterator<Study> studies, UidReader reader) throws IOException {
    long[] skipped = new long[1];
    forEach(
        line -> {
          String uid = reader.uid(line);
          if (!studies.hasNext() || !studies.next().uid().equals(uid)) {
            throw new IOException(
                "the studies are not those of the run that was interrupted, from number "
                    + (skipped[0] + 1)
                    + " on: delete "
                    + lines
                    + ", or choose another folder");
          }
          skipped[0]++;
        });
    return skipped[0];
  }

  /** Tells of every line that is there. */
  void forEach(LineReader reader) throws IOException {
    long number = 0;
    try (BufferedReader in = Files.newBufferedReader(lines)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        try {
          reader.accept(line);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
          // Its message would quote the line.
          throw new IOException(lines + ", line " + number + " is damaged: delete the file", e);
        }
      }
    }
  }
}
