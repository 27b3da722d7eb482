package org.momo.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
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
  private String lastFolderText = "";
  private String lastFolderName = "";
  private char separator = '/';

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
    return open(file, null);
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
    return open(file, Objects.requireNonNull(problems, "problems"));
  }

  private Instance open(Path file, @Nullable Consumer<? super ReadProblem> problems)
      throws IOException {
    try (FileChannel channel = Content.open(file)) {
      return read(channel, -1, file, problems);
    }
  }

  /** Reads an open file; {@code size} is negative where it is to be asked for when needed. */
  Instance read(
      FileChannel channel, long size, Path file, @Nullable Consumer<? super ReadProblem> problems)
      throws IOException {
    String text = file.toString();
    String name = nameInLastFolder(file, text);
    Path folder = lastFolder;
    if (name == null || folder == null) {
      folder = file.getParent();
      if (folder == null) {
        Content content = Content.ofFile(Path.of(""), text);
        return reader.read(channel, 0, size, content, text, problems).from(text);
      }
      lastFolder = folder;
      lastFolderText = folder.toString();
      lastFolderName = slashed(folder);
      separator = folder.getFileSystem().getSeparator().charAt(0);
      name = nameInLastFolder(file, text);
      if (name == null) {
        name = String.valueOf(file.getFileName());
      }
    }
    return reader
        .read(channel, 0, size, Content.ofFile(folder, name), text, problems)
        .from(lastFolderName, name);
  }

  /** The name of a file in the folder of the one before; null where it lies in another. */
  private @Nullable String nameInLastFolder(Path file, String text) {
    int cut = lastFolderText.length();
    // Taking each path apart would cost more than to compare its text.
    return lastFolder != null
            && lastFolder.getFileSystem() == file.getFileSystem()
            && text.length() > cut + 1
            && text.charAt(cut) == separator
            && text.indexOf(separator, cut + 1) < 0
            && text.startsWith(lastFolderText)
        ? text.substring(cut + 1)
        : null;
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
