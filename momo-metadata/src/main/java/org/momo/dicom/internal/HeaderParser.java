package org.momo.dicom.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomException;
import org.momo.dicom.ReadLimits;
import org.momo.dicom.TagSelection;
import org.momo.dicom.Vr;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Tag;

/**
 * Takes the header of a DICOM object apart (PS3.5 section 7, PS3.10 section 7), up to its pixels.
 *
 * <p>Wanted elements go into {@link Records}; all others are stepped over by their length. Binary
 * values of a file that fill the buffer or more stay there, and their place goes into the records.
 * Nothing is allocated for a length before the bytes are known to be there.
 *
 * <p>This class is not thread-safe; one parser reads one header after another.
 */
public final class HeaderParser {
  private static final int ITEM = 0xFFFEE000;
  private static final int ITEM_END = 0xFFFEE00D;
  private static final int SEQUENCE_END = 0xFFFEE0DD;

  /** Where a data set ends that nothing but the content's own end bounds. */
  private static final long OPEN = Long.MAX_VALUE;

  /** The first two elements of a meta group, and the third if it is that of a DICOMDIR. */
  private static final int META_HEAD = 12 + 14 + 8 + 20;

  private static final int UID_AT_MOST = 64;
  private static final String DIRECTORY = "1.2.840.10008.1.3.10";
  private static final long UNDEFINED = 0xFFFFFFFFL;
  private static final int DATA_SET = 0x00030000 ^ Integer.MIN_VALUE;
  private static final int PIXELS = 0x7FE00000 ^ Integer.MIN_VALUE;
  private static final int DELIMITERS = 0xFFFE0000 ^ Integer.MIN_VALUE;
  private static final int SQ = Vr.SQ.ordinal();
  private static final int UN = Vr.UN.ordinal();
  private static final int ELEMENTS_BEFORE_THE_CLOCK_STARTS = 1 << 10;
  private static final int ELEMENTS_BETWEEN_LOOKS_AT_THE_CLOCK = 1 << 16;
  private static final String[] SYNTAXES = {
    TransferSyntax.IMPLICIT_LITTLE,
    TransferSyntax.EXPLICIT_LITTLE,
    TransferSyntax.DEFLATED_EXPLICIT_LITTLE,
    TransferSyntax.EXPLICIT_BIG,
    "1.2.840.10008.1.2.5",
    "1.2.840.10008.1.2.4.50",
    "1.2.840.10008.1.2.4.51",
    "1.2.840.10008.1.2.4.57",
    "1.2.840.10008.1.2.4.70",
    "1.2.840.10008.1.2.4.80",
    "1.2.840.10008.1.2.4.81",
    "1.2.840.10008.1.2.4.90",
    "1.2.840.10008.1.2.4.91",
    "1.2.840.10008.1.2.4.201",
    "1.2.840.10008.1.2.4.202",
    "1.2.840.10008.1.2.4.203"
  };

  private final TagSet set;
  private final ReadLimits limits;
  private final RecordWriter out = new RecordWriter();
  private final ByteInput nothing = new ByteInput.OfBytes(new byte[0], 0);
  private final long nanos;
  private ByteInput in = nothing;
  private ByteInput.@Nullable OfFile fileInput;
  private String source = "";
  private int bytesAtMost;
  private boolean leftValues;
  private int elements;
  private int nextLook;
  private long vain;
  private long begun;
  private boolean sorted;
  private int lastTag;
  private int highestTag;
  private String transferSyntax = "";
  private boolean hasStudyUid;
  private int studyAt;
  private int seriesAt;
  private boolean isDirectory;
  private long pixelOffset;
  private long pixelLength;
  private int pixelTag;
  private boolean signedPixels;
  private @Nullable Vr pixelVr;
  private boolean inflated;
  private long dataSetOffset;
  private byte @Nullable [] lastSyntaxBytes;
  private String lastSyntax = "";

  /**
   * A parser.
   *
   * @param selection what it keeps
   * @param limits what a header may cost
   */
  public HeaderParser(TagSelection selection, ReadLimits limits) {
    this.set = new TagSet(selection.tags());
    this.limits = limits;
    this.nanos = limits.time().toNanos();
  }

  /**
   * Parses a part of a file.
   *
   * @param channel the file
   * @param start where the part begins
   * @param length how long it is; -1 for up to the end of the file
   * @param name the file's name, for messages
   * @param problems told of damage that is survived; null where nobody is to be told
   * @throws DicomException if it is no DICOM object, or too damaged to tell which
   * @throws IOException if reading fails
   */
  public void parse(
      FileChannel channel,
      long start,
      long length,
      String name,
      @Nullable Consumer<? super ReadProblem> problems)
      throws IOException {
    ByteInput.OfFile input = fileInput;
    if (input == null) {
      input = new ByteInput.OfFile(channel, start, length);
      fileInput = input;
    } else {
      input.open(channel, start, length);
    }
    parse(input, name, problems);
  }

