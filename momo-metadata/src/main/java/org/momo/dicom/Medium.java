package org.momo.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.internal.Content;
import org.momo.dicom.internal.PartChannel;
import org.momo.dicom.internal.TemporaryFile;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;

/**
 * A file that holds files: an archive, a compressed file, an image of a disc. Nothing in it is
 * unpacked before it is read, save what is compressed twice.
 *
 * <p>This class is immutable.
 */
final class Medium {
  private static final int TAR_MAGIC_AT = 257;

  private final List<Entry> entries;

  private Medium(List<Entry> entries) {
    this.entries = entries;
  }

  /** A file, or a part of one. */
  static final class Entry {
    private final Path file;
    private final Object keep;
    private final long start;
    private final long length;
    private final boolean deflated;
    private final @Nullable String partName;
    private final int depth;

    private Entry(
        Path file,
        Object keep,
        long start,
        long length,
        boolean deflated,
        @Nullable String partName,
        int depth) {
      this.file = file;
      this.keep = keep;
      this.start = start;
      this.length = length;
      this.deflated = deflated;
      this.partName = partName;
      this.depth = depth;
    }

    static Entry ofFile(Path file, long size) {
      return new Entry(file, file, 0, size, false, null, 0);
    }

    Entry part(long from, long count, boolean isDeflated, String child) {
      return new Entry(
          file, keep, start + from, count, isDeflated, name() + "/" + child, depth + 1);
    }

    /** The same file, unpacked to be looked into. */
    Entry unpacked(TemporaryFile temporary, long size, int newDepth) {
      return new Entry(temporary.path(), temporary, 0, size, false, name(), newDepth);
    }

    boolean isWholeFile() {
      return partName == null;
    }

    Path file() {
      return file;
    }

    long start() {
      return start;
    }

    long length() {
      return length;
    }

    boolean isDeflated() {
      return deflated;
    }

    int depth() {
      return depth;
    }

    String name() {
      return partName == null ? file.toString() : partName;
    }

    Content content() {
      Path parent = file.getParent();
      return partName == null
          ? Content.ofFile(
              parent == null ? Path.of("") : parent, String.valueOf(file.getFileName()))
          : Content.ofPart(file, keep, start, length, deflated, partName);
    }
  }

  /** What to do with each file. */
  interface Visitor {
    void visit(Entry entry) throws IOException;
  }

  void forEach(Visitor visitor) throws IOException {
    for (Entry entry : entries) {
      visitor.visit(entry);
    }
  }

  /** Whether the content is a medium. */
  static boolean isMedium(Entry entry) throws IOException {
    return Form.of(entry) != null;
  }

  /**
   * Opens a medium.
   *
   * @param entry what {@link #isMedium} says yes to
   * @param unpacking what may still be unpacked
   * @param problems told of entries that are not read
   * @throws DicomException if it is damaged, or beyond a limit
   * @throws ClosedByInterruptException if this thread is to stop
   */
  static Medium open(
      Entry entry, ReadOptions options, Unpacking unpacking, Consumer<? super ReadProblem> problems)
      throws DicomException, ClosedByInterruptException {
    Form form;
    try {
      form = Form.of(entry);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw new DicomException(
          ReadProblem.of(Kind.UNREADABLE, entry.name(), "The file cannot be opened or read."), e);
    }
    if (form == null) {
      return new Medium(List.of());
    }
    if (entry.depth() >= options.limits().archiveDepth()) {
      throw new DicomException(
          ReadProblem.of(
              Kind.LIMIT_EXCEEDED,
              entry.name(),
              "Archives are nested more than "
                  + options.limits().archiveDepth()
                  + " deep; raise the limit archiveDepth if they are to be read."));
    }
    try {
      if (form == Form.UDF) {
        throw new DicomException(
            ReadProblem.of(
                Kind.UNSUPPORTED,
                entry.name(),
                "This is an image of a disc with a UDF file system alone; mount or unpack it."));
      }
      if (form == Form.GZIP) {
        return new Medium(List.of(gunzipped(entry, unpacking)));
      }
      if (entry.isDeflated()) {
        // An archive inside an archive is compressed twice, so it has to be unpacked to be read.
        return new Medium(List.of(inflated(entry, unpacking)));
      }
      return new Medium(
          switch (form) {
            case ZIP -> zipped(entry, options, problems);
            case ISO -> burnt(entry, options, problems);
            default -> tarred(entry, options, problems);
          });
    } catch (DicomException | ClosedByInterruptException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The archive libraries meet hostile content with exceptions of many kinds.
      throw new DicomException(
          ReadProblem.of(
              Kind.MALFORMED, entry.name(), "This archive is damaged, so nothing in it is read."),
          e);
    }
  }

