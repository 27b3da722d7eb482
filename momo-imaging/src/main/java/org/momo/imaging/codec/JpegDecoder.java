package org.momo.imaging.codec;

import java.util.Arrays;
import java.util.Locale;

/**
 * JPEG (ITU-T T.81) with Huffman coding: baseline and extended sequential DCT of 8 and 12 bits, and
 * the lossless process of 2 to 16 bits with all seven predictors.
 *
 * <p>Components stay as they are coded, no colour transform is applied; subsampled components are
 * brought to full size. Progressive, hierarchical and arithmetic coding are refused by name.
 *
 * <p>This class is not thread-safe; one object decodes one stream.
 */
final class JpegDecoder {
  /*
   * Sequential scans: each minimum coded unit holds, for each component, h x v blocks of 64 coefficients, Huffman coded
   * as (run of zeros, size) pairs; a block is dequantised and transformed at once into its component's plane. The
   * inverse DCT is the separable integer form of Loeffler, Ligtenberg and Moschytz (ICASSP 1989): 11 multiplications a
   * line with 13-bit constants, columns first with two (8 bits) or one (12 bits) extra fraction bits kept between the
   * passes. Halved chroma is interpolated with weights 3/4 and 1/4, other ratios are repeated.
   *
   * Lossless scans: each sample is coded as the Huffman-coded difference, modulo 2^16, from a prediction out of its left,
   * upper and upper left neighbours; the first line of each restart interval uses the left neighbour, the first sample
   * of other lines the upper one.
   */
  private static final String CODEC = "JPEG";
  private static final int LOOKUP_BITS = 9;
  private static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  /** What the stream itself says about the meaning of three components. */
  enum Colour {
    /** Nothing is said. */
    UNSTATED,
    /** Red, green, blue. */
    RGB,
    /** Luminance and two colour differences. */
    YCC
  }

  /** A decoded image and what its markers say about colour. */
  static final class Image {
    final Raster raster;
    final Colour colour;
    final boolean lossless;

    Image(Raster raster, Colour colour, boolean lossless) {
      this.raster = raster;
      this.colour = colour;
      this.lossless = lossless;
    }
  }

  private static final class Component {
    final int id;
    final int h;
    final int v;
    final int quantTable;
    int width;
    int height;
    int stride;
    short[] plane = new short[0];
    boolean done;
    HuffmanTable dc = HuffmanTable.NONE;
    HuffmanTable ac = HuffmanTable.NONE;
    int predictor;
    int shift;

    Component(int id, int h, int v, int quantTable) {
      this.id = id;
      this.h = h;
      this.v = v;
      this.quantTable = quantTable;
    }
  }

  private static final class HuffmanTable {
    static final HuffmanTable NONE = new HuffmanTable();

    final short[] lookup = new short[1 << LOOKUP_BITS];
    final int[] maxCode = new int[18];
    final int[] valueOffset = new int[17];
    byte[] values = new byte[0];

    boolean build(byte[] data, int counts, byte[] symbols) {
      values = symbols;
      int code = 0;
      int index = 0;
      for (int length = 1; length <= 16; length++) {
        int n = data[counts + length - 1] & 0xff;
        valueOffset[length] = index - code;
        for (int i = 0; i < n; i++) {
          if (length <= LOOKUP_BITS) {
            int first = code << (LOOKUP_BITS - length);
            int last = Math.min(first + (1 << (LOOKUP_BITS - length)), lookup.length);
            for (int j = first; j < last; j++) {
              lookup[j] = (short) (length << 8 | symbols[index] & 0xff);
            }
          }
          code++;
          index++;
        }
        if (code > 1 << length) {
          return false;
        }
        maxCode[length] = n == 0 ? -1 : code - 1;
        code <<= 1;
      }
      return true;
    }
  }

  private final byte[] data;
  private final int start;
  private final int end;
  private final long maxBytes;
  private int at;