  /**
   * Parses bytes in memory.
   *
   * @param bytes the object
   * @param length how many of them count
   * @param name what to call it in messages
   * @param problems told of damage that is survived; null where nobody is to be told
   * @throws DicomException if it is no DICOM object, or too damaged to tell which
   * @throws IOException if inflating fails
   */
  public void parse(
      byte[] bytes, int length, String name, @Nullable Consumer<? super ReadProblem> problems)
      throws IOException {
    parse(new ByteInput.OfBytes(bytes, length), name, problems);
  }

  /**
   * Parses a stream, which is read as far as needed and not closed.
   *
   * @param stream the object from its first byte on
   * @param name what to call it in messages
   * @param problems told of damage that is survived; null where nobody is to be told
   * @throws DicomException if it is no DICOM object, or too damaged to tell which
   * @throws IOException if reading fails
   */
  public void parse(
      InputStream stream, String name, @Nullable Consumer<? super ReadProblem> problems)
      throws IOException {
    parse(new ByteInput.OfStream(stream, limits.inflatedBytes()), name, problems);
  }

  private void parse(ByteInput input, String name, @Nullable Consumer<? super ReadProblem> problems)
      throws IOException {
    in = input;
    source = name;
    out.reset(0);
    bytesAtMost = limits.headerBytes();
    leftValues = false;
    elements = 0;
    vain = 0;
    nextLook = ELEMENTS_BEFORE_THE_CLOCK_STARTS;
    begun = 0;
    sorted = true;
    lastTag = Integer.MIN_VALUE;
    highestTag = Integer.MIN_VALUE;
    transferSyntax = "";
    hasStudyUid = false;
    studyAt = 0;
    seriesAt = -1;
    isDirectory = false;
    pixelOffset = -1;
    pixelLength = 0;
    pixelTag = 0;
    signedPixels = false;
    pixelVr = null;
    inflated = false;
    dataSetOffset = 0;
    try {
      boolean hasPrefix = in.ensure(132) && prefixAt(in.at + 128);
      if (hasPrefix) {
        in.skip(132);
      } else if (in.ensure(12) && prefixAt(in.at)) {
        in.skip(4);
      } else if (!in.ensure(16) || !plausibleStart()) {
        throw new DicomException(
            ReadProblem.of(Kind.NOT_DICOM, source, "This is not a DICOM file."));
      }
      if (!plainMetaGroup()) {
        metaGroup();
      }
      body(problems);
      checkComplete(hasPrefix);
    } catch (ByteInput.TooLongException e) {
      throw new DicomException(
          ReadProblem.of(
              Kind.LIMIT_EXCEEDED,
              source,
              "The content inflates to more than "
                  + limits.inflatedBytes()
                  + " bytes; raise the limit inflatedBytes if it is to be read."),
          e);
    } catch (ZipException e) {
      throw new DicomException(
          ReadProblem.of(Kind.MALFORMED, source, "The deflated content is damaged."), e);
    } finally {
      in = nothing;
    }
    if (!sorted) {
      out.sort();
      studyAt = 0;
      seriesAt = -1;
    }
    if (seriesAt < 0) {
      seriesAt = Records.find(out.array(), 0, out.size(), Tag.SERIES_INSTANCE_UID);
    }
  }

  /**
   * A file that is cut between two elements looks complete. One that ends before the place of its
   * Study Instance UID is cut, or it would count as a study of its own.
   */
  private void checkComplete(boolean hasPrefix) throws DicomException {
    if (hasStudyUid || isDirectory) {
      return;
    }
    if (out.size() == 0 && !hasPrefix) {
      throw new DicomException(ReadProblem.of(Kind.NOT_DICOM, source, "This is not a DICOM file."));
    }
    if (pixelOffset < 0 && highestTag < (Tag.STUDY_INSTANCE_UID ^ Integer.MIN_VALUE)) {
      throw problem(
          Kind.TRUNCATED,
          Tag.STUDY_INSTANCE_UID,
          "The file ends before it says which study it belongs to");
    }
  }

  private boolean prefixAt(int i) {
    byte[] b = in.buffer;
    return b[i] == 'D' && b[i + 1] == 'I' && b[i + 2] == 'C' && b[i + 3] == 'M';
  }

  /** Whether a file without prefix begins as a data set, or a meta group, would. */
  private boolean plausibleStart() throws IOException {
    int little = Records.intAt(in.buffer, in.at);
    int group = little & 0xFFFF;
    int element = little >>> 16;
    if (group == 0x0002 && element <= 0x0102) {
      return isVr(in.at + 4) || Records.intAt(in.buffer, in.at + 4) <= 1024;
    }
    boolean big = group == 0x0800 || group == 0x0400;
    if (big) {
      group = group >>> 8;
      element = Short.reverseBytes((short) element) & 0xFFFF;
    }
    if (group != 0x0008 && group != 0x0004 || element > 0x1250) {
      return false;
    }
    if (isVr(in.at + 4)) {
      return true;
    }
    int length = Records.intAt(in.buffer, in.at + 4);
    if (big) {
      length = Integer.reverseBytes(length);
    }
    return length >= 0 && length <= 1 << 16 && in.reaches(length);
  }

  private boolean isVr(int i) {
    return Vr.of((char) (in.buffer[i] & 0xFF), (char) (in.buffer[i + 1] & 0xFF)) != null;
  }

