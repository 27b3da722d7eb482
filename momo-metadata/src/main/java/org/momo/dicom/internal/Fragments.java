package org.momo.dicom.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Tag;

/**
 * Which fragments of encapsulated pixel data make up which frame (PS3.5 section A.4).
 *
 * <p>What decides, in this order: the extended offset table; the basic offset table; one fragment a
 * frame; the codestreams' own first bytes, for frames in several fragments; the codestreams' own
 * ends, for several frames in one fragment. A table that points between fragments is not believed.
 * A video is one stream, and each of its frames is the whole of it.
 *
 * <p>This class is immutable.
 */
final class Fragments {
  private static final int ITEM = 0xE000FFFE;
  private static final int SEQUENCE_END = 0xE0DDFFFE;
  private static final int MARKER = 0xFF;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOC = 0x4F;
  private static final int SOT = 0x90;
  private static final int MOST_FRAGMENTS = 1 << 24;
  private static final int LEAST_CODESTREAM = 4;

  private final StoredPixels pixels;

  /** Where each fragment's bytes begin, and how many they are. */
  private final long[] starts;

  private final int[] lengths;

  /** The first fragment of each frame, and after the last frame the number of fragments. */
  private final int[] firsts;

  /** Where frames begin and end in the joined fragments, where fragments do not part them. */
  private final long[] cuts;

  private Fragments(StoredPixels pixels, long[] starts, int[] lengths, int[] firsts, long[] cuts) {
    this.pixels = pixels;
    this.starts = starts;
    this.lengths = lengths;
    this.firsts = firsts;
    this.cuts = cuts;
  }