  private int process = -1;
  private int precision;
  private int width;
  private int height;
  private int maxH = 1;
  private int maxV = 1;
  private Component[] components = new Component[0];
  private boolean allocated;
  private final int[][] quant = new int[4][];
  private final HuffmanTable[] dcTables = new HuffmanTable[4];
  private final HuffmanTable[] acTables = new HuffmanTable[4];
  private int restartInterval;
  private Colour adobe = Colour.UNSTATED;
  private boolean jfif;

  private long bits;
  private int bitsValid;

  private final int[] block = new int[64];
  private final int[] work = new int[64];

  private JpegDecoder(byte[] data, int offset, int length, long maxBytes) {
    this.data = data;
    this.start = offset;
    this.at = offset;
    this.end = offset + length;
    this.maxBytes = maxBytes;
  }

  /**
   * Decodes one image.
   *
   * @param maxBytes the most bytes of samples that the caller accepts
   * @throws MalformedStreamException if the stream is damaged, truncated, or uses what is not
   *     supported
   */
  static Image decode(byte[] data, int offset, int length, long maxBytes)
      throws MalformedStreamException {
    return new JpegDecoder(data, offset, length, maxBytes).decodeImage();
  }

  private Image decodeImage() throws MalformedStreamException {
    if (end - at < 4 || (data[at] & 0xff) != 0xff || (data[at + 1] & 0xff) != 0xd8) {
      throw problem("no start-of-image marker");
    }
    at += 2;
    int remaining = -1;
    while (remaining != 0) {
      int marker = nextMarker();
      if (marker == 0xd8 || (marker >= 0xd0 && marker <= 0xd7) || marker == 0x01) {
        continue;
      }
      if (marker == 0xd9) {
        throw problem("the image ends before all of its components are coded");
      }
      int next = segmentEnd();
      int body = at + 2;
      switch (marker) {
        case 0xc0:
        case 0xc1:
        case 0xc3:
          readFrameHeader(marker & 0x0f, body, next);
          remaining = components.length;
          at = next;
          break;
        case 0xc4:
          readHuffmanTables(body, next);
          at = next;
          break;
        case 0xdb:
          readQuantTables(body, next);
          at = next;
          break;
        case 0xdd:
          if (next - body < 2) {
            throw problem("restart interval is too short");
          }
          restartInterval = u16(body);
          at = next;
          break;
        case 0xda:
          remaining -= decodeScan(body, next);
          break;
        case 0xe0:
          jfif |= startsWith(body, next, "JFIF");
          at = next;
          break;
        case 0xee:
          if (startsWith(body, next, "Adobe") && next - body >= 12) {
            adobe = data[body + 11] == 0 ? Colour.RGB : Colour.YCC;
          }
          at = next;
          break;
        case 0xc2:
        case 0xc6:
          throw problem("progressive coding is not supported");
        case 0xc5:
        case 0xc7:
        case 0xcd:
        case 0xce:
        case 0xcf:
          throw problem("hierarchical coding is not supported");
        case 0xc9:
        case 0xca:
        case 0xcb:
          throw problem("arithmetic coding is not supported");
        case 0xf7:
          throw problem("a JPEG-LS stream, not a JPEG one");
        default:
          at = next;
      }
    }
    return new Image(assemble(), colour(), process == 3);
  }

  private Colour colour() {
    if (components.length != 3) {
      return Colour.UNSTATED;
    }
    if (adobe != Colour.UNSTATED) {
      return adobe;
    }
    if (components[0].id == 'R' && components[1].id == 'G' && components[2].id == 'B') {
      return Colour.RGB;
    }
    return jfif || maxH > 1 || maxV > 1 ? Colour.YCC : Colour.UNSTATED;
  }