  /**
   * Reads the meta group as nearly all writers write it: with its length, its version and the class
   * first, and before an ordinary data set. Reads nothing where it is not so.
   */
  private boolean plainMetaGroup() throws IOException {
    if (!in.ensure(META_HEAD)) {
      return false;
    }
    int begin = in.at;
    if (tagAt(begin) != 0x00020000
        || tagAt(begin + 12) != 0x00020001
        || tagAt(begin + 26) != 0x00020002) {
      return false;
    }
    int at = plainElements(begin, in.limit, DATA_SET, 0, true);
    byte[] records = out.array();
    int syntax = Records.find(records, 0, out.size(), Tag.TRANSFER_SYNTAX_UID);
    if (syntax < 0
        || Records.length(records, syntax) > UID_AT_MOST
        || in.limit - at < 4
        || tagAt(at) >>> 16 != 0x0008) {
      out.reset(0);
      elements = 0;
      highestTag = Integer.MIN_VALUE;
      lastTag = Integer.MIN_VALUE;
      return false;
    }
    transferSyntax = uid(records, Records.value(records, syntax), Records.length(records, syntax));
    isDirectory = Records.shortAt(in.buffer, begin + 32) == 20 && isDirectoryAt(begin + 34);
    in.at = at;
    return true;
  }

  private void metaGroup() throws IOException {
    long metaEnd = -1;
    while (in.ensure(8)) {
      int tag = tagHere(false);
      if (tag >>> 16 != 0x0002) {
        break;
      }
      int vrAt = in.at + 4;
      boolean explicit = isVr(vrAt);
      Vr vr = explicit ? vrAt(vrAt) : Dictionary.vr(tag);
      if (explicit && vr != null && vr.hasLongLength() && !in.ensure(12)) {
        throw truncated(tag);
      }
      int head = explicit && vr != null && vr.hasLongLength() ? 12 : 8;
      long length =
          head == 12
              ? Records.intAt(in.buffer, in.at + 8) & UNDEFINED
              : explicit
                  ? Records.shortAt(in.buffer, in.at + 6)
                  : Records.intAt(in.buffer, in.at + 4) & UNDEFINED;
      if (!in.reaches(in.position() + head + length)) {
        throw truncated(tag);
      }
      in.skip(head);
      long valueAt = in.position();
      if (tag == 0x00020000 && length == 4 && in.ensure(4)) {
        metaEnd = valueAt + 4 + (Records.intAt(in.buffer, in.at) & UNDEFINED);
      }
      boolean wanted = set.contains(tag);
      if (tag == Tag.TRANSFER_SYNTAX_UID && length <= UID_AT_MOST) {
        if (!in.ensure((int) length)) {
          throw truncated(tag);
        }
        transferSyntax = uid(in.buffer, in.at, (int) length);
      }
      if (tag == 0x00020002 && length == 20 && in.ensure(20)) {
        isDirectory = isDirectoryAt(in.at);
      }
      if (wanted && vr != null && length > 0) {
        value(tag, vr, length, false);
        note(tag);
      } else {
        in.skip(length);
      }
      count(tag);
    }
    // Some writers state a wrong group length; it only helps where padding follows the group.
    if (metaEnd > in.position() && metaEnd - in.position() < 1024 && in.ensure(8)) {
      if (tagHere(false) == 0) {
        in.skip(metaEnd - in.position());
      }
    }
  }

