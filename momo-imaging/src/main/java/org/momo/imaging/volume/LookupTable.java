package org.momo.imaging.volume;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.momo.spi.PixelException;
import org.momo.study.Header;

/** A look-up table of the header (PS3.3 sections C.11.1 and C.7.6.3.1.5 to 1.6, C.7.9.2). */
final class LookupTable {
  private static final int MOST_ENTRIES = 65_536;

  final int first;
  final int bits;
  final int[] entries;

  private LookupTable(int first, int bits, int[] entries) {
    this.first = first;
    this.bits = bits;
    this.entries = entries;
  }

  int map(int value) {
    int index = value - first;
    return entries[index < 0 ? 0 : Math.min(index, entries.length - 1)];
  }

  /** Null where the header has no such table. */
  static @Nullable LookupTable read(
      Header header, int descriptorTag, int dataTag, int segmentedTag, boolean signed)
      throws PixelException {
    List<String> descriptor = header.strings(descriptorTag);
    if (descriptor.size() < 3) {
      return null;
    }
    int count;
    int first;
    int bits;
    try {
      count = (int) Double.parseDouble(descriptor.get(0)) & 0xffff;
      first = (int) Double.parseDouble(descriptor.get(1));
      bits = (int) Double.parseDouble(descriptor.get(2));
    } catch (NumberFormatException e) {
      throw new PixelException("look-up table descriptor is not made of numbers");
    }
    count = count == 0 ? MOST_ENTRIES : count;
    first = signed ? (short) first : first & 0xffff;
    ByteBuffer data = bytes(header, dataTag);
    if (data != null && data.hasRemaining()) {
      return new LookupTable(first, bits, plain(data, count));
    }
    ByteBuffer segmented = segmentedTag == 0 ? null : bytes(header, segmentedTag);
    if (segmented != null && segmented.hasRemaining()) {
      return new LookupTable(first, bits, expand(segmented, count, bits));
    }
    List<String> numbers = header.strings(dataTag);
    if (numbers.isEmpty()) {
      return null;
    }
    int[] entries = new int[Math.min(numbers.size(), count)];
    try {
      for (int i = 0; i < entries.length; i++) {
        entries[i] = (int) Double.parseDouble(numbers.get(i)) & 0xffff;
      }
    } catch (NumberFormatException e) {
      throw new PixelException("look-up table is not made of numbers");
    }
    return new LookupTable(first, bits, entries);
  }

  private static @Nullable ByteBuffer bytes(Header header, int tag) throws PixelException {
    try {
      return header.bytes(tag).orElse(null);
    } catch (UncheckedIOException e) {
      String message = Objects.requireNonNull(e.getCause()).getMessage();
      throw new PixelException(message == null ? "a look-up table cannot be read" : message, e);
    }
  }

  private static int[] plain(ByteBuffer raw, int count) {
    ByteBuffer data = raw.slice().order(ByteOrder.LITTLE_ENDIAN);
    boolean bytes = data.remaining() < 2 * count;
    int[] entries =
        new int[Math.max(1, Math.min(count, bytes ? data.remaining() : data.remaining() / 2))];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = bytes ? data.get(i) & 0xff : data.getShort(2 * i) & 0xffff;
    }
    return entries;
  }

  private static int[] expand(ByteBuffer raw, int count, int bits) throws PixelException {
    ByteBuffer data = raw.slice().order(ByteOrder.LITTLE_ENDIAN);
    int[] words = new int[bits == 8 ? data.remaining() : data.remaining() / 2];
    for (int i = 0; i < words.length; i++) {
      words[i] = bits == 8 ? data.get(i) & 0xff : data.getShort(2 * i) & 0xffff;
    }
    int[] entries = new int[count];
    int filled = 0;
    List<Integer> starts = new ArrayList<>();
    int at = 0;
    while (at + 1 < words.length && filled < count) {
      starts.add(at);
      if (words[at] != 2) {
        filled = segment(words, at, entries, filled);
        at += words[at] == 0 ? 2 + words[at + 1] : 3;
        continue;
      }
      if (at + 3 >= words.length) {
        throw new PixelException("segmented look-up table is truncated");
      }
      int offset = words[at + 2] | words[at + 3] << 16;
      int from = starts.indexOf(bits == 8 ? offset : offset / 2);
      from = from < 0 ? starts.indexOf(offset) : from;
      if (from < 0) {
        throw new PixelException("segmented look-up table points at no earlier segment");
      }
      for (int i = 0; i < words[at + 1] && from + i < starts.size() - 1; i++) {
        if (words[starts.get(from + i)] != 2) {
          filled = segment(words, starts.get(from + i), entries, filled);
        }
      }
      at += 4;
    }
    if (filled == 0) {
      throw new PixelException("segmented look-up table is empty");
    }
    return Arrays.copyOf(entries, filled);
  }

  private static int segment(int[] words, int at, int[] entries, int filledIn)
      throws PixelException {
    int filled = filledIn;
    int length = words[at + 1];
    if (words[at] == 0) {
      for (int i = 0; i < length && at + 2 + i < words.length && filled < entries.length; i++) {
        entries[filled++] = words[at + 2 + i];
      }
      return filled;
    }
    if (words[at] != 1 || at + 2 >= words.length || filled == 0) {
      throw new PixelException("segmented look-up table has an unknown segment");
    }
    int from = entries[filled - 1];
    int to = words[at + 2];
    for (int i = 1; i <= length && filled < entries.length; i++) {
      entries[filled++] = (int) Math.rint(from + (to - from) * (double) i / length);
    }
    return filled;
  }
}