  private boolean startsWith(int body, int next, String text) {
    if (next - body < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (data[body + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int nextMarker() throws MalformedStreamException {
    while (at + 1 < end) {
      if ((data[at] & 0xff) == 0xff) {
        int code = data[at + 1] & 0xff;
        if (code != 0 && code != 0xff) {
          at += 2;
          return code;
        }
      }
      at++;
    }
    throw problem("the stream ends where a marker was expected");
  }

  private int segmentEnd() throws MalformedStreamException {
    int length = end - at < 2 ? 0 : u16(at);
    if (length < 2 || length > end - at) {
      throw problem("marker segment of " + length + " bytes where " + (end - at) + " are left");
    }
    return at + length;
  }

  private void readFrameHeader(int type, int body, int next) throws MalformedStreamException {
    if (process >= 0) {
      throw problem("second frame header");
    }
    if (next - body < 6) {
      throw problem("frame header is too short");
    }
    process = type;
    precision = data[body] & 0xff;
    height = u16(body + 1);
    width = u16(body + 3);
    int count = data[body + 5] & 0xff;
    boolean precisionKnown =
        type == 3
            ? precision >= 2 && precision <= 16
            : precision == 8 || (type == 1 && precision == 12);
    if (!precisionKnown) {
      throw problem("precision of " + precision + " bits in process SOF" + type);
    }
    StreamLimits.check(CODEC, width, height, count, precision, maxBytes, body - start);
    if (next - body < 6 + 3 * count) {
      throw problem("frame header is too short for " + count + " components");
    }
    components = new Component[count];
    for (int i = 0; i < count; i++) {
      int p = body + 6 + 3 * i;
      int h = (data[p + 1] & 0xff) >> 4;
      int v = data[p + 1] & 0x0f;
      if (h < 1 || h > 4 || v < 1 || v > 4) {
        throw problem("sampling factors " + h + " x " + v);
      }
      if (type == 3 && count > 1 && (h != 1 || v != 1)) {
        throw problem("subsampled lossless components are not supported");
      }
      components[i] =
          new Component(data[p] & 0xff, count == 1 ? 1 : h, count == 1 ? 1 : v, data[p + 2] & 3);
      maxH = Math.max(maxH, components[i].h);
      maxV = Math.max(maxV, components[i].v);
    }
  }

  private void allocatePlanes() throws MalformedStreamException {
    if (allocated) {
      return;
    }
    allocated = true;
    int unit = process == 3 ? 1 : 8;
    long mcuWide = ceil(width, (long) unit * maxH);
    long mcuHigh = ceil(height, (long) unit * maxV);
    for (Component c : components) {
      c.width = (int) ceil((long) width * c.h, maxH);
      c.height = (int) ceil((long) height * c.v, maxV);
      long stride = mcuWide * c.h * unit;
      long size = stride * mcuHigh * c.v * unit;
      if (size > Integer.MAX_VALUE / 2) {
        throw problem("image of " + width + " x " + height + " samples is too large");
      }
      c.stride = (int) stride;
      c.plane = new short[(int) size];
    }
  }

  private static long ceil(long a, long b) {
    return (a + b - 1) / b;
  }

  private void readHuffmanTables(int body, int next) throws MalformedStreamException {
    int p = body;
    while (p < next) {
      if (next - p < 17) {
        throw problem("Huffman table is truncated");
      }
      int id = data[p] & 0xff;
      int total = 0;
      for (int i = 1; i <= 16; i++) {
        total += data[p + i] & 0xff;
      }
      if ((id & 0xec) != 0 || total > 256 || total > next - p - 17) {
        throw problem("malformed Huffman table");
      }
      HuffmanTable table = new HuffmanTable();
      if (!table.build(data, p + 1, Arrays.copyOfRange(data, p + 17, p + 17 + total))) {
        throw problem("Huffman table with more codes than there are");
      }
      (id >> 4 == 0 ? dcTables : acTables)[id & 3] = table;
      p += 17 + total;
    }
  }

  private void readQuantTables(int body, int next) throws MalformedStreamException {
    int p = body;
    while (p < next) {
      int wide = (data[p] & 0xff) >> 4;
      int id = data[p] & 0x0f;
      if (wide > 1 || id > 3 || next - p < 1 + 64 * (wide + 1)) {
        throw problem("malformed quantisation table");
      }
      int[] table = new int[64];
      for (int i = 0; i < 64; i++) {
        table[ZIGZAG[i]] = wide == 0 ? data[p + 1 + i] & 0xff : u16(p + 1 + 2 * i);
      }
      quant[id] = table;
      p += 1 + 64 * (wide + 1);
    }
  }

  private int decodeScan(int body, int next) throws MalformedStreamException {
    int count = next > body ? data[body] & 0xff : 0;
    if (process < 0) {
      throw problem("scan before the frame header");
    }
    if (count < 1 || count > components.length || next - body < 4 + 2 * count) {
      throw problem("malformed scan header");
    }
    allocatePlanes();
    Component[] scan = new Component[count];
    for (int i = 0; i < count; i++) {
      scan[i] = component(data[body + 1 + 2 * i] & 0xff, i, count);
      int tables = data[body + 2 + 2 * i] & 0xff;
      scan[i].dc = table(dcTables, tables >> 4);
      if (process != 3) {
        scan[i].ac = table(acTables, tables & 0x0f);
        if (quant[scan[i].quantTable] == null) {
          throw problem("quantisation table " + scan[i].quantTable + " is not there");
        }
      }
    }
    int selection = data[body + 1 + 2 * count] & 0xff;
    int pointTransform = data[body + 3 + 2 * count] & 0x0f;
    at = next;
    if (process == 3) {
      if (selection < 1 || selection > 7 || pointTransform >= precision) {
        throw problem("predictor " + selection + " with point transform " + pointTransform);
      }
      decodeLossless(scan, selection, pointTransform);
    } else {
      decodeSequential(scan);
    }
    return count;
  }

  private Component component(int id, int position, int count) throws MalformedStreamException {
    for (Component c : components) {
      if (c.id == id && !c.done) {
        c.done = true;
        return c;
      }
    }
    if (count == components.length && !components[position].done) {
      components[position].done = true;
      return components[position];
    }
    throw problem("scan of component " + id + ", which is unknown or was already coded");
  }

  private HuffmanTable table(HuffmanTable[] tables, int id) throws MalformedStreamException {
    if (id > 3 || tables[id] == null) {
      throw problem("Huffman table " + id + " is not there");
    }
    return tables[id];
  }

  private void decodeSequential(Component[] scan) throws MalformedStreamException {
    boolean single = scan.length == 1;
    int wide = single ? (int) ceil(scan[0].width, 8) : (int) ceil(width, 8L * maxH);
    int high = single ? (int) ceil(scan[0].height, 8) : (int) ceil(height, 8L * maxV);
    startInterval(scan);
    int left = restartInterval;
    int marker = 0;
    for (int my = 0; my < high; my++) {
      for (int mx = 0; mx < wide; mx++) {
        if (restartInterval > 0 && left == 0) {
          readRestart(marker++ & 7);
          startInterval(scan);
          left = restartInterval;
        }
        left--;
        for (Component c : scan) {
          int h = single ? 1 : c.h;
          int v = single ? 1 : c.v;
          for (int by = 0; by < v; by++) {
            for (int bx = 0; bx < h; bx++) {
              decodeBlock(c, (my * v + by) * 8 * c.stride + (mx * h + bx) * 8);
            }
          }
        }
      }
    }
  }

  private void startInterval(Component[] scan) {
    bits = 0;
    bitsValid = 0;
    for (Component c : scan) {
      c.predictor = 0;
    }
  }

  private void readRestart(int expected) throws MalformedStreamException {
    int marker = nextMarker();
    if (marker != 0xd0 + expected) {
      throw problem(
          "marker FF"
              + Integer.toHexString(marker).toUpperCase(Locale.ROOT)
              + " where restart marker "
              + expected
              + " was expected");
    }
  }

  private void decodeBlock(Component c, int target) throws MalformedStreamException {
    int[] table = quant[c.quantTable];
    int[] coefficients = block;
    Arrays.fill(coefficients, 0);
    c.predictor += readDifference(c.dc);
    coefficients[0] = c.predictor * table[0];
    boolean flat = true;
    int k = 1;
    while (k < 64) {
      int symbol = readSymbol(c.ac);
      int size = symbol & 15;
      int run = symbol >> 4;
      if (size == 0) {
        if (run < 15) {
          break;
        }
        k += 16;
        continue;
      }
      k += run;
      if (k > 63) {
        throw problem("more than 64 coefficients in a block");
      }
      int position = ZIGZAG[k++];
      coefficients[position] = readSigned(size) * table[position];
      flat = false;
    }
    int centre = 1 << (precision - 1);
    int largest = (1 << precision) - 1;
    if (flat) {
      int fraction = precision == 8 ? 2 : 1;
      int value =
          (((coefficients[0] << fraction) + (1 << (fraction + 2))) >> (fraction + 3)) + centre;
      short sample = (short) Math.min(Math.max(value, 0), largest);
      for (int y = 0, to = target; y < 8; y++, to += c.stride) {
        Arrays.fill(c.plane, to, to + 8, sample);
      }
      return;
    }
    inverseTransform(c.plane, target, c.stride, centre, largest);
  }

  private void inverseTransform(short[] plane, int target, int stride, int centre, int largest) {
    int fraction = precision == 8 ? 2 : 1;
    int[] in = block;
    int[] mid = work;
    int down = 13 - fraction;
    int half = 1 << (down - 1);
    for (int x = 0; x < 8; x++) {
      if ((in[x + 8] | in[x + 16] | in[x + 24] | in[x + 32] | in[x + 40] | in[x + 48] | in[x + 56])
          == 0) {
        int value = in[x] << fraction;
        for (int y = 0; y < 64; y += 8) {
          mid[x + y] = value;
        }
        continue;
      }
      int z = (in[x + 16] + in[x + 48]) * 4433;
      int even2 = z - in[x + 48] * 15137;
      int even3 = z + in[x + 16] * 6270;
      int even0 = (in[x] + in[x + 32]) << 13;
      int even1 = (in[x] - in[x + 32]) << 13;
      int a = even0 + even3 + half;
      int d = even0 - even3 + half;
      int b = even1 + even2 + half;
      int c = even1 - even2 + half;
      int s7 = in[x + 56];
      int s5 = in[x + 40];
      int s3 = in[x + 24];
      int s1 = in[x + 8];
      int cross = (s7 + s3 + s5 + s1) * 9633;
      int z1 = (s7 + s1) * -7373;
      int z2 = (s5 + s3) * -20995;
      int z3 = (s7 + s3) * -16069 + cross;
      int z4 = (s5 + s1) * -3196 + cross;
      int odd0 = s7 * 2446 + z1 + z3;
      int odd1 = s5 * 16819 + z2 + z4;
      int odd2 = s3 * 25172 + z2 + z3;
      int odd3 = s1 * 12299 + z1 + z4;
      mid[x] = (a + odd3) >> down;
      mid[x + 56] = (a - odd3) >> down;
      mid[x + 8] = (b + odd2) >> down;
      mid[x + 48] = (b - odd2) >> down;
      mid[x + 16] = (c + odd1) >> down;
      mid[x + 40] = (c - odd1) >> down;
      mid[x + 24] = (d + odd0) >> down;
      mid[x + 32] = (d - odd0) >> down;
    }
    down = 16 + fraction;
    half = (1 << (down - 1)) + (centre << down);
    for (int y = 0, to = target; y < 64; y += 8, to += stride) {
      int z = (mid[y + 2] + mid[y + 6]) * 4433;
      int even2 = z - mid[y + 6] * 15137;
      int even3 = z + mid[y + 2] * 6270;
      int even0 = ((mid[y] + mid[y + 4]) << 13) + half;
      int even1 = ((mid[y] - mid[y + 4]) << 13) + half;
      int a = even0 + even3;
      int d = even0 - even3;
      int b = even1 + even2;
      int c = even1 - even2;
      int s7 = mid[y + 7];
      int s5 = mid[y + 5];
      int s3 = mid[y + 3];
      int s1 = mid[y + 1];
      int cross = (s7 + s3 + s5 + s1) * 9633;
      int z1 = (s7 + s1) * -7373;
      int z2 = (s5 + s3) * -20995;
      int z3 = (s7 + s3) * -16069 + cross;
      int z4 = (s5 + s1) * -3196 + cross;
      int odd0 = s7 * 2446 + z1 + z3;
      int odd1 = s5 * 16819 + z2 + z4;
      int odd2 = s3 * 25172 + z2 + z3;
      int odd3 = s1 * 12299 + z1 + z4;
      plane[to] = clamp((a + odd3) >> down, largest);
      plane[to + 7] = clamp((a - odd3) >> down, largest);
      plane[to + 1] = clamp((b + odd2) >> down, largest);
      plane[to + 6] = clamp((b - odd2) >> down, largest);
      plane[to + 2] = clamp((c + odd1) >> down, largest);
      plane[to + 5] = clamp((c - odd1) >> down, largest);
      plane[to + 3] = clamp((d + odd0) >> down, largest);
      plane[to + 4] = clamp((d - odd0) >> down, largest);
    }
  }

  private static short clamp(int value, int largest) {
    return (short) Math.min(Math.max(value, 0), largest);
  }

  private void decodeLossless(Component[] scan, int selection, int pointTransform)
      throws MalformedStreamException {
    if (restartInterval % width != 0) {
      throw problem(
          "restart interval of " + restartInterval + " samples is not a whole number of lines");
    }
    int linesPerInterval = restartInterval / width;
    int origin = 1 << (precision - pointTransform - 1);
    for (Component c : scan) {
      c.shift = pointTransform;
    }
    startInterval(scan);
    int marker = 0;
    for (int y = 0; y < height; y++) {
      boolean first = y == 0;
      if (linesPerInterval > 0 && y > 0 && y % linesPerInterval == 0) {
        readRestart(marker++ & 7);
        startInterval(scan);
        first = true;
      }
      int rule = first ? 1 : selection;
      int row = y * width;
      for (Component c : scan) {
        int prediction = first ? origin : c.plane[row - width];
        c.plane[row] = (short) (prediction + readDifference(c.dc));
      }
      if (scan.length == 1) {
        losslessLine(scan[0], rule, row);
        continue;
      }
      for (int x = row + 1; x < row + width; x++) {
        for (Component c : scan) {
          c.plane[x] = (short) (predict(c.plane, rule, x) + readDifference(c.dc));
        }
      }
    }
  }

  private void losslessLine(Component c, int rule, int row) throws MalformedStreamException {
    short[] plane = c.plane;
    HuffmanTable table = c.dc;
    int last = row + width;
    if (rule == 1) {
      int value = plane[row];
      for (int x = row + 1; x < last; x++) {
        value += readDifference(table);
        plane[x] = (short) value;
      }
    } else {
      for (int x = row + 1; x < last; x++) {
        plane[x] = (short) (predict(plane, rule, x) + readDifference(table));
      }
    }
  }

  private int predict(short[] plane, int rule, int x) {
    int a = plane[x - 1] & 0xffff;
    switch (rule) {
      case 1:
        return a;
      case 2:
        return plane[x - width] & 0xffff;
      case 3:
        return plane[x - width - 1] & 0xffff;
      case 4:
        return a + (plane[x - width] & 0xffff) - (plane[x - width - 1] & 0xffff);
      case 5:
        return a + (((plane[x - width] & 0xffff) - (plane[x - width - 1] & 0xffff)) >> 1);
      case 6:
        return (plane[x - width] & 0xffff) + ((a - (plane[x - width - 1] & 0xffff)) >> 1);
      default:
        return (a + (plane[x - width] & 0xffff)) >> 1;
    }
  }

  private int readDifference(HuffmanTable table) throws MalformedStreamException {
    int size = readSymbol(table);
    if (size == 0) {
      return 0;
    }
    if (size >= 16) {
      if (size > 16) {
        throw problem("difference of " + size + " bits");
      }
      return 32768;
    }
    return readSigned(size);
  }

  private int readSymbol(HuffmanTable table) throws MalformedStreamException {
    if (bitsValid < 32) {
      fill();
    }
    int entry = table.lookup[(int) (bits >>> (64 - LOOKUP_BITS))];
    if (entry != 0) {
      take(entry >> 8);
      return entry & 0xff;
    }
    for (int length = LOOKUP_BITS + 1; length <= 16; length++) {
      int code = (int) (bits >>> (64 - length));
      if (code <= table.maxCode[length]) {
        take(length);
        int index = table.valueOffset[length] + code;
        if (index >= 0 && index < table.values.length) {
          return table.values[index] & 0xff;
        }
      }
    }
    throw problem(bitsValid < 16 ? "the coded data ends early" : "unknown Huffman code");
  }

  private int readSigned(int size) throws MalformedStreamException {
    if (bitsValid < size) {
      fill();
    }
    int value = (int) (bits >>> (64 - size));
    take(size);
    return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
  }

  private void take(int n) throws MalformedStreamException {
    if (n > bitsValid) {
      throw problem("the coded data ends early");
    }
    bits <<= n;
    bitsValid -= n;
  }

  /** Tops the register up to at least 57 bits, or to what is left before the next marker. */
  private void fill() {
    while (bitsValid <= 56 && at < end) {
      int value = data[at] & 0xff;
      if (value == 0xff) {
        if (at + 1 >= end || data[at + 1] != 0) {
          return;
        }
        at++;
      }
      at++;
      bits |= (long) value << (56 - bitsValid);
      bitsValid += 8;
    }
  }

  private Raster assemble() {
    Raster raster = Raster.allocate(width, height, components.length, precision);
    int[] line = new int[width];
    for (int i = 0; i < components.length; i++) {
      Component c = components[i];
      boolean full = c.h == maxH && c.v == maxV;
      boolean smooth = c.h * 2 == maxH && c.width > 2 && (c.v == maxV || c.v * 2 == maxV);
      int[] sums = smooth ? new int[c.width] : line;
      for (int y = 0; y < height; y++) {
        if (full) {
          int from = y * c.stride;
          for (int x = 0; x < width; x++) {
            line[x] = c.plane[from + x] & 0xffff;
          }
        } else if (smooth) {
          interpolate(c, y, sums, line);
        } else {
          int from = y * c.v / maxV * c.stride;
          for (int x = 0; x < width; x++) {
            line[x] = c.plane[from + x * c.h / maxH] & 0xffff;
          }
        }
        raster.putLine(y, i, line, 0, c.shift);
      }
    }
    return raster;
  }

  private void interpolate(Component c, int y, int[] sums, int[] line) {
    int last = c.width - 1;
    int shift;
    if (c.v == maxV) {
      shift = 2;
      for (int x = 0; x <= last; x++) {
        sums[x] = c.plane[y * c.stride + x] & 0xffff;
      }
    } else {
      shift = 4;
      int near = y >> 1;
      int far = Math.min(Math.max((y & 1) == 0 ? near - 1 : near + 1, 0), c.height - 1);
      for (int x = 0; x <= last; x++) {
        sums[x] =
            3 * (c.plane[near * c.stride + x] & 0xffff) + (c.plane[far * c.stride + x] & 0xffff);
      }
    }
    int left = shift == 2 ? 1 : 8;
    int right = shift == 2 ? 2 : 7;
    for (int x = 0; x < width; x++) {
      int i = x >> 1;
      boolean even = (x & 1) == 0;
      int other = even ? Math.max(i - 1, 0) : Math.min(i + 1, last);
      line[x] = (3 * sums[i] + sums[other] + (even ? left : right)) >> shift;
    }
  }

  private int u16(int position) {
    return (data[position] & 0xff) << 8 | data[position + 1] & 0xff;
  }

  private MalformedStreamException problem(String what) {
    return new MalformedStreamException(CODEC, what, at - start);
  }
}
