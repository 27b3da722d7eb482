package org.momo.dicom;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.internal.JsonHeaders;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Study;
import org.momo.study.StudySource;

/**
 * The DICOM JSON Model (PS3.18 annex F), as a WADO-RS metadata answer has it: an array of
 * instances. A file may also hold one such array, or one instance, in each line; then each line is
 * a study.
 *
 * <p>This class is thread-safe.
 */
public final class DicomJson {
  private static final String INFLATED = "inflatedBytes";

  private DicomJson() {}

  /**
   * Reads an array of instances.
   *
   * @param text the text in UTF-8; not closed
   * @param name what to call it in messages, and the source of the instances
   * @return the instances in order; they have pixel data where those are inline
   * @throws DicomException if the text is not the DICOM JSON Model; the message says where
   * @throws IOException if the stream cannot be read
   */
  public static List<Instance> read(InputStream text, String name) throws IOException {
    return read(text, name, ReadOptions.defaults());
  }

  /**
   * Reads an array of instances.
   *
   * @param text the text in UTF-8; not closed
   * @param name what to call it in messages, and the source of the instances
   * @param options what to keep, and what that may cost
   * @return the instances in order; they have pixel data where those are inline
   * @throws DicomException if the text is not the DICOM JSON Model; the message says where
   * @throws IOException if the stream cannot be read
   */
  public static List<Instance> read(InputStream text, String name, ReadOptions options)
      throws IOException {
    List<Instance> instances = new ArrayList<>();
    new JsonHeaders(options)
        .read(
            new Bounded(text, options.limits().lineBytes(), name, "lineBytes"),
            name,
            instance -> instances.add(instance.from(name)));
    return instances;
  }

