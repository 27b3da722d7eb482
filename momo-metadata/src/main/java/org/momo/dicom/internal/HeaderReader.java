package org.momo.dicom.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.ReadOptions;
import org.momo.study.Instance;
import org.momo.study.ReadProblem;
import org.momo.study.Tag;

/**
 * Reads headers into compact instances: what the objects of one series have in common is kept once.
 *
 * <p>This class is not thread-safe.
 */
public final class HeaderReader {
  private static final byte[] NOTHING = new byte[0];
  private static final int SERIES_AT_ONCE = 64;

  private final ReadOptions options;
  private final HeaderParser parser;
  private final long[] hashes = new long[SERIES_AT_ONCE];
  private final byte[] @Nullable [] shared = new byte[SERIES_AT_ONCE][];
  private final int[] study = new int[SERIES_AT_ONCE];

  /**
   * A reader.
   *
   * @param options what it keeps, and what that may cost
   */
  public HeaderReader(ReadOptions options) {
    this.options = options;
    this.parser = new HeaderParser(options.tags(), options.limits());
  }

  /**
   * Reads a header from a part of a file.
   *
   * @param channel the file
   * @param start where the part begins
   * @param length how long it is; -1 for up to the end of the file
   * @param content the same part, for pixels
   * @param name the file's name, for messages
   * @param problems told of damage that is survived; null where nobody is to be told
   * @return the instance, without source
   * @throws IOException if it is no DICOM object, or cannot be read
   */
  public Instance read(
      FileChannel channel,
      long start,
      long length,
      Content content,
      String name,
      @Nullable Consumer<? super ReadProblem> problems)
      throws IOException {
    parser.parse(channel, start, length, name, problems);
    return instance(content);
  }

  /**
   * Reads a header from bytes in memory.
   *
   * @param bytes the object
   * @param content the same bytes, for pixels
   * @param name what to call it in messages
   * @param problems told of damage that is survived; null where nobody is to be told
   * @return the instance, without source
   * @throws IOException if it is no DICOM object
   */
  public Instance read(
      byte[] bytes, Content content, String name, @Nullable Consumer<? super ReadProblem> problems)
      throws IOException {
    parser.parse(bytes, bytes.length, name, problems);
    return instance(content);
  }

  /**
   * Reads a header from a stream, as far as needed.
   *
   * @param stream the object from its first byte on; not closed
   * @param content the same object, for pixels; or null where they are not to be reached
   * @param name what to call it in messages
   * @param problems told of damage that is survived; null where nobody is to be told
   * @return the instance, without source
   * @throws IOException if it is no DICOM object, or cannot be read
   */
  public Instance read(
      InputStream stream,
      @Nullable Content content,
      String name,
      @Nullable Consumer<? super ReadProblem> problems)
      throws IOException {
    parser.parse(stream, name, problems);
    return instance(content);
  }

  /**
   * Whether the object that was read last is a directory of a medium.
   *
   * @return true if so
   */
  public boolean isDirectory() {
    return parser.isDirectory();
  }

  private Instance instance(@Nullable Content content) {
    Content left = parser.leftValues() ? content : null;
    RecordHeader header = header(parser.records(), parser.studyAt(), parser.seriesAt(), left);
    if (content == null || parser.pixelOffset() < 0 || parser.pixelLength() == 0) {
      return Instance.of(header);
    }
    long deflatedFrom = parser.deflatedOffset();
    return Instance.of(
        header,
        new StoredPixels(
            header,
            deflatedFrom < 0 ? content : content.inflatedFrom(deflatedFrom),
            parser.transferSyntax(),
            parser.pixelOffset(),
            parser.pixelLength(),
            parser.pixelTag(),
            parser.pixelVr(),
            options.limits().frameBytes()));
  }

  /** The records as a header that shares what it can with the one before of its series. */
  RecordHeader header(RecordWriter records) {
    return header(
        records,
        0,
        Records.find(records.array(), 0, records.size(), Tag.SERIES_INSTANCE_UID),
        null);
  }

  /**
   * The same, for who knows the places of the study and of the series.
   *
   * @param studyAt where the record of the Study Instance UID begins; 0 where it is not known
   * @param seriesAt where the record of the Series Instance UID begins, or -1
   * @param content where values were left; null where none were
   */
  private RecordHeader header(
      RecordWriter records, int studyAt, int seriesAt, @Nullable Content content) {
    byte[] bytes = records.array();
    int seriesEnd = seriesAt < 0 ? seriesAt : Records.next(bytes, seriesAt);
    long hash = hash(bytes, seriesAt, seriesEnd);
    int slot = (int) (hash >>> 32) & SERIES_AT_ONCE - 1;
    byte[] common = shared[slot];
    // Two series of one hash would share less, and nothing wrong.
    if (common != null && hashes[slot] == hash) {
      byte[] own = records.differenceFrom(common);
      if (own != null) {
        return RecordHeader.of(own, common, study[slot], content);
      }
    }
    byte[] all = records.copy();
    shared[slot] = all;
    hashes[slot] = hash;
    study[slot] = studyAt;
    return RecordHeader.of(NOTHING, all, studyAt, content);
  }

  private static long hash(byte[] bytes, int from, int to) {
    long hash = 0;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = (hash ^ Records.longAt(bytes, at)) * 0x9E3779B97F4A7C15L;
    }
    for (; at < to; at++) {
      hash = hash * 31 + bytes[at];
    }
    return hash * 0x9E3779B97F4A7C15L;
  }
}