  /** What sort of medium, by its first bytes. */
  private enum Form {
    ZIP,
    GZIP,
    TAR,
    ISO,
    UDF;

    static @Nullable Form of(Entry entry) throws IOException {
      byte[] head = new byte[512];
      int count = head(entry, head);
      if (count >= 22 && (startsWith(head, 0, "PK\3\4") || startsWith(head, 0, "PK\5\6"))) {
        return ZIP;
      }
      if (count >= 18 && startsWith(head, 0, "\u001f\u008b\b")) {
        return GZIP;
      }
      if (count == head.length && startsWith(head, TAR_MAGIC_AT, "ustar")) {
        return TAR;
      }
      return count == head.length ? disc(entry) : null;
    }

    private static @Nullable Form disc(Entry entry) throws IOException {
      try (Content.Opened content = entry.content().open()) {
        return switch (Iso9660.word(content)) {
          case "CD001" -> ISO;
          case "BEA01", "NSR02", "NSR03" -> UDF;
          default -> null;
        };
      }
    }
  }

  /**
   * How many bytes of archives inside archives are unpacked, over all of one source.
   *
   * <p>This class is not thread-safe.
   */
  static final class Unpacking {
    private final long most;
    private long left;

    Unpacking(long most) {
      this.most = most;
      this.left = most;
    }

    private TemporaryFile unpack(InputStream stream, String name) throws IOException {
      TemporaryFile file = TemporaryFile.of(stream, left, most, name);
      left -= file.size();
      return file;
    }
  }