  static Fragments scan(StoredPixels pixels, Content.Opened opened) throws IOException {
    long[] starts = new long[16];
    int[] lengths = new int[16];
    int count = 0;
    ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    long at = pixels.offset();
    long[] table = new long[0];
    boolean first = true;
    while (true) {
      head.clear();
      try {
        opened.read(at, head);
      } catch (EOFException e) {
        // The delimiter is missing; the fragments before the end are good.
        break;
      }
      int tag = head.getInt(0);
      long length = head.getInt(4) & 0xFFFFFFFFL;
      at += 8;
      if (tag == SEQUENCE_END) {
        break;
      }
      if (tag != ITEM || length == 0xFFFFFFFFL) {
        throw pixels.problem(
            Kind.MALFORMED, at - 8, "The encapsulated pixel data hold something else than items.");
      }
      if (length > pixels.frameBytes()) {
        throw pixels.problem(
            Kind.LIMIT_EXCEEDED,
            at - 8,
            "A fragment has more than "
                + pixels.frameBytes()
                + " bytes; raise the limit frameBytes.");
      }
      if (first) {
        table = basicTable(opened, at, (int) length);
        first = false;
      } else {
        if (count == MOST_FRAGMENTS) {
          throw pixels.problem(
              Kind.LIMIT_EXCEEDED,
              at - 8,
              "The pixel data hold more than " + MOST_FRAGMENTS + " fragments.");
        }
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
          lengths = Arrays.copyOf(lengths, count * 2);
        }
        starts[count] = at;
        lengths[count] = (int) length;
        count++;
      }
      at += length;
    }
    if (count == 0) {
      throw pixels.problem(
          Kind.TRUNCATED, pixels.offset(), "The encapsulated pixel data hold no fragment.");
    }
    starts = Arrays.copyOf(starts, count);
    lengths = Arrays.copyOf(lengths, count);
    return new Fragments(pixels, starts, lengths, new int[0], new long[0]).assigned(opened, table);
  }

  private static long[] basicTable(Content.Opened opened, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(opened.read(at, length)).order(ByteOrder.LITTLE_ENDIAN);
    long[] table = new long[length / 4];
    for (int i = 0; i < table.length; i++) {
      table[i] = bytes.getInt(i * 4) & 0xFFFFFFFFL;
    }
    return table;
  }

  private Fragments assigned(Content.Opened opened, long[] basicTable) throws IOException {
    int frames = pixels.frames();
    int count = starts.length;
    if (frames == 1 || TransferSyntax.isVideo(pixels.transferSyntax())) {
      return with(new int[] {0, count});
    }
    int[] byTable = fromTable(extendedTable(), frames);
    if (byTable.length == 0) {
      byTable = fromTable(basicTable, frames);
    }
    if (byTable.length > 0) {
      return with(byTable);
    }
    if (count == frames) {
      int[] each = new int[frames + 1];
      Arrays.setAll(each, i -> i);
      return with(each);
    }
    if (count > frames && !TransferSyntax.isRle(pixels.transferSyntax())) {
      int[] byStart = fromFirstBytes(opened, frames);
      if (byStart.length > 0) {
        return with(byStart);
      }
    }
    if (count < frames) {
      long[] ends = fromCodestreams(opened, frames);
      if (ends.length > 0) {
        return new Fragments(pixels, starts, lengths, new int[0], ends);
      }
    }
    throw pixels.problem(
        Kind.MALFORMED,
        pixels.offset(),
        "The pixel data hold "
            + count
            + " fragments for "
            + frames
            + " frames, and nothing tells which belong together.");
  }

  private Fragments with(int[] firstOfEach) {
    return new Fragments(pixels, starts, lengths, firstOfEach, new long[0]);
  }

  private long[] extendedTable() throws IOException {
    Optional<ByteBuffer> bytes;
    try {
      bytes = pixels.header().bytes(Tag.EXTENDED_OFFSET_TABLE);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (bytes.isEmpty()) {
      return new long[0];
    }
    ByteBuffer values = bytes.get();
    long[] table = new long[values.remaining() / 8];
    for (int i = 0; i < table.length; i++) {
      table[i] = values.getLong(i * 8);
    }
    return table;
  }

  /** Offsets count from the first fragment's item tag; each must be that of a fragment. */
  private int[] fromTable(long[] table, int frames) {
    if (table.length != frames || table[0] != 0) {
      return new int[0];
    }
    int[] firstOfEach = new int[frames + 1];
    firstOfEach[frames] = starts.length;
    long origin = starts[0];
    for (int i = 0; i < frames; i++) {
      int found = Arrays.binarySearch(starts, origin + table[i]);
      if (found < 0 || i > 0 && found <= firstOfEach[i - 1]) {
        return new int[0];
      }
      firstOfEach[i] = found;
    }
    return firstOfEach;
  }

  private int[] fromFirstBytes(Content.Opened opened, int frames) throws IOException {
    int[] firstOfEach = new int[frames + 1];
    int found = 0;
    ByteBuffer head = ByteBuffer.allocate(2);
    for (int i = 0; i < starts.length; i++) {
      if (lengths[i] < 2) {
        continue;
      }
      head.clear();
      opened.read(starts[i], head);
      int second = head.get(1) & 0xFF;
      if ((head.get(0) & 0xFF) == MARKER && (second == SOI || second == SOC)) {
        if (found == frames) {
          return new int[0];
        }
        firstOfEach[found++] = i;
      }
    }
    if (found != frames || firstOfEach[0] != 0) {
      return new int[0];
    }
    firstOfEach[frames] = starts.length;
    return firstOfEach;
  }

  /** Cuts the joined fragments behind each codestream's end marker. */
  private long[] fromCodestreams(Content.Opened opened, int frames) throws IOException {
    byte[] all = joined(opened, 0, starts.length);
    if (frames > all.length / LEAST_CODESTREAM) {
      return new long[0];
    }
    long[] ends = new long[frames + 1];
    int at = 0;
    for (int frame = 0; frame < frames; frame++) {
      while (at < all.length && all[at] == 0 && frame > 0) {
        at++;
      }
      ends[frame] = at;
      at = endOfCodestream(all, at);
      if (at < 0) {
        return new long[0];
      }
    }
    ends[frames] = at;
    return ends;
  }

  private static int endOfCodestream(byte[] b, int from) {
    if (from + 4 > b.length || (b[from] & 0xFF) != MARKER) {
      return -1;
    }
    int second = b[from + 1] & 0xFF;
    if (second == SOC) {
      return endOfJpeg2000(b, from + 2);
    }
    return second == SOI ? endOfJpeg(b, from + 2) : -1;
  }

  private static int endOfJpeg(byte[] b, int from) {
    int i = from;
    while (i + 1 < b.length) {
      if ((b[i] & 0xFF) != MARKER) {
        i++;
        continue;
      }
      int marker = b[i + 1] & 0xFF;
      if (marker == EOI) {
        return i + 2;
      }
      boolean alone = marker < 0xC0 || marker >= 0xD0 && marker <= 0xD8 || marker == MARKER;
      if (alone) {
        i += marker == MARKER ? 1 : 2;
      } else if (i + 3 < b.length) {
        int length = (b[i + 2] & 0xFF) << 8 | b[i + 3] & 0xFF;
        i += 2 + Math.max(2, length);
      } else {
        return -1;
      }
    }
    return -1;
  }

  private static int endOfJpeg2000(byte[] b, int from) {
    int i = from;
    while (i + 1 < b.length) {
      if ((b[i] & 0xFF) != MARKER) {
        return -1;
      }
      int marker = b[i + 1] & 0xFF;
      if (marker == EOI) {
        return i + 2;
      }
      if (i + 12 > b.length) {
        return -1;
      }
      if (marker == SOT) {
        long tile = ByteBuffer.wrap(b).getInt(i + 6) & 0xFFFFFFFFL;
        if (tile < 14 || i + tile > b.length) {
          return -1;
        }
        i += (int) tile;
      } else {
        i += 2 + Math.max(2, (b[i + 2] & 0xFF) << 8 | b[i + 3] & 0xFF);
      }
    }
    return -1;
  }

  ByteBuffer frame(Content.Opened opened, int index) throws IOException {
    if (firsts.length == 0) {
      byte[] all = joined(opened, 0, starts.length);
      return ByteBuffer.wrap(all, (int) cuts[index], (int) (cuts[index + 1] - cuts[index]))
          .slice()
          .asReadOnlyBuffer();
    }
    int from = firsts.length == 2 ? 0 : index;
    return ByteBuffer.wrap(joined(opened, firsts[from], firsts[from + 1])).asReadOnlyBuffer();
  }

  private byte[] joined(Content.Opened opened, int from, int to) throws IOException {
    long total = 0;
    for (int i = from; i < to; i++) {
      total += lengths[i];
    }
    if (total > pixels.frameBytes()) {
      throw pixels.problem(
          Kind.LIMIT_EXCEEDED,
          starts[from],
          "A frame has more than " + pixels.frameBytes() + " bytes; raise the limit frameBytes.");
    }
    if (to == from + 1) {
      return opened.read(starts[from], lengths[from]);
    }
    byte[] all = new byte[0];
    int done = 0;
    for (int i = from; i < to; i++) {
      byte[] part = opened.read(starts[i], lengths[i]);
      if (all.length < done + part.length) {
        all = Arrays.copyOf(all, (int) Math.min(total, Math.max(done + part.length, 2L * done)));
      }
      System.arraycopy(part, 0, all, done, part.length);
      done += part.length;
    }
    return all;
  }
}
