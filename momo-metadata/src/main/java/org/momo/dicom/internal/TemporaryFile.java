package org.momo.dicom.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import org.momo.dicom.DicomException;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;

/**
 * A file that is deleted when nobody holds it any more, or when the program ends.
 *
 * <p>This class is thread-safe.
 */
public final class TemporaryFile {
  private final Path path;
  private long size;

  private TemporaryFile(Path path) {
    this.path = path;
  }

  /**
   * Copies a stream into a new temporary file.
   *
   * @param stream read to its end; not closed
   * @param most how many bytes it may have
   * @param limit the limit inflatedBytes that this is a part of, for messages
   * @param name what to call it in messages
   * @return the file
   * @throws DicomException if the stream is longer
   * @throws IOException if reading or writing fails
   */
  public static TemporaryFile of(InputStream stream, long most, long limit, String name)
      throws IOException {
    Path path = Files.createTempFile("momo-", ".tmp");
    path.toFile().deleteOnExit();
    TemporaryFile file = new TemporaryFile(path);
    Holder.CLEANER.register(file, () -> delete(path));
    try (OutputStream out = Files.newOutputStream(path)) {
      byte[] buffer = new byte[1 << 16];
      long total = 0;
      int n;
      while ((n = stream.read(buffer)) >= 0) {
        total += n;
        if (total > most) {
          throw new DicomException(
              ReadProblem.of(
                  Kind.LIMIT_EXCEEDED,
                  name,
                  "The archives in archives unpack to more than "
                      + limit
                      + " bytes; raise the limit inflatedBytes if it is to be read."));
        }
        out.write(buffer, 0, n);
      }
      file.size = total;
    } catch (IOException e) {
      delete(path);
      throw e;
    }
    return file;
  }

  /**
   * Where it lies.
   *
   * @return its path, good for as long as this object is held
   */
  public Path path() {
    return path;
  }

  /**
   * How long it is.
   *
   * @return its bytes
   */
  public long size() {
    return size;
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Holder {
    static final Cleaner CLEANER = Cleaner.create();
  }
}
