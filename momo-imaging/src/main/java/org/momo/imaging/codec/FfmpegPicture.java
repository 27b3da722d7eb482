package org.momo.imaging.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.bytedeco.ffmpeg.avutil.AVComponentDescriptor;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelException;

/**
 * What FFmpeg decoded, as samples of the precision that the header states: grey, or red, green and
 * blue.
 *
 * <p>Colour is turned here and not by FFmpeg's scaler, whose last bits depend on the processor.
 *
 * <p>This class is not thread-safe.
 */
final class FfmpegPicture {
  private static final long UNUSABLE =
      avutil.AV_PIX_FMT_FLAG_BE
          | avutil.AV_PIX_FMT_FLAG_PAL
          | avutil.AV_PIX_FMT_FLAG_BITSTREAM
          | avutil.AV_PIX_FMT_FLAG_HWACCEL
          | avutil.AV_PIX_FMT_FLAG_BAYER
          | avutil.AV_PIX_FMT_FLAG_FLOAT
          | avutil.AV_PIX_FMT_FLAG_XYZ;

  /** From so many rows on, a stream that does not say is taken for one of high definition. */
  private static final int HIGH_DEFINITION = 720;

  private final AVFrame picture;
  private final AVPixFmtDescriptor layout;
  private final int columns;
  private final int rows;
  private final int depth;
  private final int unused;
  private final boolean full;

  private FfmpegPicture(AVFrame picture, AVPixFmtDescriptor layout, int precision, boolean still) {
    this.picture = picture;
    this.layout = layout;
    this.columns = picture.width();
    this.rows = picture.height();
    int held = layout.comp(0).depth();
    // Decoders put samples of, say, 12 bits at the top of 16.
    this.unused = precision > 8 && precision < held ? held - precision : 0;
    this.depth = held - unused;
    this.full = still || isFull(picture);
  }

  /**
   * Copies the samples out.
   *
   * @param picture what was decoded
   * @param precision how many bits were coded, or 0 where that is not known
   * @param still whether it is a JPEG image, which uses the full range of values
   * @param format what the header says
   * @throws PixelException if the picture is not what the header says
   */
  static Frame frame(AVFrame picture, int precision, boolean still, FrameFormat format)
      throws PixelException {
    AVPixFmtDescriptor layout = avutil.av_pix_fmt_desc_get(picture.format());
    if (layout == null || layout.isNull() || (layout.flags() & UNUSABLE) != 0) {
      throw new PixelException("ffmpeg: the layout of the decoded samples is not supported");
    }
    if (picture.width() != format.columns() || picture.height() != format.rows()) {
      throw new PixelException(
          String.format(
              Locale.ROOT,
              "compressed image of %d x %d where the header says %d x %d",
              picture.width(),
              picture.height(),
              format.columns(),
              format.rows()));
    }
    if (format.samplesPerPixel() != 1 && format.samplesPerPixel() != 3) {
      throw new PixelException(
          "ffmpeg decodes images of 1 or 3 samples a pixel: the header says "
              + format.samplesPerPixel());
    }
    return new FfmpegPicture(picture, layout, precision, still).converted(format);
  }

