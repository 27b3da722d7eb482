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
import java.util.List;

/** The rows of a run on disk: one line a study, so that an interrupted run goes on where it was. */
final class AnswerStore {
  private final Path rows;
  private final Path mark;
  private final String fingerprint;
  private final JsonFactory json =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  /** What is told of each row. */
  interface RowReader {
    void accept(AnswerRow row) throws IOException;
  }

  AnswerStore(Path folder, String fingerprint) throws IOException {
    this.rows = folder.resolve("answers.jsonl");
    this.mark = folder.resolve("answers.of");
    this.fingerprint = fingerprint;
    Files.createDirectories(folder);
  }

  /** Prepares for appending; cuts off a line that was being written when a run was killed. */
  void open() throws IOException {
    if (Files.exists(rows)) {
      if (!Files.exists(mark) || !Files.readString(mark).equals(fingerprint)) {
        throw new IOException(
            rows
                + " belongs to a run with other labels or configurations: delete it, or choose"
                + " another folder");
      }
      cutToLastLine();
    } else {
      Files.writeString(mark, fingerprint);
      Files.createFile(rows);
    }
  }

  private void cutToLastLine() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(rows.toFile(), "rw")) {
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

  void append(List<AnswerRow> more) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(rows, StandardOpenOption.APPEND)) {
      for (AnswerRow row : more) {
        out.write(row.write(json));
        out.write('\n');
      }
    }
  }

  BufferedReader reader() throws IOException {
    return Files.newBufferedReader(rows);
  }

  AnswerRow parse(String line) throws IOException {
    return AnswerRow.read(json, line);
  }

  void forEach(RowReader reader) throws IOException {
    try (BufferedReader in = reader()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        reader.accept(parse(line));
      }
    }
  }
}
