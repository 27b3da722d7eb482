package org.momo.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.internal.Content;
import org.momo.dicom.internal.HeaderReader;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;

/**
 * Reads the headers of DICOM objects one by one, as fast as they can be opened. Buffers are used
 * again, and instances of one series share what they have in common, so keep one reader for many
 * files.
 *
 * <p>All of PS3.10 and its usual breaches: explicit and implicit representation, little and big
 * endian, deflated, without preamble, without meta group. The selected attributes are kept, the
 * rest is stepped over, and reading ends before the pixels; {@link Instance#pixelData()} finds them
 * later by their offset.
 *
 * <p>An object that is damaged behind its Study Instance UID is read up to the damage, or around
 * it, and the damage is reported; one that is damaged before it is refused.
 *
 * <p>This class is not thread-safe.
 */
public final class DicomReader {
  private final HeaderReader reader;
  private @Nullable Path lastFolder;
  private String lastFolderName = "";

  /** A reader with the default options. */
  public DicomReader() {
    this(ReadOptions.defaults());
  }

  /**
   * A reader.
   *
   * @param options what to keep, and what that may cost; the number of threads plays no part
   * @throws NullPointerException if {@code options} is null
   */
  public DicomReader(ReadOptions options) {
    this.reader = new HeaderReader(Objects.requireNonNull(options, "options"));
  }

  /**
   * Reads the header of a file.
   *
   * @param file a DICOM object, whatever its name
   * @return the instance; its source is the file's path
   * @throws DicomException if the file is no DICOM object, or is damaged where it says which
   * @throws IOException if the file cannot be read
   */
  public Instance read(Path file) throws IOException {
    return read(file, problem -> {});
  }

  /**
   * Reads the header of a file and tells of damage that is survived.
   *
   * @param file a DICOM object, whatever its name
   * @param problems told of damage behind which, or up to which, the object is read
   * @return the instance; its source is the file's path
   * @throws DicomException if the file is no DICOM object, or is damaged where it says which
   * @throws IOException if the file cannot be read
   */
  public Instance read(Path file, Consumer<? super ReadProblem> problems) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel, channel.size(), file, problems);
    }
  }

  Instance read(FileChannel channel, long size, Path file, Consumer<? super ReadProblem> problems)
      throws IOException {
    Path parent = file.getParent();
    Path folder = parent == null ? Path.of("") : parent;
    String name = String.valueOf(file.getFileName());
    if (!folder.equals(lastFolder)) {
      lastFolder = folder;
      lastFolderName = slashed(folder);
    }
    Path sharedFolder = lastFolder == null ? folder : lastFolder;
    Instance instance =
        reader.read(
            channel, 0, size, Content.ofFile(sharedFolder, name), file.toString(), problems);
    return parent == null ? instance.from(name) : instance.from(lastFolderName, name);
  }

  /**
   * Reads the header of an object in memory.
   *
   * @param object a DICOM object; not copied
   * @param name what to call it in messages, and its source
   * @return the instance; its pixels are found in {@code object}
   * @throws DicomException if it is no DICOM object, or is damaged where it says which
   * @throws IOException if inflating it fails
   */
  public Instance read(byte[] object, String name) throws IOException {
    return read(object, name, problem -> {});
  }

  /**
   * Reads the header of an object in memory and tells of damage that is survived.
   *
   * @param object a DICOM object; not copied
   * @param name what to call it in messages, and its source
   * @param problems told of damage behind which, or up to which, the object is read
   * @return the instance; its pixels are found in {@code object}
   * @throws DicomException if it is no DICOM object, or is damaged where it says which
   * @throws IOException if inflating it fails
   */
  public Instance read(byte[] object, String name, Consumer<? super ReadProblem> problems)
      throws IOException {
    return reader.read(object, Content.ofBytes(object, name), name, problems).from(name);
  }

  /**
   * Reads the header of an object from a stream, up to its pixels, which stay unread and out of
   * reach.
   *
   * @param stream the object from its first byte on; not closed
   * @param name what to call it in messages, and its source
   * @return the instance, without pixel data
   * @throws DicomException if it is no DICOM object, or is damaged where it says which
   * @throws IOException if the stream cannot be read
   */
  public Instance read(InputStream stream, String name) throws IOException {
    return reader.read(stream, null, name, problem -> {}).from(name);
  }

  boolean readDirectory() {
    return reader.isDirectory();
  }

  private static String slashed(Path path) {
    String text = path.toString();
    char separator = path.getFileSystem().getSeparator().charAt(0);
    String slashes = separator == '/' ? text : text.replace(separator, '/');
    return slashes.endsWith("/") ? slashes.substring(0, slashes.length() - 1) : slashes;
  }
}
