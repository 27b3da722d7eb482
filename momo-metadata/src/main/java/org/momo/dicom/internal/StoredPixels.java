package org.momo.dicom.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomException;
import org.momo.dicom.Vr;
import org.momo.study.Header;
import org.momo.study.PixelData;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Tag;

/**
 * The frames of an object that lies somewhere, found by the offset that its header was left at.
 *
 * <p>This class is thread-safe.
 */
public final class StoredPixels implements PixelData {
  private final Header header;
  private final Content content;
  private final String transferSyntax;
  private final long offset;
  private final long length;
  private final int tag;
  private final boolean words;
  private final int frameBytes;
  private volatile @Nullable Fragments fragments;

  /**
   * Frames.
   *
   * @param header what describes them
   * @param content where they lie
   * @param transferSyntax its UID
   * @param offset where the value begins
   * @param length its length, or -1 where it is encapsulated
   * @param tag the attribute
   * @param vr how the value is represented, or null where the file does not say
   * @param frameBytes how large a frame may be
   */
  public StoredPixels(
      Header header,
      Content content,
      String transferSyntax,
      long offset,
      long length,
      int tag,
      @Nullable Vr vr,
      int frameBytes) {
    this.header = header;
    this.content = content;
    this.transferSyntax = transferSyntax;
    this.offset = offset;
    this.length = length;
    this.tag = tag;
    this.words = vr != Vr.OB;
    this.frameBytes = frameBytes;
  }

  @Override
  public String transferSyntax() {
    return transferSyntax;
  }

  @Override
  public int frames() {
    double stated = header.number(Tag.NUMBER_OF_FRAMES).orElse(1.0);
    return stated >= 1 && stated <= Integer.MAX_VALUE ? (int) stated : 1;
  }

  @Override
  public ByteBuffer frame(int index) throws IOException {
    return frame(index, ByteBuffer.allocate(0));
  }

  @Override
  public ByteBuffer frame(int index, ByteBuffer room) throws IOException {
    Objects.checkIndex(index, frames());
    try (Content.Opened opened = content.open()) {
      return length < 0 ? encapsulated(opened, index) : nativeFrame(opened, index, room);
    } catch (EOFException e) {
      throw problem(Kind.TRUNCATED, offset, "The file ends before frame " + index + " does.");
    }
  }

  /**
   * Cuts a frame out of native content in memory, whatever the header says of the number of frames.
   *
   * @param index the frame's place in the content, 0 or more
   * @return its samples, as {@link #frame} gives them
   * @throws IOException if the content is too short, or its header does not say how large a frame
   *     is
   */
  public ByteBuffer cut(int index) throws IOException {
    try (Content.Opened opened = content.open()) {
      return nativeFrame(opened, index, ByteBuffer.allocate(0));
    }
  }

  private ByteBuffer nativeFrame(Content.Opened opened, int index, ByteBuffer room)
      throws IOException {
    long bits = bitsOfFrame();
    if (index > 0 && bits / 8 > length / index) {
      throw problem(
          Kind.MALFORMED, offset, "The pixel data end before frame " + index + " begins.");
    }
    long firstBit = bits * index;
    long fromByte = firstBit / 8;
    long toByte = (firstBit + bits + 7) / 8;
    if (toByte > length) {
      throw problem(
          Kind.MALFORMED,
          offset,
          "Frame "
              + index
              + " ends at byte "
              + toByte
              + " of the pixel data, which hold "
              + length
              + " bytes only; rows, columns or bits are wrong.");
    }
    if (toByte - fromByte > frameBytes) {
      throw problem(
          Kind.LIMIT_EXCEEDED,
          offset,
          "A frame has more than " + frameBytes + " bytes; raise the limit frameBytes.");
    }
    boolean swapped =
        words
            && transferSyntax.equals(TransferSyntax.EXPLICIT_BIG)
            && number(Tag.BITS_ALLOCATED, 8) <= 8;
    // Bytes in big endian words lie in swapped pairs.
    long from = swapped ? fromByte & ~1L : fromByte;
    long to = swapped ? Math.min(length, toByte + 1 & ~1L) : toByte;
    if (!swapped && bits % 8 == 0 && to - from <= room.capacity()) {
      opened.read(offset + from, room.clear().limit((int) (to - from)));
      return room.flip().asReadOnlyBuffer();
    }
    byte[] bytes = opened.read(offset + from, (int) (to - from));
    if (swapped) {
      for (int i = 0; i + 1 < bytes.length; i += 2) {
        byte kept = bytes[i];
        bytes[i] = bytes[i + 1];
        bytes[i + 1] = kept;
      }
      bytes = Arrays.copyOfRange(bytes, (int) (fromByte - from), (int) (toByte - from));
    }
    int shift = (int) (firstBit % 8);
    int size = (int) ((bits + 7) / 8);
    if (shift != 0) {
      byte[] moved = new byte[size];
      for (int i = 0; i < size; i++) {
        int low = (bytes[i] & 0xFF) >>> shift;
        int high = i + 1 < bytes.length ? (bytes[i + 1] & 0xFF) << 8 - shift : 0;
        moved[i] = (byte) (low | high);
      }
      bytes = moved;
    }
    int rest = (int) (bits % 8);
    if (rest != 0) {
      bytes[size - 1] &= (byte) ((1 << rest) - 1);
    }
    return ByteBuffer.wrap(bytes, 0, size).asReadOnlyBuffer();
  }

  private long bitsOfFrame() throws DicomException {
    long rows = number(Tag.ROWS, 0);
    long columns = number(Tag.COLUMNS, 0);
    long samples = number(Tag.SAMPLES_PER_PIXEL, 1);
    long allocated =
        tag == Tag.FLOAT_PIXEL_DATA
            ? 32
            : tag == Tag.DOUBLE_FLOAT_PIXEL_DATA ? 64 : number(Tag.BITS_ALLOCATED, 0);
    boolean stated = rows > 0 && columns > 0 && samples > 0 && allocated > 0;
    // Bounds that hold every honest frame and keep the product far from overflow.
    boolean possible =
        rows <= 1 << 20 && columns <= 1 << 20 && samples <= 1 << 10 && allocated <= 64;
    if (!stated || !possible) {
      throw problem(
          Kind.MALFORMED, offset, "The header does not say how large a frame is, so none is read.");
    }
    long pixels = rows * columns;
    String photometric = header.string(Tag.PHOTOMETRIC_INTERPRETATION).orElse("");
    // PS3.3 C.7.6.3.1.2: chrominance is stored for every second, or every fourth, pixel.
    return switch (samples == 3 ? photometric : "") {
      case "YBR_FULL_422", "YBR_PARTIAL_422" -> pixels * 2 * allocated;
      case "YBR_PARTIAL_420" -> pixels * 3 * allocated / 2;
      default -> pixels * allocated * samples;
    };
  }

  private long number(int attribute, long otherwise) {
    return header.number(attribute).map(Double::longValue).orElse(otherwise);
  }

  private ByteBuffer encapsulated(Content.Opened opened, int index) throws IOException {
    Fragments known = fragments;
    if (known == null) {
      known = Fragments.scan(this, opened);
      fragments = known;
    }
    return known.frame(opened, index);
  }

  Header header() {
    return header;
  }

  long offset() {
    return offset;
  }

  int frameBytes() {
    return frameBytes;
  }

  DicomException problem(Kind kind, long at, String message) {
    return new DicomException(ReadProblem.at(kind, content.name(), at, tag, message));
  }
}