  private boolean isDirectoryAt(int i) {
    for (int k = 0; k < DIRECTORY.length(); k++) {
      if (in.buffer[i + k] != DIRECTORY.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /** The UID as a string; the one of the header before, where they are equal. */
  private String uid(byte[] bytes, int from, int length) {
    byte[] last = lastSyntaxBytes;
    if (last != null && Records.equal(last, 0, last.length, bytes, from, from + length)) {
      return lastSyntax;
    }
    byte[] own = new byte[length];
    System.arraycopy(bytes, from, own, 0, length);
    String text = CharacterSet.trim(new String(own, StandardCharsets.ISO_8859_1));
    for (String known : SYNTAXES) {
      if (known.equals(text)) {
        text = known;
      }
    }
    lastSyntaxBytes = own;
    lastSyntax = text;
    return text;
  }

  private void body(@Nullable Consumer<? super ReadProblem> problems) throws IOException {
    Inflater inflater = null;
    dataSetOffset = in.position();
    boolean explicit = !transferSyntax.equals(TransferSyntax.IMPLICIT_LITTLE);
    boolean big = transferSyntax.equals(TransferSyntax.EXPLICIT_BIG);
    try {
      if (TransferSyntax.isDeflated(transferSyntax) && in.ensure(8) && !looksLikeDataSet()) {
        inflater = new Inflater(true);
        in =
            new ByteInput.OfStream(
                new InflaterInputStream(new RestOf(in), inflater, 8192), limits.inflatedBytes());
        inflated = true;
      }
      if (in.ensure(8)) {
        int little = Records.intAt(in.buffer, in.at);
        int group = little & 0xFFFF;
        // The first group is 0008 in all but broken objects, whatever the syntax is said to be.
        if (group == 0x0800 || group == 0x0400) {
          big = true;
        } else if (group == 0x0008 || group == 0x0004) {
          big = false;
        }
        if (isVr(in.at + 4)) {
          Vr vr = vrAt(in.at + 4);
          long asImplicit = Records.intAt(in.buffer, in.at + 4) & UNDEFINED;
          explicit = explicit || vr != null && asImplicit > Math.min(in.length(), 1 << 20);
        } else if (explicit) {
          explicit = Records.intAt(in.buffer, in.at + 4) >>> 16 == 0x2020;
        }
      }
      if (transferSyntax.isEmpty()) {
        transferSyntax =
            big
                ? TransferSyntax.EXPLICIT_BIG
                : explicit ? TransferSyntax.EXPLICIT_LITTLE : TransferSyntax.IMPLICIT_LITTLE;
      }
      topLevel(explicit, big, problems);
    } finally {
      if (inflater != null) {
        inflater.end();
      }
    }
  }

  /** A file that says it is deflated and is not. */
  private boolean looksLikeDataSet() {
    int little = Records.intAt(in.buffer, in.at);
    return (little & 0xFFFF) == 0x0008 && isVr(in.at + 4);
  }

  private void topLevel(
      boolean explicit, boolean big, @Nullable Consumer<? super ReadProblem> problems)
      throws IOException {
    while (true) {
      if (!big) {
        plainRun(explicit, OPEN, 0, true);
      }
      long begin = in.position();
      int written = out.size();
      int atMost = bytesAtMost;
      resumeAt = -1;
      try {
        if (!element(explicit, big, OPEN, 0, true)) {
          if (problems != null) {
            checkPixels(problems);
          }
          return;
        }
      } catch (DicomException e) {
        out.reset(written);
        bytesAtMost = atMost;
        if (e.kind() == Kind.LIMIT_EXCEEDED || !hasStudyUid) {
          throw e;
        }
        // The damage costs this element, and what follows it where its end is not known either.
        if (problems != null) {
          problems.accept(e.problem());
        }
        if (e.kind() == Kind.TRUNCATED || resumeAt <= begin || !in.reaches(resumeAt)) {
          return;
        }
        in.skip(resumeAt - in.position());
      }
    }
  }

  private void checkPixels(Consumer<? super ReadProblem> problems) throws IOException {
    if (pixelOffset >= 0 && !in.reaches(pixelOffset + Math.max(0, pixelLength))) {
      problems.accept(
          ReadProblem.at(
              Kind.TRUNCATED,
              source,
              pixelOffset,
              pixelTag,
              "The file ends before its pixels do; its header is read."));
    }
  }

  /**
   * Reads the elements that ask for nothing special: in little endian order and complete in the
   * buffer with all that they hold. Most elements of most headers are so; this only makes them
   * fast, and leaves to {@link #element} whatever is not.
   */
  private void plainRun(boolean explicit, long end, int depth, boolean keep) throws IOException {
    int at = in.at;
    int bound = (int) Math.min(in.limit, at + (end - in.position()));
    int stop = depth == 0 ? PIXELS : DELIMITERS;
    in.at =
        explicit
            ? plainElements(at, bound, stop, depth, keep)
            : impliedElements(at, bound, stop, depth, keep);
  }

  /** Reads plain elements before a place of the buffer and a tag; gives where it stopped. */
  private int plainElements(int begin, int bound, int stop, int depth, boolean keep)
      throws IOException {
    byte[] buffer = in.buffer;
    RecordWriter written = out;
    boolean top = depth == 0;
    int most = bytesAtMost;
    int counted = elements;
    int last = lastPlace(begin, bound);
    int order = top ? Math.max(highestTag, lastTag) : Integer.MIN_VALUE;
    int at = begin;
    while (at <= last) {
      long head = Records.longAt(buffer, at);
      int tag = Integer.rotateLeft((int) head, 16);
      int form = Form.of(head);
      int place = tag ^ Integer.MIN_VALUE;
      if (form == 0 || place <= order || place >= stop) {
        break;
      }
      int from = at + 8;
      int length = (int) (head >>> 48);
      if ((form & Form.LONG) != 0) {
        from += 4;
        if (from > bound) {
          break;
        }
        length = Records.intAt(buffer, at + 8);
        boolean sequence = (form & Form.VR) == SQ;
        boolean wanted = sequence && length != 0 && wants(tag, keep);
        if (wanted || sequence && length == -1) {
          elements = counted + 1;
          int next = plainSequence(tag, from, length, bound, true, depth, wanted);
          if (next < 0) {
            break;
          }
          counted = elements;
          order = place;
          at = next;
          continue;
        }
        if (length < 0) {
          break;
        }
      }
      if (length > bound - from) {
        break;
      }
      if (length > 0 && wants(tag, keep)) {
        int trimmed = length;
        if ((form & Form.TEXT) != 0) {
          while (trimmed > 0 && isBlank(buffer[from + trimmed - 1])) {
            trimmed--;
          }
        } else if ((form & Form.VR) == UN) {
          break;
        }
        if (written.size() + trimmed > most) {
          break;
        }
        if (trimmed > 0) {
          if (top && tag == Tag.STUDY_INSTANCE_UID) {
            hasStudyUid = true;
            studyAt = written.size();
          } else if (top && tag == Tag.SERIES_INSTANCE_UID) {
            seriesAt = written.size();
          }
          written.put(tag, form & Form.VR, buffer, from, trimmed);
        }
      }
      if (tag == Tag.PIXEL_REPRESENTATION && length == 2) {
        signedPixels = buffer[from] == 1;
      }
      order = place;
      at = from + length;
      counted++;
    }
    elements = counted;
    if (top) {
      highestTag = order;
      lastTag = order;
    }
    return at;
  }

  /** The same, for elements that do not name their representation. */
  private int impliedElements(int begin, int bound, int stop, int depth, boolean keep)
      throws IOException {
    byte[] buffer = in.buffer;
    boolean top = depth == 0;
    int last = lastPlace(begin, bound);
    int order = top ? Math.max(highestTag, lastTag) : Integer.MIN_VALUE;
    int at = begin;
    while (at <= last) {
      int tag = tagAt(at);
      int place = tag ^ Integer.MIN_VALUE;
      int from = at + 8;
      int length = Records.intAt(buffer, at + 4);
      if (place <= order || place >= stop || length < -1 || length > bound - from) {
        break;
      }
      elements++;
      int next = from + length;
      boolean wanted = length != 0 && wants(tag, keep);
      if (wanted || length == -1) {
        Vr vr = impliedVr(tag);
        if (vr == Vr.SQ || vr == null && length == -1) {
          next = plainSequence(tag, from, length, bound, false, depth, wanted);
        } else if (vr == null || vr == Vr.UN || length == -1) {
          next = -1;
        } else {
          in.at = from;
          value(tag, vr, length, false);
          if (top) {
            note(tag);
          }
        }
        if (next < 0) {
          elements--;
          break;
        }
      }
      if (tag == Tag.PIXEL_REPRESENTATION && length == 2) {
        signedPixels = buffer[from] == 1;
      }
      order = place;
      at = next;
    }
    if (top) {
      highestTag = order;
      lastTag = order;
    }
    return at;
  }

  /**
   * Where an element may begin at the latest. Each takes eight bytes, so that there are no more of
   * them up to there than a header may have.
   */
  private int lastPlace(int begin, int bound) {
    return (int) Math.min(bound - 8, begin + 8L * (limits.elements() - elements - 1));
  }

  private boolean wants(int tag, boolean keep) {
    return keep && (tag & 0xFFFF) != 0 && set.contains(tag);
  }

  /**
   * Reads a sequence if it is complete in the buffer and plain throughout; gives where it ends, or
   * a negative number where it is not, and then nothing of it is kept.
   */
  private int plainSequence(
      int tag, int begin, int length, int bound, boolean explicit, int depth, boolean keep)
      throws IOException {
    boolean open = length == -1;
    // What is read in vain stays less than what is read at all, whatever a file nests.
    if (!open && (length < 0 || length > bound - begin)
        || depth >= limits.depth()
        || vain > in.position() + ByteInput.CAPACITY) {
      return -1;
    }
    int written = out.size();
    int counted = elements;
    boolean signed = signedPixels;
    int itemsEnd = open ? bound : begin + length;
    int end = plainItems(tag, begin, itemsEnd, open, explicit, depth, keep);
    if (end < 0) {
      vain += ~end - begin;
      out.reset(written);
      elements = counted;
      signedPixels = signed;
    }
    return end;
  }

  /** The items of a sequence; gives where they end, or the complement of where it gave up. */
  private int plainItems(
      int tag, int begin, int bound, boolean open, boolean explicit, int depth, boolean keep)
      throws IOException {
    int begun = keep ? out.beginSequence(tag) : 0;
    int at = begin;
    while (open || at < bound) {
      if (bound - at < 8) {
        return ~at;
      }
      long head = Records.longAt(in.buffer, at);
      int item = Integer.rotateLeft((int) head, 16);
      int length = (int) (head >>> 32);
      at += 8;
      if (item == SEQUENCE_END && open) {
        break;
      }
      if (item != ITEM || length != -1 && (length < 0 || length > bound - at)) {
        return ~at;
      }
      if (++elements > limits.elements()) {
        return ~at;
      }
      if (length != -1 && !keep) {
        at += length;
        continue;
      }
      int itemBegun = keep ? out.beginItem() : 0;
      int itemEnd = length == -1 ? bound : at + length;
      at =
          explicit
              ? plainElements(at, itemEnd, DELIMITERS, depth + 1, keep)
              : impliedElements(at, itemEnd, DELIMITERS, depth + 1, keep);
      if (length == -1) {
        if (bound - at < 8 || tagAt(at) != ITEM_END) {
          return ~at;
        }
        at += 8;
      } else if (at != itemEnd) {
        return ~at;
      }
      if (out.size() > bytesAtMost) {
        return ~at;
      }
      if (keep) {
        out.endItem(itemBegun);
      }
    }
    if (keep) {
      out.endSequence(begun);
    }
    return at;
  }

  private long resumeAt;

  /**
   * Reads one element; gives false at the end of the data set, whose delimiter is consumed if it is
   * the item's own.
   */
  private boolean element(boolean explicit, boolean big, long end, int depth, boolean keep)
      throws IOException {
    boolean top = depth == 0;
    if (end - in.position() < 8 || !in.ensure(8)) {
      long left = Math.min(end, in.end()) - in.position();
      if (left > 0 && (!top || !isPadding((int) left))) {
        throw truncated(0);
      }
      return false;
    }
    int tag = tagHere(big);
    if (tag >>> 16 == 0xFFFE) {
      if (tag == ITEM_END && !top) {
        in.skip(8);
        return false;
      }
      if (!top) {
        // The item's delimiter is missing; the sequence sees to what stands here.
        return false;
      }
      if (tag == ITEM) {
        throw malformed(tag, "An item stands outside of any sequence");
      }
      in.skip(8);
      count(tag);
      return true;
    }
    count(tag);
    if (top) {
      highestTag = Math.max(highestTag, tag ^ Integer.MIN_VALUE);
    }
    int head = 8;
    long length;
    Vr vr;
    if (explicit) {
      vr = vrAt(in.at + 4);
      if (vr == null) {
        int c = in.buffer[in.at + 4];
        int d = in.buffer[in.at + 5];
        if (c >= 'A' && c <= 'Z' && d >= 'A' && d <= 'Z') {
          // PS3.5 6.2: a representation of the future has the long form.
          vr = Vr.UN;
        }
      }
      if (vr == null) {
        vr = impliedVr(tag);
        length = Records.intAt(in.buffer, in.at + 4) & UNDEFINED;
        if (big) {
          length = Integer.reverseBytes((int) length) & UNDEFINED;
        }
        if (length == 0 || (length & 0xFFFF) == 0x2020 || (length & 0xFFFF) == 0x3F3F) {
          // Blanks or question marks where the representation belongs, then 16 bits of length.
          length = u16(in.at + 6, big);
        }
      } else if (vr.hasLongLength()) {
        if (!in.ensure(12)) {
          throw truncated(tag);
        }
        head = 12;
        length = u32(in.at + 8, big);
      } else {
        length = u16(in.at + 6, big);
      }
    } else {
      vr = impliedVr(tag);
      length = u32(in.at + 4, big);
    }
    if (top && tag == 0 && length == 0 && !(explicit && isVr(in.at + 4))) {
      // Zeros after the last element.
      return false;
    }
    if (top
        && (tag == Tag.PIXEL_DATA
            || tag == Tag.FLOAT_PIXEL_DATA
            || tag == Tag.DOUBLE_FLOAT_PIXEL_DATA)) {
      in.skip(head);
      pixelTag = tag;
      pixelOffset = in.position();
      pixelLength = length == UNDEFINED ? -1 : length;
      pixelVr = vr;
      return false;
    }
    if (tag == Tag.PIXEL_REPRESENTATION && length == 2 && in.ensure(head + 1)) {
      signedPixels = in.buffer[in.at + head + (big ? 1 : 0)] == 1;
    }
    boolean wanted = keep && (tag & 0xFFFF) != 0 && set.contains(tag);
    Vr known = vr;
    if (wanted && (vr == Vr.UN || vr == null)) {
      Vr named = impliedVr(tag);
      if (named != null) {
        known = named;
      }
    }
    if (length == UNDEFINED) {
      in.skip(head);
      if (vr == null || vr == Vr.SQ || vr == Vr.UN) {
        boolean sequence = known == null || known == Vr.SQ || known == Vr.UN;
        resumeAt = -1;
        // PS3.5 6.2.2: an unknown sequence of undefined length is in implicit little endian.
        boolean unknown = vr == Vr.UN;
        sequence(
            tag,
            unknown ? implicitInside(false) : explicit,
            big && !unknown,
            end,
            true,
            depth,
            wanted && sequence,
            top);
      } else {
        fragments(tag, big, end);
      }
      return true;
    }
    long begin = in.position();
    long valueEnd = begin + head + length;
    if (top && !wanted && valueEnd - begin > in.available()) {
      in.skip(head + length);
      // Reading on shows that the file goes on, so it is not asked how long it is.
      if (!in.ensure(1) && in.length() < valueEnd) {
        throw truncated(tag, begin);
      }
      return true;
    }
    if (goesPast(valueEnd, end)) {
      if (endsWithContent(end)) {
        throw truncated(tag);
      }
      throw malformed(
          tag, "A length of " + length + " bytes goes past the end of the item that holds it");
    }
    if (top) {
      resumeAt = valueEnd;
    }
    in.skip(head);
    if (!wanted || length == 0) {
      in.skip(length);
      return true;
    }
    if (known == Vr.SQ) {
      boolean unknown = vr == Vr.UN;
      sequence(
          tag,
          unknown ? implicitInside(explicit) : explicit,
          big && !unknown,
          valueEnd,
          false,
          depth,
          true,
          top);
      long left = valueEnd - in.position();
      if (left > 0) {
        in.skip(left);
      }
    } else {
      value(tag, known == null ? Vr.UN : known, length, big);
      if (top) {
        note(tag);
      }
    }
    return true;
  }

  private boolean goesPast(long position, long end) throws IOException {
    return end == OPEN ? !in.reaches(position) : position > end;
  }

  private boolean endsWithContent(long end) throws IOException {
    return end == OPEN || end == in.length();
  }

  private @Nullable Vr impliedVr(int tag) {
    return signedPixels && Dictionary.followsPixelRepresentation(tag) ? Vr.SS : Dictionary.vr(tag);
  }

  /** Whether the elements inside a sequence of unknown representation name theirs. */
  private boolean implicitInside(boolean otherwise) throws IOException {
    if (!in.ensure(14)) {
      return otherwise;
    }
    return isVr(in.at + 12);
  }

  private void sequence(
      int tag,
      boolean explicit,
      boolean big,
      long end,
      boolean undefined,
      int depth,
      boolean keep,
      boolean top)
      throws IOException {
    if (depth >= limits.depth()) {
      throw problem(
          Kind.LIMIT_EXCEEDED, tag, "Sequences are nested more than " + limits.depth() + " deep");
    }
    int begun = keep ? out.beginSequence(tag) : 0;
    while (undefined || in.position() < end) {
      if (end - in.position() < 8 || !in.ensure(8)) {
        throw undefined && endsWithContent(end) || !in.ensure(8)
            ? truncated(tag)
            : malformed(tag, "A sequence ends in the middle of an item");
      }
      int item = tagHere(big);
      long length = u32(in.at + 4, big);
      if (item == SEQUENCE_END) {
        in.skip(8);
        break;
      }
      if (item == ITEM_END) {
        in.skip(8);
        count(tag);
        continue;
      }
      if (item != ITEM) {
        throw malformed(tag, "A sequence holds something that is not an item");
      }
      count(tag);
      in.skip(8);
      boolean open = length == UNDEFINED;
      long itemEnd = open ? end : in.position() + length;
      if (!open && goesPast(itemEnd, end)) {
        if (endsWithContent(end)) {
          throw truncated(tag);
        }
        throw malformed(tag, "An item of " + length + " bytes goes past the end of its sequence");
      }
      if (!open && !keep) {
        in.skip(length);
        continue;
      }
      int itemBegun = keep ? out.beginItem() : 0;
      do {
        if (out.size() > bytesAtMost) {
          throw tooMuch(tag);
        }
        if (!big) {
          plainRun(explicit, itemEnd, depth + 1, keep);
        }
      } while (in.position() != itemEnd && element(explicit, big, itemEnd, depth + 1, keep));
      if (keep) {
        out.endItem(itemBegun);
      }
      if (!open) {
        long left = itemEnd - in.position();
        if (left > 0) {
          in.skip(left);
        }
      }
    }
    if (keep) {
      out.endSequence(begun);
      if (top) {
        note(tag);
      }
    }
  }

  /** Steps over encapsulated content: items of a stated length up to a delimiter. */
  private void fragments(int tag, boolean big, long end) throws IOException {
    resumeAt = -1;
    while (true) {
      if (!in.ensure(8)) {
        throw truncated(tag);
      }
      int item = tagHere(big);
      long length = u32(in.at + 4, big);
      in.skip(8);
      count(tag);
      if (item == SEQUENCE_END) {
        return;
      }
      if (item != ITEM || length == UNDEFINED) {
        throw malformed(tag, "Encapsulated content holds something that is not a fragment");
      }
      if (goesPast(in.position() + length, end)) {
        throw truncated(tag);
      }
      in.skip(length);
    }
  }

  private void value(int tag, Vr vr, long length, boolean big) throws IOException {
    if (out.size() + length > bytesAtMost) {
      throw tooMuch(tag);
    }
    int size = (int) length;
    if (in == fileInput && size >= ByteInput.CAPACITY && isBinary(vr)) {
      // The limit goes by what the file says, and not by where the bytes are.
      bytesAtMost -= size;
      leftValues = true;
      out.left(tag, vr, in.position(), size, big);
      in.skip(size);
      return;
    }
    if (in.end() == Long.MAX_VALUE && size > 1 << 16) {
      streamed(tag, vr, size);
      if (big && !vr.isText()) {
        Records.swap(out.array(), out.size() - size, size, vr);
      }
      return;
    }
    int before = out.size();
    out.start(tag, vr, size);
    int at = out.size();
    if (!in.copy(out.array(), at, size)) {
      out.reset(before);
      throw truncated(tag);
    }
    if (vr.isText()) {
      int trimmed = size;
      while (trimmed > 0 && isBlank(out.array()[at + trimmed - 1])) {
        trimmed--;
      }
      out.reset(before);
      if (trimmed > 0) {
        // The shorter length may take fewer bytes to write.
        if (size >= 0xFF && trimmed < 0xFF) {
          byte[] array = out.array();
          System.arraycopy(array, at, array, at - 4, trimmed);
        }
        out.start(tag, vr, trimmed);
        out.advance(trimmed);
      }
      return;
    }
    out.advance(size);
    if (big) {
      Records.swap(out.array(), at, size, vr);
    }
  }

  /** From a stream whose end is not known, memory grows only as bytes come. */
  private void streamed(int tag, Vr vr, int size) throws IOException {
    int before = out.size();
    out.start(tag, vr, 0);
    out.reset(before);
    byte[] part = new byte[1 << 16];
    ByteArrayOutputStream grown = new ByteArrayOutputStream();
    int left = size;
    while (left > 0) {
      int n = Math.min(left, part.length);
      if (!in.copy(part, 0, n)) {
        throw truncated(tag);
      }
      grown.write(part, 0, n);
      left -= n;
    }
    out.start(tag, vr, size);
    out.add(grown.toByteArray());
  }

  /** Whether a value is asked for as bytes alone. */
  private static boolean isBinary(Vr vr) {
    return !vr.isText() && !vr.isNumber() && vr != Vr.SQ;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == 0;
  }

  /** Keeps in mind whether the elements of the data set come in tag order. */
  private void note(int tag) {
    hasStudyUid |= tag == Tag.STUDY_INSTANCE_UID;
    int order = tag ^ Integer.MIN_VALUE;
    sorted &= order > lastTag || lastTag == Integer.MIN_VALUE;
    lastTag = order;
  }

  private void count(int tag) throws DicomException {
    if (++elements > limits.elements()) {
      throw problem(
          Kind.LIMIT_EXCEEDED, tag, "The header has more than " + limits.elements() + " elements");
    }
    if (elements < nextLook) {
      return;
    }
    nextLook = elements + ELEMENTS_BETWEEN_LOOKS_AT_THE_CLOCK;
    long now = System.nanoTime();
    if (begun == 0) {
      begun = now;
    } else if (now - begun > nanos) {
      throw problem(
          Kind.LIMIT_EXCEEDED, tag, "Reading the header took longer than " + limits.time());
    }
  }

  private boolean isPadding(int count) {
    for (int i = 0; i < Math.min(count, in.available()); i++) {
      if (in.buffer[in.at + i] != 0) {
        return false;
      }
    }
    return true;
  }

  private int tagHere(boolean big) {
    return big ? Integer.reverseBytes(Records.intAt(in.buffer, in.at)) : tagAt(in.at);
  }

  private int tagAt(int i) {
    return Integer.rotateLeft(Records.intAt(in.buffer, i), 16);
  }

  private @Nullable Vr vrAt(int i) {
    return Vr.of((char) (in.buffer[i] & 0xFF), (char) (in.buffer[i + 1] & 0xFF));
  }

  private int u16(int i, boolean big) {
    int little = Records.shortAt(in.buffer, i);
    return big ? Short.reverseBytes((short) little) & 0xFFFF : little;
  }

  private long u32(int i, boolean big) {
    int little = Records.intAt(in.buffer, i);
    return (big ? Integer.reverseBytes(little) : little) & UNDEFINED;
  }

  private DicomException truncated(int tag) {
    return truncated(tag, in.position());
  }

  private DicomException truncated(int tag, long position) {
    String what =
        tag == 0
            ? "The file ends in the middle of an element."
            : "The file ends before this attribute does.";
    return new DicomException(ReadProblem.at(Kind.TRUNCATED, source, position, tag, what));
  }

  private DicomException malformed(int tag, String what) {
    return problem(Kind.MALFORMED, tag, what);
  }

  private DicomException tooMuch(int tag) {
    return problem(
        Kind.LIMIT_EXCEEDED,
        tag,
        "The header takes more than "
            + limits.headerBytes()
            + " bytes; raise the limit headerBytes if it is to be read");
  }

  private DicomException problem(Kind kind, int tag, String what) {
    return new DicomException(ReadProblem.at(kind, source, in.position(), tag, what + "."));
  }

  /** What the parser kept. Valid until the next header is parsed. */
  RecordWriter records() {
    return out;
  }

  /** Whether values were left in the file. */
  boolean leftValues() {
    return leftValues;
  }

  /** Where the record of the Study Instance UID begins; 0 where it is not known. */
  int studyAt() {
    return studyAt;
  }

  /** Where the record of the Series Instance UID begins, or -1. */
  int seriesAt() {
    return seriesAt;
  }

  /**
   * The transfer syntax of the header that was parsed last.
   *
   * @return its UID; where the file does not say, the syntax that its bytes show
   */
  public String transferSyntax() {
    return transferSyntax;
  }

  /**
   * Whether the last header was that of a DICOMDIR.
   *
   * @return true if so
   */
  public boolean isDirectory() {
    return isDirectory;
  }

  /**
   * Where the value of the pixel data begins, in the inflated content where it is deflated; or -1.
   */
  long pixelOffset() {
    return pixelOffset;
  }

  /** The length of the pixel data in bytes; -1 where they are encapsulated. */
  long pixelLength() {
    return pixelLength;
  }

  /** How the pixel data are represented; null where the file does not say. */
  @Nullable Vr pixelVr() {
    return pixelVr;
  }

  int pixelTag() {
    return pixelTag;
  }

  /** Where the deflated data set begins, or -1 where nothing is deflated. */
  long deflatedOffset() {
    return inflated ? dataSetOffset : -1;
  }

  /** The content of an input from where it stands. */
  private static final class RestOf extends InputStream {
    private final ByteInput input;

    RestOf(ByteInput input) {
      this.input = input;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      if (!input.ensure(1)) {
        return -1;
      }
      int n = Math.min(count, input.available());
      return input.copy(target, offset, n) ? n : -1;
    }
  }
}
