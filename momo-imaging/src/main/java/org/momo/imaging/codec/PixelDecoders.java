package org.momo.imaging.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelDecoder;
import org.momo.spi.PixelException;

/**
 * The decoders that come with MOMO. All but {@link #ffmpeg} need neither ImageIO nor native code.
 *
 * <p>This class is immutable.
 */
public final class PixelDecoders {
  private static final String BASE = "1.2.840.10008.1.2";
  private static final String BIG_ENDIAN = BASE + ".2";

  private static final Set<String> NATIVE =
      Set.of(BASE, BASE + ".1", BASE + ".1.98", BASE + ".1.99", BIG_ENDIAN);

  /** What a user adds so that {@link #ffmpeg} works. */
  private static final String FFMPEG = "org.bytedeco:ffmpeg-platform:8.0.1-1.5.13";

  private static final Map<String, String> VIDEO =
      Map.ofEntries(
          Map.entry(BASE + ".4.100", "MPEG-2 video"),
          Map.entry(BASE + ".4.101", "MPEG-2 video"),
          Map.entry(BASE + ".4.102", "MPEG-4 video"),
          Map.entry(BASE + ".4.103", "MPEG-4 video"),
          Map.entry(BASE + ".4.104", "MPEG-4 video"),
          Map.entry(BASE + ".4.105", "MPEG-4 video"),
          Map.entry(BASE + ".4.106", "MPEG-4 video"),
          Map.entry(BASE + ".4.107", "HEVC video"),
          Map.entry(BASE + ".4.108", "HEVC video"));