  /**
   * The studies of a file: of one array whose instances are grouped, or of one array a line, where
   * each line is a study of its own and the studies come in the order of the lines, read as the
   * stream is. A line that cannot be read is reported and left out. A file that gzip has compressed
   * is inflated as it is read; where it is damaged, or brings no study in {@code inflatedBytes}, it
   * ends with a report.
   *
   * @param file the file; its name plays no part
   * @param options what to keep, and what that may cost
   * @return the studies
   * @throws NullPointerException if an argument is null
   */
  public static StudySource source(Path file, ReadOptions options) {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(options, "options");
    return problems -> {
      InputStream stream = Files.newInputStream(file);
      try {
        String name = file.toString().replace('\\', '/');
        InputStream content = inflated(stream);
        long most =
            content instanceof GZIPInputStream ? options.limits().inflatedBytes() : Long.MAX_VALUE;
        Lines lines =
            new Lines(new Bounded(content, most, name, INFLATED), name, options, problems);
        Stream<Study> studies =
            StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                    lines, Spliterator.ORDERED | Spliterator.NONNULL),
                false);
        return studies.onClose(() -> close(content));
      } catch (IOException | RuntimeException e) {
        stream.close();
        throw e;
      }
    };
  }

  /** What a stream holds, inflated where gzip has compressed it. */
  static InputStream inflated(InputStream stream) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(stream, 1 << 16);
    buffered.mark(2);
    boolean compressed = buffered.read() == 0x1F && buffered.read() == 0x8B;
    buffered.reset();
    return compressed ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Studies line by line; the whole content counts as one line where its first is not complete. */
  private static final class Lines implements Iterator<Study> {
    private final Bounded stream;
    private final String name;
    private final ReadOptions options;
    private final Consumer<? super ReadProblem> problems;
    private final JsonHeaders headers;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private int at;
    private int limit;
    private long line;
    private boolean tooLong;
    private boolean ended;
    private Iterator<Study> studies = List.<Study>of().iterator();
    private @Nullable Study next;

    Lines(
        Bounded stream, String name, ReadOptions options, Consumer<? super ReadProblem> problems) {
      this.stream = stream;
      this.name = name;
      this.options = options;
      this.problems = problems;
      this.headers = new JsonHeaders(options);
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == null) {
          if (studies.hasNext()) {
            next = studies.next();
          } else if (!ended) {
            advance();
          } else {
            return false;
          }
        }
        return true;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public Study next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Study study = next;
      next = null;
      return Objects.requireNonNull(study);
    }

    private void advance() throws IOException {
      try {
        advanceLine();
      } catch (DicomException e) {
        ended = true;
        problems.accept(e.problem());
      } catch (ZipException | EOFException e) {
        ended = true;
        problems.accept(
            ReadProblem.of(
                Kind.MALFORMED,
                name,
                "The compressed text is damaged or cut after line "
                    + line
                    + "; the lines before are read."));
      }
    }

    private void advanceLine() throws IOException {
      kept.reset();
      tooLong = false;
      if (!readLine()) {
        ended = true;
        return;
      }
      line++;
      if (tooLong) {
        problems.accept(tooLong(name + "#" + line, "This line has"));
        return;
      }
      byte[] text = kept.toByteArray();
      if (line == 1 && isOpen(text)) {
        while (!tooLong && readLine()) {
          continue;
        }
        ended = true;
        if (tooLong) {
          problems.accept(tooLong(name, "The text has"));
        } else {
          parse(kept.toByteArray(), name);
        }
      } else if (!isBlank(text)) {
        parse(text, name + "#" + line);
      }
    }

    private ReadProblem tooLong(String place, String what) {
      return ReadProblem.of(
          Kind.LIMIT_EXCEEDED,
          place,
          what
              + " more than "
              + options.limits().lineBytes()
              + " bytes; raise the limit lineBytes if it is to be read.");
    }

    private void parse(byte[] text, String place) {
      List<Instance> instances = new ArrayList<>();
      int bom = line == 1 && text.length >= 3 && (text[0] & 0xFF) == 0xEF ? 3 : 0;
      byte[] json = bom == 0 ? text : java.util.Arrays.copyOfRange(text, bom, text.length);
      try {
        headers.read(json, json.length, place, instance -> instances.add(instance.from(place)));
        studies = Study.group(instances).iterator();
        stream.restart();
      } catch (DicomException e) {
        problems.accept(e.problem());
      } catch (IOException e) {
        problems.accept(ReadProblem.of(Kind.UNREADABLE, place, "The text cannot be read."));
      }
    }

    /** Whether the brackets of a text are not closed at its end. */
    private static boolean isOpen(byte[] text) {
      int depth = 0;
      boolean quoted = false;
      for (int i = 0; i < text.length; i++) {
        byte b = text[i];
        if (quoted) {
          if (b == '\\') {
            i++;
          } else if (b == '"') {
            quoted = false;
          }
        } else if (b == '"') {
          quoted = true;
        } else if (b == '[' || b == '{') {
          depth++;
        } else if (b == ']' || b == '}') {
          depth--;
        }
      }
      return depth > 0 || isBlank(text);
    }

    private static boolean isBlank(byte[] text) {
      for (byte b : text) {
        if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
          return false;
        }
      }
      return true;
    }

    /**
     * Adds a line with its end to what is kept, as far as that may be; false where there is none
     * left.
     */
    private boolean readLine() throws IOException {
      boolean any = false;
      while (true) {
        if (at == limit) {
          limit = Math.max(0, stream.read(buffer));
          at = 0;
          if (limit == 0) {
            return any;
          }
        }
        any = true;
        int end = at;
        while (end < limit && buffer[end] != '\n') {
          end++;
        }
        boolean complete = end < limit;
        int stop = complete ? end + 1 : end;
        if (kept.size() + (stop - at) > options.limits().lineBytes()) {
          tooLong = true;
        } else if (!tooLong) {
          kept.write(buffer, at, stop - at);
        }
        at = stop;
        if (complete) {
          return true;
        }
      }
    }
  }

  /** A stream that ends with an exception where it gets too long. */
  private static final class Bounded extends InputStream {
    private final InputStream stream;
    private final long most;
    private final String name;
    private final String limit;
    private long count;

    Bounded(InputStream stream, long most, String name, String limit) {
      this.stream = stream;
      this.most = most;
      this.name = name;
      this.limit = limit;
    }

    /** Begins to count anew. */
    void restart() {
      count = 0;
    }

    @Override
    public int read() throws IOException {
      int b = stream.read();
      counted(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = stream.read(target, offset, length);
      counted(Math.max(0, n));
      return n;
    }

    private void counted(int more) throws IOException {
      count += more;
      if (count > most) {
        throw new DicomException(
            ReadProblem.of(
                Kind.LIMIT_EXCEEDED,
                name,
                (limit.equals(INFLATED) ? "No study comes within " : "The text has more than ")
                    + most
                    + " bytes; raise the limit "
                    + limit
                    + " if it is to be read."));
      }
    }
  }
}