  private Frame converted(FrameFormat format) {
    int bits = Math.min(format.bitsStored(), 16);
    int size = bits > 8 ? 2 : 1;
    int samples = format.samplesPerPixel();
    byte[] bytes = new byte[columns * rows * samples * size];
    boolean colour = layout.nb_components() >= 3;
    float[][] lines = new float[colour ? 3 : 1][columns];
    byte[] scratch = new byte[0];
    double[] weights = weights();
    boolean rgb = (layout.flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0;
    float top = (1 << bits) - 1;
    for (int y = 0; y < rows; y++) {
      for (int c = 0; c < lines.length; c++) {
        scratch = line(c, y, scratch, lines[c]);
      }
      if (colour && !rgb) {
        turn(lines, weights);
      } else if (!rgb && !full) {
        stretch(lines[0]);
      }
      int at = y * columns * samples * size;
      for (int x = 0; x < columns; x++) {
        for (int s = 0; s < samples; s++, at += size) {
          float value =
              samples == 1 && colour
                  ? (float) (weights[0] * lines[0][x] + weights[1] * lines[1][x])
                      + (float) (weights[2] * lines[2][x])
                  : lines[colour ? s : 0][x];
          int whole = Math.round(Math.min(Math.max(value, 0), 1) * top);
          bytes[at] = (byte) whole;
          if (size == 2) {
            bytes[at + 1] = (byte) (whole >> 8);
          }
        }
      }
    }
    FrameFormat decoded =
        new FrameFormat(
            rows,
            columns,
            samples,
            8 * size,
            bits,
            bits - 1,
            format.signed(),
            false,
            samples == 1 ? format.photometricInterpretation() : "RGB");
    return new Frame(decoded, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** One line of one component, as parts of its largest value. */
  private byte[] line(int component, int y, byte[] scratch, float[] into) {
    AVComponentDescriptor where = layout.comp(component);
    boolean chroma = component > 0 && (layout.flags() & avutil.AV_PIX_FMT_FLAG_RGB) == 0;
    int across = chroma ? layout.log2_chroma_w() : 0;
    int down = chroma ? layout.log2_chroma_h() : 0;
    int count = (columns + (1 << across) - 1) >> across;
    int size = where.depth() > 8 ? 2 : 1;
    int length = where.offset() + (count - 1) * where.step() + size;
    byte[] bytes = scratch.length < length ? new byte[length] : scratch;
    int stride = picture.linesize(where.plane());
    BytePointer plane = picture.data(where.plane());
    plane.position((long) (y >> down) * stride).get(bytes, 0, length);
    float largest = (1 << depth) - 1;
    int mask = (1 << where.depth()) - 1;
    int shift = where.shift();
    for (int x = 0; x < columns; x++) {
      int at = where.offset() + (x >> across) * where.step();
      int value = bytes[at] & 0xff;
      if (size == 2) {
        value |= (bytes[at + 1] & 0xff) << 8;
      }
      into[x] = (value >> shift & mask) >> unused;
      into[x] /= largest;
    }
    return bytes;
  }

  /** Luma and colour differences to red, green and blue. */
  private void turn(float[][] lines, double[] weights) {
    double red = weights[0];
    double green = weights[1];
    double blue = weights[2];
    double largest = (1 << depth) - 1;
    double centre = (1 << (depth - 1)) / largest;
    double scale = full ? 1 : largest / (224 << (depth - 8));
    if (!full) {
      stretch(lines[0]);
    }
    for (int x = 0; x < columns; x++) {
      double luma = lines[0][x];
      double towardsBlue = (lines[1][x] - centre) * scale;
      double towardsRed = (lines[2][x] - centre) * scale;
      double r = luma + 2 * (1 - red) * towardsRed;
      double b = luma + 2 * (1 - blue) * towardsBlue;
      lines[0][x] = (float) r;
      lines[1][x] = (float) ((luma - red * r - blue * b) / green);
      lines[2][x] = (float) b;
    }
  }

  /** Video keeps room below black and above white. */
  private void stretch(float[] line) {
    double largest = (1 << depth) - 1;
    double black = (16 << (depth - 8)) / largest;
    double scale = largest / (219 << (depth - 8));
    for (int x = 0; x < columns; x++) {
      line[x] = (float) ((line[x] - black) * scale);
    }
  }

  private static boolean isFull(AVFrame picture) {
    int format = picture.format();
    return picture.color_range() == avutil.AVCOL_RANGE_JPEG
        || format == avutil.AV_PIX_FMT_YUVJ420P
        || format == avutil.AV_PIX_FMT_YUVJ422P
        || format == avutil.AV_PIX_FMT_YUVJ444P
        || format == avutil.AV_PIX_FMT_YUVJ440P
        || format == avutil.AV_PIX_FMT_YUVJ411P;
  }

  /** How much red, green and blue count in the luma (ITU-T H.273, table 4). */
  private double[] weights() {
    int space = picture.colorspace();
    if (space == avutil.AVCOL_SPC_BT709
        || space == avutil.AVCOL_SPC_UNSPECIFIED && rows >= HIGH_DEFINITION) {
      return new double[] {0.2126, 0.7152, 0.0722};
    }
    if (space == avutil.AVCOL_SPC_BT2020_NCL || space == avutil.AVCOL_SPC_BT2020_CL) {
      return new double[] {0.2627, 0.678, 0.0593};
    }
    if (space == avutil.AVCOL_SPC_SMPTE240M) {
      return new double[] {0.212, 0.701, 0.087};
    }
    return new double[] {0.299, 0.587, 0.114};
  }
}