  private static final Map<String, String> PROGRESSIVE =
      Map.of(
          BASE + ".4.53", "progressive JPEG",
          BASE + ".4.55", "progressive JPEG");

  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry(BASE + ".4.110", "JPEG XL"),
          Map.entry(BASE + ".4.111", "JPEG XL"),
          Map.entry(BASE + ".4.112", "JPEG XL"),
          Map.entry(BASE + ".4.92", "JPEG 2000 part 2"),
          Map.entry(BASE + ".4.93", "JPEG 2000 part 2"),
          Map.entry(BASE + ".4.94", "JPIP"),
          Map.entry(BASE + ".4.95", "JPIP"),
          Map.entry(BASE + ".4.204", "JPIP"),
          Map.entry(BASE + ".4.205", "JPIP"),
          Map.entry(BASE + ".7.1", "SMPTE 2110 video"),
          Map.entry(BASE + ".7.2", "SMPTE 2110 video"),
          Map.entry(BASE + ".7.3", "SMPTE 2110 audio"));

  private PixelDecoders() {}

  /**
   * All that are in Java.
   *
   * @return the decoders; no two support the same transfer syntax
   */
  public static List<PixelDecoder> standard() {
    return List.of(nativeSamples(), rle(), jpeg(), jpegLs(), jpeg2000());
  }

  /**
   * Native samples: implicit and explicit little endian, deflated, big endian.
   *
   * @return a thread-safe decoder
   */
  public static PixelDecoder nativeSamples() {
    return new Codec("native", NATIVE, PixelDecoders::decodeNative);
  }

  /**
   * Whether a transfer syntax holds native samples, so that frames are as their header says.
   *
   * @param transferSyntax its UID
   * @return true if it does
   */
  public static boolean isNative(String transferSyntax) {
    return NATIVE.contains(transferSyntax);
  }

  /**
   * RLE Lossless.
   *
   * @return a thread-safe decoder
   */
  public static PixelDecoder rle() {
    return new Codec("rle", Set.of(BASE + ".5"), PixelDecoders::decodeRle);
  }

  /**
   * JPEG with Huffman coding: baseline, extended (8 and 12 bit) and lossless.
   *
   * @return a thread-safe decoder
   */
  public static PixelDecoder jpeg() {
    return new Codec(
        "jpeg",
        Set.of(BASE + ".4.50", BASE + ".4.51", BASE + ".4.57", BASE + ".4.70"),
        PixelDecoders::decodeJpeg);
  }

  /**
   * JPEG-LS, lossless and near-lossless.
   *
   * @return a thread-safe decoder
   */
  public static PixelDecoder jpegLs() {
    return new Codec(
        "jpeg-ls", Set.of(BASE + ".4.80", BASE + ".4.81"), PixelDecoders::decodeJpegLs);
  }

  /**
   * JPEG 2000, reversible and irreversible, with blocks of part 1 or high-throughput ones.
   *
   * @return a thread-safe decoder
   */
  public static PixelDecoder jpeg2000() {
    return new Codec(
        "jpeg2000",
        Set.of(BASE + ".4.90", BASE + ".4.91", BASE + ".4.201", BASE + ".4.202", BASE + ".4.203"),
        PixelDecoders::decodeJpeg2000);
  }

  /**
   * MPEG-2, H.264 and HEVC video, and JPEG with progressive scans, by FFmpeg's native libraries.
   * Sequential JPEG is decoded as by {@link #jpeg}.
   *
   * <p>Of a video only what a frame needs is decoded, from the last key picture on where the stream
   * has times, otherwise from the first one; pictures become RGB. Native code is bounded by the
   * header's size of a frame, but what it does with a hostile stream is in FFmpeg's hands.
   *
   * @return a thread-safe decoder
   * @throws ConfigurationException if {@code org.bytedeco:ffmpeg-platform} is not on the class
   *     path, or has no library for this platform
   */
  public static PixelDecoder ffmpeg() {
    try {
      return new FfmpegDecoder();
    } catch (LinkageError e) {
      throw new ConfigurationException(
          "the decoder imaging.ffmpeg needs "
              + FFMPEG
              + " on the class path, with the libraries of this platform",
          e);
    }
  }

  /**
   * Whether a transfer syntax is that of a video, so that its frames cannot be cut apart.
   *
   * @param transferSyntax its UID
   * @return true if all frames are one stream
   */
  public static boolean isVideo(String transferSyntax) {
    return VIDEO.containsKey(withoutFragmentation(transferSyntax));
  }

  /** Each video syntax has a second UID, for streams in several fragments. */
  private static String withoutFragmentation(String uid) {
    int length = (BASE + ".4.100").length();
    return uid.length() == length + 2 && uid.endsWith(".1") ? uid.substring(0, length) : uid;
  }

  /**
   * Why a transfer syntax is not decoded, and what would help.
   *
   * @param transferSyntax its UID
   * @return one sentence
   */
  public static String unsupported(String transferSyntax) {
    String uid = transferSyntax.matches("[0-9.]{1,64}") ? transferSyntax : "(malformed)";
    String name = VIDEO.get(withoutFragmentation(uid));
    if (name == null) {
      name = PROGRESSIVE.get(uid);
    }
    if (name != null) {
      return "transfer syntax "
          + uid
          + " ("
          + name
          + ") needs the decoder imaging.ffmpeg: add "
          + FFMPEG
          + " to the class path and imaging.ffmpeg to the configuration's decoders";
    }
    name = OTHERS.get(uid);
    if (name == null) {
      return "transfer syntax " + uid + " is not known to any pixel decoder";
    }
    return "transfer syntax "
        + uid
        + " ("
        + name
        + ") has no pixel decoder; add a plugin that contributes one, or convert the images";
  }

  private static Frame decodeNative(String syntax, ByteBuffer encoded, FrameFormat format)
      throws PixelException {
    boolean halved =
        format.photometricInterpretation().equals("YBR_FULL_422") && format.samplesPerPixel() == 3;
    long pixels = (long) format.rows() * format.columns();
    long needed = halved && format.bitsAllocated() == 8 ? 2 * pixels : format.bytes();
    if (encoded.remaining() < needed) {
      throw new PixelException(
          "frame holds "
              + encoded.remaining()
              + " bytes where its rows and columns need "
              + needed);
    }
    if (halved && format.bitsAllocated() == 8 && encoded.remaining() < format.bytes()) {
      return new Frame(
          format.withColour("YBR_FULL", false), ByteBuffer.wrap(widen(encoded, format)));
    }
    ByteBuffer samples = encoded.slice();
    samples.limit((int) needed);
    if (syntax.equals(BIG_ENDIAN) && format.bitsAllocated() > 8) {
      samples = swap(samples, format.bitsAllocated() / 8);
    }
    FrameFormat meaning = halved ? format.withColour("YBR_FULL", format.planar()) : format;
    return new Frame(meaning, samples.order(ByteOrder.LITTLE_ENDIAN));
  }

  private static ByteBuffer swap(ByteBuffer samples, int bytes) {
    byte[] swapped = new byte[samples.remaining()];
    samples.duplicate().get(swapped);
    for (int i = 0; i + bytes <= swapped.length; i += bytes) {
      for (int a = i, b = i + bytes - 1; a < b; a++, b--) {
        byte t = swapped[a];
        swapped[a] = swapped[b];
        swapped[b] = t;
      }
    }
    return ByteBuffer.wrap(swapped);
  }

  private static byte[] widen(ByteBuffer encoded, FrameFormat format) {
    int columns = format.columns();
    byte[] full = new byte[Math.toIntExact(format.bytes())];
    int in = encoded.position();
    for (int i = 0; i + 1 < format.rows() * columns; i += 2, in += 4) {
      full[3 * i] = encoded.get(in);
      full[3 * i + 3] = encoded.get(in + 1);
      full[3 * i + 1] = encoded.get(in + 2);
      full[3 * i + 4] = encoded.get(in + 2);
      full[3 * i + 2] = encoded.get(in + 3);
      full[3 * i + 5] = encoded.get(in + 3);
    }
    return full;
  }

  private static Frame decodeRle(String syntax, ByteBuffer encoded, FrameFormat format)
      throws MalformedStreamException, PixelException {
    byte[] data = bytes(encoded);
    int pixels = Math.toIntExact((long) format.rows() * format.columns());
    if (format.bitsAllocated() > 32) {
      throw new PixelException(
          "RLE of " + format.bitsAllocated() + " bits allocated is not supported");
    }
    byte[] samples =
        format.bitsAllocated() == 1
            ? RleDecoder.decode(data, 0, data.length, (pixels + 7) / 8, 1, 1)
            : RleDecoder.decode(
                data, 0, data.length, pixels, format.samplesPerPixel(), format.bitsAllocated() / 8);
    String photometric = format.photometricInterpretation();
    return new Frame(
        format.withColour(photometric.equals("YBR_FULL_422") ? "YBR_FULL" : photometric, false),
        ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static Frame decodeJpeg(String syntax, ByteBuffer encoded, FrameFormat format)
      throws MalformedStreamException, PixelException {
    byte[] data = bytes(encoded);
    JpegDecoder.Image image = JpegDecoder.decode(data, 0, data.length, room(format));
    String photometric = format.photometricInterpretation();
    if (image.raster.components == 3) {
      if (!image.lossless && image.colour != JpegDecoder.Colour.UNSTATED) {
        photometric = image.colour == JpegDecoder.Colour.RGB ? "RGB" : "YBR_FULL";
      } else if (photometric.equals("YBR_FULL_422")) {
        photometric = "YBR_FULL";
      }
    }
    return frame(image.raster, format, format.signed(), photometric);
  }

  private static Frame decodeJpegLs(String syntax, ByteBuffer encoded, FrameFormat format)
      throws MalformedStreamException, PixelException {
    byte[] data = bytes(encoded);
    Raster raster = JpegLsDecoder.decode(data, 0, data.length, room(format));
    return frame(raster, format, format.signed(), format.photometricInterpretation());
  }

  private static Frame decodeJpeg2000(String syntax, ByteBuffer encoded, FrameFormat format)
      throws MalformedStreamException, PixelException {
    byte[] data = bytes(encoded);
    Jpeg2000Decoder.Image image = Jpeg2000Decoder.decode(data, 0, data.length, room(format));
    String photometric = format.photometricInterpretation();
    if (image.transformed || photometric.equals("YBR_RCT") || photometric.equals("YBR_ICT")) {
      photometric = "RGB";
    }
    return frame(image.raster, format, image.signed || format.signed(), photometric);
  }

  private static long room(FrameFormat format) {
    return 2L * format.rows() * format.columns() * format.samplesPerPixel();
  }

  private static byte[] bytes(ByteBuffer encoded) {
    byte[] data = new byte[encoded.remaining()];
    encoded.duplicate().get(data);
    return data;
  }

  /** A coded precision below the stored bits wins: then the top stored bits were never coded. */
  private static Frame frame(Raster raster, FrameFormat format, boolean signed, String photometric)
      throws PixelException {
    if (raster.width != format.columns()
        || raster.height != format.rows()
        || raster.components != format.samplesPerPixel()) {
      throw new PixelException(
          String.format(
              Locale.ROOT,
              "compressed image of %d x %d with %d samples a pixel where the header says %d x %d with %d",
              raster.width,
              raster.height,
              raster.components,
              format.columns(),
              format.rows(),
              format.samplesPerPixel()));
    }
    int highBit = Math.min(format.highBit(), raster.precision - 1);
    int stored = Math.min(format.bitsStored(), highBit + 1);
    FrameFormat decoded =
        new FrameFormat(
            raster.height,
            raster.width,
            raster.components,
            8 * raster.bytesPerSample,
            stored,
            highBit,
            signed,
            false,
            photometric);
    return new Frame(decoded, ByteBuffer.wrap(raster.bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  @FunctionalInterface
  private interface Decoding {
    Frame decode(String syntax, ByteBuffer encoded, FrameFormat format)
        throws MalformedStreamException, PixelException;
  }

  private static final class Codec implements PixelDecoder {
    private final String name;
    private final Set<String> syntaxes;
    private final Decoding decoding;

    Codec(String name, Set<String> syntaxes, Decoding decoding) {
      this.name = name;
      this.syntaxes = syntaxes;
      this.decoding = decoding;
    }

    @Override
    public boolean supports(String transferSyntax) {
      return syntaxes.contains(transferSyntax);
    }

    @Override
    public Frame decode(String transferSyntax, ByteBuffer encoded, FrameFormat format)
        throws PixelException {
      if (!supports(transferSyntax)) {
        throw new PixelException(name + " does not decode transfer syntax " + transferSyntax);
      }
      try {
        return decoding.decode(transferSyntax, encoded, format);
      } catch (MalformedStreamException e) {
        throw new PixelException(String.valueOf(e.getMessage()), e);
      } catch (ArithmeticException | IndexOutOfBoundsException | NegativeArraySizeException e) {
        throw new PixelException(name + ": damaged stream", e);
      }
    }

    @Override
    public String toString() {
      return "PixelDecoder[" + name + "]";
    }
  }
}