  /** Whether a file is DICOM JSON, compressed or not, by its first character. */
  static boolean isJson(Path file) throws IOException {
    byte[] head = new byte[64];
    int count;
    try (InputStream raw = Files.newInputStream(file);
        InputStream stream = DicomJson.inflated(raw)) {
      count = stream.readNBytes(head, 0, head.length);
    } catch (ZipException | EOFException e) {
      // Whatever this is, it is looked at again as an archive.
      return false;
    }
    int at = count >= 3 && (head[0] & 0xFF) == 0xEF ? 3 : 0;
    for (; at < count; at++) {
      char c = (char) head[at];
      if (c == '[' || c == '{') {
        return true;
      }
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        return false;
      }
    }
    return false;
  }

  private static int head(Entry entry, byte[] target) throws IOException {
    try (Content.Opened opened = entry.content().open()) {
      ByteBuffer buffer = ByteBuffer.wrap(target);
      try {
        opened.read(0, buffer);
      } catch (EOFException e) {
        // Short files are looked at as far as they go.
        return buffer.position();
      }
      return target.length;
    }
  }

  private static boolean startsWith(byte[] bytes, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      if ((bytes[at + i] & 0xFF) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static Entry inflated(Entry entry, Unpacking unpacking) throws IOException {
    try (InputStream stream = Content.stream(entry.content().open())) {
      TemporaryFile file = unpacking.unpack(stream, entry.name());
      return entry.unpacked(file, file.size(), entry.depth());
    }
  }

  private static Entry gunzipped(Entry entry, Unpacking unpacking) throws IOException {
    try (InputStream stream = new GZIPInputStream(Content.stream(entry.content().open()))) {
      TemporaryFile file = unpacking.unpack(stream, entry.name());
      return entry.unpacked(file, file.size(), entry.depth() + 1);
    }
  }

  private static List<Entry> zipped(
      Entry entry, ReadOptions options, Consumer<? super ReadProblem> problems) throws IOException {
    List<Entry> found = new ArrayList<>();
    try (FileChannel channel = Content.open(entry.file());
        ZipFile zip =
            ZipFile.builder()
                .setSeekableByteChannel(new PartChannel(channel, entry.start(), entry.length()))
                .get()) {
      for (ZipArchiveEntry child : java.util.Collections.list(zip.getEntries())) {
        String name = child.getName().replace('\\', '/');
        if (child.isDirectory() || isRefused(entry, name, problems)) {
          continue;
        }
        boolean stored = child.getMethod() == ZipArchiveEntry.STORED;
        if (child.getGeneralPurposeBit().usesEncryption()) {
          problems.accept(
              ReadProblem.of(
                  Kind.UNSUPPORTED,
                  entry.name() + "/" + name,
                  "This entry is encrypted; unpack the archive with its password first."));
        } else if (!stored && child.getMethod() != ZipArchiveEntry.DEFLATED) {
          problems.accept(
              ReadProblem.of(
                  Kind.UNSUPPORTED,
                  entry.name() + "/" + name,
                  "This entry is compressed in an unusual way; unpack the archive first."));
        } else {
          add(
              entry,
              child.getDataOffset(),
              child.getCompressedSize(),
              !stored,
              name,
              found,
              options,
              problems);
        }
      }
    }
    found.sort(Comparator.comparing(Entry::name));
    return found;
  }

  private static List<Entry> tarred(
      Entry entry, ReadOptions options, Consumer<? super ReadProblem> problems) throws IOException {
    List<Entry> found = new ArrayList<>();
    try (FileChannel channel = Content.open(entry.file());
        TarFile tar = new TarFile(new PartChannel(channel, entry.start(), entry.length()))) {
      for (TarArchiveEntry child : tar.getEntries()) {
        String name = child.getName().replace('\\', '/');
        if (child.isFile() && !child.isSparse() && !isRefused(entry, name, problems)) {
          add(entry, child.getDataOffset(), child.getSize(), false, name, found, options, problems);
        }
      }
    }
    found.sort(Comparator.comparing(Entry::name));
    return found;
  }

  private static List<Entry> burnt(
      Entry entry, ReadOptions options, Consumer<? super ReadProblem> problems) throws IOException {
    List<Entry> found = new ArrayList<>();
    try (Content.Opened image = entry.content().open()) {
      Iso9660.read(
          image,
          entry.length(),
          options.limits().folderDepth(),
          new Iso9660.Target() {
            @Override
            public void file(String name, long from, long count) throws IOException {
              if (!isRefused(entry, name, problems)) {
                // Of a file that an image cut short holds in part, that part is read.
                long there = Math.max(Math.min(count, 1), Math.min(count, entry.length() - from));
                add(entry, from, there, false, name, found, options, problems);
              }
            }

            @Override
            public void skipped(Kind kind, String name, String why) {
              problems.accept(
                  ReadProblem.of(
                      kind, name.isEmpty() ? entry.name() : entry.name() + "/" + name, why));
            }
          });
    }
    found.sort(Comparator.comparing(Entry::name));
    return found;
  }

  private static void add(
      Entry entry,
      long from,
      long count,
      boolean deflated,
      String name,
      List<Entry> found,
      ReadOptions options,
      Consumer<? super ReadProblem> problems)
      throws DicomException {
    if (from < 0 || count < 0 || from > entry.length() - count) {
      problems.accept(
          ReadProblem.of(
              Kind.TRUNCATED,
              entry.name() + "/" + name,
              "This entry goes past the end of its archive."));
      return;
    }
    found.add(entry.part(from, count, deflated, name));
    if (found.size() > options.limits().entries()) {
      throw new DicomException(
          ReadProblem.of(
              Kind.LIMIT_EXCEEDED,
              entry.name(),
              "The archive holds more than "
                  + options.limits().entries()
                  + " files; raise the limit entries if they are to be read."));
    }
  }

  /** Names that lead out of the archive are the mark of a hostile one. */
  private static boolean isRefused(
      Entry entry, String name, Consumer<? super ReadProblem> problems) {
    boolean leaves = name.startsWith("/") || name.matches("[A-Za-z]:.*");
    for (String part : name.split("/", -1)) {
      leaves |= part.equals("..");
    }
    if (leaves) {
      problems.accept(
          ReadProblem.of(
              Kind.MALFORMED,
              entry.name(),
              "An entry's name leads out of the archive, so the entry is not read."));
    }
    return leaves;
  }

  /** Whether a file begins as a DICOMDIR does, by its SOP class. */
  static boolean isDirectory(Path file) throws IOException {
    try (FileChannel channel = Content.open(file)) {
      ByteBuffer head = ByteBuffer.allocate(512);
      while (head.hasRemaining() && channel.read(head) >= 0) {
        continue;
      }
      String text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
      return text.startsWith("DICM", 128) && text.contains("1.2.840.10008.1.3.10");
    }
  }
}
