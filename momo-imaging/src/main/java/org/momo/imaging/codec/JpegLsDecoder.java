package org.momo.imaging.codec;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * JPEG-LS (ISO/IEC 14495-1, ITU-T T.87): lossless and near-lossless, 2 to 16 bits, one to four
 * components.
 *
 * <p>Reads all three interleave modes (none, by line, by sample), preset coding parameters, mapping
 * tables of up to two bytes an entry, point transforms and restart markers. Subsampled components,
 * the extended coding of part 2 and vendor colour transforms are refused by name.
 *
 * <p>This class is not thread-safe; one object decodes one stream.
 */
final class JpegLsDecoder {
  /*
   * The coder walks line by line. Each sample has four causal neighbours:
   *
   *     c b d
   *     a x
   *
   * The gradients d-b, b-c, c-a, quantised to -4..4 each, give one of 729 contexts, folded by sign to 365. In a flat
   * neighbourhood (all three zero) runs of the value a are coded by length; elsewhere x is predicted by the median edge
   * detector, corrected by the context's running mean error C, and the remainder is coded in a limited-length
   * Golomb-Rice code whose parameter k follows from the context's mean absolute error A/N.
   *
   * Line buffers hold a sample of padding on either side: on the left the sample above the first one (so the first
   * a of a line equals its b, and the first c is the a of the line before), on the right a copy of the last (so the
   * last d equals b).
   */
  private static final String CODEC = "JPEG-LS";
  private static final int CONTEXTS = 365;
  private static final int[] RUN_ORDER = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };
  private static final int MAX_GOLOMB = 24;

  private final byte[] data;
  private final int start;
  private final int end;
  private final long maxBytes;
  private int at;

  private int precision;
  private int[] componentIds = new int[0];
  private int width;
  private int height;
  private @Nullable Raster raster;
  private int restartLines;

  private int presetMaxVal;
  private int presetT1;
  private int presetT2;
  private int presetT3;
  private int presetReset;
  private final int[][] mappingTables = new int[256][];

  private int near;
  private int maxVal;
  private int range;
  private int reset;
  private int limit;
  private int quantisedBits;
  private int step;
  private byte[] quantised = new byte[0];
  private int quantisedOrigin;

  private final int[] sumAbs = new int[CONTEXTS + 2];
  private final int[] bias = new int[CONTEXTS];
  private final int[] correction = new int[CONTEXTS];
  private final int[] count = new int[CONTEXTS + 2];
  private final int[] negatives = new int[2];

  private long bits;
  private int bitsValid;
  private boolean afterFf;

  private JpegLsDecoder(byte[] data, int offset, int length, long maxBytes) {
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
  static Raster decode(byte[] data, int offset, int length, long maxBytes)
      throws MalformedStreamException {
    return new JpegLsDecoder(data, offset, length, maxBytes).decodeImage();
  }

  private Raster decodeImage() throws MalformedStreamException {
    if (end - at < 4 || (data[at] & 0xff) != 0xff || (data[at + 1] & 0xff) != 0xd8) {
      throw problem("no start-of-image marker");
    }
    at += 2;
    boolean[] done = new boolean[0];
    int remaining = -1;
    while (remaining != 0) {
      int marker = nextMarker();
      if (marker == 0xd9) {
        throw problem("the image ends before all of its components are coded");
      }
      if (marker == 0xd8 || (marker >= 0xd0 && marker <= 0xd7)) {
        throw problem(
            "marker FF"
                + Integer.toHexString(marker).toUpperCase(java.util.Locale.ROOT)
                + " out of place");
      }
      int body = at + 2;
      int next = segmentEnd();
      switch (marker) {
        case 0xf7:
          if (raster != null || componentIds.length > 0) {
            throw problem("second frame header");
          }
          readFrameHeader(body, next);
          done = new boolean[componentIds.length];
          remaining = componentIds.length;
          at = next;
          break;
        case 0xf8:
          readParameters(body, next);
          at = next;
          break;
        case 0xdd:
          readRestartInterval(body, next);
          at = next;
          break;
        case 0xda:
          remaining -= decodeScan(body, next, done);
          break;
        case 0xe8:
          refuseColourTransform(body, next);
          at = next;
          break;
        case 0xc0:
        case 0xc1:
        case 0xc2:
        case 0xc3:
          throw problem("a JPEG stream, not a JPEG-LS one");
        case 0xf9:
          throw problem("JPEG-LS part 2 coding is not supported");
        default:
          at = next;
      }
    }
    if (raster == null) {
      throw problem("no scan");
    }
    return raster;
  }

  private int nextMarker() throws MalformedStreamException {
    while (at + 1 < end) {
      if ((data[at] & 0xff) == 0xff) {
        int code = data[at + 1] & 0xff;
        if (code >= 0x80 && code != 0xff) {
          at += 2;
          return code;
        }
      }
      at++;
    }
    throw problem("the stream ends where a marker was expected");
  }

  private int segmentEnd() throws MalformedStreamException {
    if (end - at < 2) {
      throw problem("truncated marker segment");
    }
    int length = u16(at);
    if (length < 2 || length > end - at) {
      throw problem("marker segment of " + length + " bytes where " + (end - at) + " are left");
    }
    return at + length;
  }

  private void readFrameHeader(int body, int next) throws MalformedStreamException {
    if (next - body < 6) {
      throw problem("frame header is too short");
    }
    precision = data[body] & 0xff;
    height = u16(body + 1) == 0 ? height : u16(body + 1);
    width = u16(body + 3) == 0 ? width : u16(body + 3);
    int components = data[body + 5] & 0xff;
    if (precision < 2 || precision > 16) {
      throw problem("precision of " + precision + " bits (2 to 16 are defined)");
    }
    StreamLimits.check(CODEC, width, height, components, precision, maxBytes, body - start);
    if (next - body < 6 + 3 * components) {
      throw problem("frame header is too short for " + components + " components");
    }
    componentIds = new int[components];
    for (int i = 0; i < components; i++) {
      componentIds[i] = data[body + 6 + 3 * i] & 0xff;
      if ((data[body + 7 + 3 * i] & 0xff) != 0x11) {
        throw problem("subsampled components are not supported");
      }
    }
  }

  private void readParameters(int body, int next) throws MalformedStreamException {
    if (next <= body) {
      throw problem("empty preset parameter segment");
    }
    int type = data[body] & 0xff;
    switch (type) {
      case 1:
        if (next - body < 11) {
          throw problem("preset coding parameters are too short");
        }
        presetMaxVal = u16(body + 1);
        presetT1 = u16(body + 3);
        presetT2 = u16(body + 5);
        presetT3 = u16(body + 7);
        presetReset = u16(body + 9);
        break;
      case 2:
      case 3:
        readMappingTable(body, next, type == 3);
        break;
      case 4:
        readOversize(body, next);
        break;
      default:
        throw problem("preset parameters of type " + type + " are not supported");
    }
  }

  private void readMappingTable(int body, int next, boolean continued)
      throws MalformedStreamException {
    if (next - body < 3) {
      throw problem("mapping table is too short");
    }
    int id = data[body + 1] & 0xff;
    int bytesPerEntry = data[body + 2] & 0xff;
    if (bytesPerEntry < 1 || bytesPerEntry > 2) {
      throw problem(
          "mapping table of " + bytesPerEntry + " bytes an entry (1 and 2 are supported)");
    }
    int entries = (next - body - 3) / bytesPerEntry;
    int[] before = continued && mappingTables[id] != null ? mappingTables[id] : new int[0];
    if (before.length + entries > 65536) {
      throw problem("mapping table of more than 65536 entries");
    }
    int[] table = Arrays.copyOf(before, before.length + entries);
    for (int i = 0; i < entries; i++) {
      int p = body + 3 + i * bytesPerEntry;
      table[before.length + i] = bytesPerEntry == 1 ? data[p] & 0xff : u16(p);
    }
    mappingTables[id] = table;
  }

  private void readOversize(int body, int next) throws MalformedStreamException {
    int size = next - body < 2 ? 0 : data[body + 1] & 0xff;
    if (size < 2 || size > 4 || next - body < 2 + 2 * size) {
      throw problem("malformed oversize dimensions");
    }
    long high = 0;
    long wide = 0;
    for (int i = 0; i < size; i++) {
      high = high << 8 | data[body + 2 + i] & 0xff;
      wide = wide << 8 | data[body + 2 + size + i] & 0xff;
    }
    if (high > Integer.MAX_VALUE || wide > Integer.MAX_VALUE) {
      throw problem("image of " + wide + " x " + high + " samples");
    }
    height = (int) high;
    width = (int) wide;
  }

  private void readRestartInterval(int body, int next) throws MalformedStreamException {
    int size = next - body;
    if (size < 2 || size > 4) {
      throw problem("restart interval of " + size + " bytes");
    }
    long lines = 0;
    for (int i = 0; i < size; i++) {
      lines = lines << 8 | data[body + i] & 0xff;
    }
    restartLines = (int) Math.min(lines, Integer.MAX_VALUE);
  }

  private void refuseColourTransform(int body, int next) throws MalformedStreamException {
    if (next - body >= 5
        && data[body] == 'm'
        && data[body + 1] == 'r'
        && data[body + 2] == 'f'
        && data[body + 3] == 'x'
        && data[body + 4] != 0) {
      throw problem("vendor colour transform " + (data[body + 4] & 0xff) + " is not supported");
    }
  }

  private int decodeScan(int body, int next, boolean[] done) throws MalformedStreamException {
    if (componentIds.length == 0) {
      throw problem("scan before the frame header");
    }
    int count = next > body ? data[body] & 0xff : 0;
    if (count < 1 || count > componentIds.length || next - body < 4 + 2 * count) {
      throw problem("malformed scan header");
    }
    int[] components = new int[count];
    int[][] tables = new int[count][];
    for (int i = 0; i < count; i++) {
      components[i] = componentIndex(data[body + 1 + 2 * i] & 0xff, done);
      int table = data[body + 2 + 2 * i] & 0xff;
      if (table != 0) {
        if (mappingTables[table] == null) {
          throw problem("scan names mapping table " + table + ", which is not there");
        }
        tables[i] = mappingTables[table];
      }
    }
    near = data[body + 1 + 2 * count] & 0xff;
    int interleave = data[body + 2 + 2 * count] & 0xff;
    int pointTransform = data[body + 3 + 2 * count] & 0x0f;
    if (interleave > 2 || (interleave == 0 && count > 1)) {
      throw problem("interleave mode " + interleave + " with " + count + " components");
    }
    if (raster == null) {
      raster = Raster.allocate(width, height, componentIds.length, precision);
    }
    at = next;
    prepareScan();
    if (interleave == 2 && count > 1) {
      decodeBySample(components, tables, pointTransform);
    } else {
      decodeByLine(components, tables, pointTransform);
    }
    leaveCodedData();
    return count;
  }

  private int componentIndex(int id, boolean[] done) throws MalformedStreamException {
    for (int i = 0; i < componentIds.length; i++) {
      if (componentIds[i] == id && !done[i]) {
        done[i] = true;
        return i;
      }
    }
    throw problem("scan of component " + id + ", which is unknown or was already coded");
  }

  private void prepareScan() throws MalformedStreamException {
    maxVal = presetMaxVal != 0 ? presetMaxVal : (1 << precision) - 1;
    if (maxVal < 1 || maxVal > (1 << precision) - 1 || near > Math.min(255, maxVal / 2)) {
      throw problem(
          "largest value "
              + maxVal
              + " with an allowed error of "
              + near
              + " at "
              + precision
              + " bits");
    }
    step = 2 * near + 1;
    range = (maxVal + 2 * near) / step + 1;
    quantisedBits = bitsFor(range);
    int valueBits = Math.max(2, bitsFor(maxVal + 1));
    limit = 2 * (valueBits + Math.max(8, valueBits));
    reset = presetReset != 0 ? presetReset : 64;
    if (reset < 3 || reset > Math.max(255, maxVal)) {
      throw problem("reset threshold " + reset);
    }
    int t1;
    int t2;
    int t3;
    if (maxVal >= 128) {
      int factor = (Math.min(maxVal, 4095) + 128) / 256;
      t1 = within(factor + 2 + 3 * near, near + 1);
      t1 = presetT1 != 0 ? presetT1 : t1;
      t2 = presetT2 != 0 ? presetT2 : within(factor * 4 + 3 + 5 * near, t1);
      t3 = presetT3 != 0 ? presetT3 : within(factor * 17 + 4 + 7 * near, t2);
    } else {
      int factor = 256 / (maxVal + 1);
      t1 = presetT1 != 0 ? presetT1 : within(Math.max(2, 3 / factor + 3 * near), near + 1);
      t2 = presetT2 != 0 ? presetT2 : within(Math.max(3, 7 / factor + 5 * near), t1);
      t3 = presetT3 != 0 ? presetT3 : within(Math.max(4, 21 / factor + 7 * near), t2);
    }
    if (t1 < near + 1 || t2 < t1 || t3 < t2 || t3 > maxVal) {
      throw problem("gradient thresholds " + t1 + ", " + t2 + ", " + t3);
    }
    quantisedOrigin = maxVal;
    quantised = new byte[2 * maxVal + 1];
    for (int d = -maxVal; d <= maxVal; d++) {
      int size = Math.abs(d);
      int level = size <= near ? 0 : size < t1 ? 1 : size < t2 ? 2 : size < t3 ? 3 : 4;
      quantised[quantisedOrigin + d] = (byte) (d < 0 ? -level : level);
    }
    startInterval();
  }

  private int within(int value, int low) {
    return value > maxVal || value < low ? low : value;
  }

  private static int bitsFor(int values) {
    return 32 - Integer.numberOfLeadingZeros(values - 1);
  }

  private void startInterval() {
    Arrays.fill(sumAbs, Math.max(2, (range + 32) / 64));
    Arrays.fill(count, 1);
    Arrays.fill(bias, 0);
    Arrays.fill(correction, 0);
    Arrays.fill(negatives, 0);
    bits = 0;
    bitsValid = 0;
    afterFf = false;
  }

  private void decodeByLine(int[] components, int[][] tables, int pointTransform)
      throws MalformedStreamException {
    int[][] above = new int[components.length][width + 2];
    int[][] current = new int[components.length][width + 2];
    int[] runIndex = new int[components.length];
    int restart = 0;
    for (int y = 0; y < height; y++) {
      if (restartLines > 0 && y > 0 && y % restartLines == 0) {
        readRestartMarker(restart++ & 7);
        Arrays.fill(runIndex, 0);
        for (int[] line : above) {
          Arrays.fill(line, 0);
        }
      }
      for (int i = 0; i < components.length; i++) {
        int[] up = above[i];
        int[] line = current[i];
        up[width + 1] = up[width];
        line[0] = up[1];
        runIndex[i] = decodeLine(up, line, runIndex[i]);
        emit(y, components[i], line, tables[i], pointTransform);
        above[i] = line;
        current[i] = up;
      }
    }
  }

  private int decodeLine(int[] up, int[] line, int runIndexIn) throws MalformedStreamException {
    int runIndex = runIndexIn;
    byte[] levels = quantised;
    int origin = quantisedOrigin;
    int a = line[0];
    int c = up[0];
    int b = up[1];
    int x = 1;
    while (x <= width) {
      int d = up[x + 1];
      int context =
          81 * levels[origin + d - b] + 9 * levels[origin + b - c] + levels[origin + c - a];
      if (context != 0) {
        a = decodeRegular(context, predict(a, b, c));
        line[x] = a;
        c = b;
        b = d;
        x++;
      } else {
        int run = 0;
        int left = width - x + 1;
        while (readBit() != 0) {
          int unit = 1 << RUN_ORDER[runIndex];
          if (unit <= left - run) {
            run += unit;
            if (runIndex < 31) {
              runIndex++;
            }
          } else {
            run = left;
          }
          if (run == left) {
            break;
          }
        }
        boolean interrupted = run < left;
        if (interrupted) {
          run += readBits(RUN_ORDER[runIndex]);
          if (run >= left) {
            throw problem("run beyond the end of the line");
          }
        }
        Arrays.fill(line, x, x + run, a);
        x += run;
        if (interrupted) {
          b = up[x];
          a = decodeInterruption(a, b, Math.abs(a - b) <= near ? 1 : 0, RUN_ORDER[runIndex]);
          line[x++] = a;
          if (runIndex > 0) {
            runIndex--;
          }
          c = b;
          b = up[x <= width ? x : width];
        }
      }
    }
    return runIndex;
  }

  private void decodeBySample(int[] components, int[][] tables, int pointTransform)
      throws MalformedStreamException {
    int n = components.length;
    int[][] above = new int[n][width + 2];
    int[][] current = new int[n][width + 2];
    int[] contexts = new int[n];
    int runIndex = 0;
    int restart = 0;
    byte[] levels = quantised;
    int origin = quantisedOrigin;
    for (int y = 0; y < height; y++) {
      if (restartLines > 0 && y > 0 && y % restartLines == 0) {
        readRestartMarker(restart++ & 7);
        runIndex = 0;
        for (int[] line : above) {
          Arrays.fill(line, 0);
        }
      }
      for (int i = 0; i < n; i++) {
        above[i][width + 1] = above[i][width];
        current[i][0] = above[i][1];
      }
      int x = 1;
      while (x <= width) {
        int any = 0;
        for (int i = 0; i < n; i++) {
          int[] up = above[i];
          contexts[i] =
              81 * levels[origin + up[x + 1] - up[x]]
                  + 9 * levels[origin + up[x] - up[x - 1]]
                  + levels[origin + up[x - 1] - current[i][x - 1]];
          any |= contexts[i];
        }
        if (any != 0) {
          for (int i = 0; i < n; i++) {
            int prediction = predict(current[i][x - 1], above[i][x], above[i][x - 1]);
            current[i][x] = decodeRegular(contexts[i], prediction);
          }
          x++;
          continue;
        }
        int run = 0;
        int left = width - x + 1;
        while (readBit() != 0) {
          int unit = 1 << RUN_ORDER[runIndex];
          if (unit <= left - run) {
            run += unit;
            if (runIndex < 31) {
              runIndex++;
            }
          } else {
            run = left;
          }
          if (run == left) {
            break;
          }
        }
        boolean interrupted = run < left;
        if (interrupted) {
          run += readBits(RUN_ORDER[runIndex]);
          if (run >= left) {
            throw problem("run beyond the end of the line");
          }
        }
        for (int i = 0; i < n; i++) {
          Arrays.fill(current[i], x, x + run, current[i][x - 1]);
        }
        x += run;
        if (interrupted) {
          for (int i = 0; i < n; i++) {
            current[i][x] =
                decodeInterruption(current[i][x - 1], above[i][x], 0, RUN_ORDER[runIndex]);
          }
          x++;
          if (runIndex > 0) {
            runIndex--;
          }
        }
      }
      for (int i = 0; i < n; i++) {
        emit(y, components[i], current[i], tables[i], pointTransform);
        int[] swap = above[i];
        above[i] = current[i];
        current[i] = swap;
      }
    }
  }

  private static int predict(int a, int b, int c) {
    int low = Math.min(a, b);
    int high = Math.max(a, b);
    return c >= high ? low : c <= low ? high : a + b - c;
  }

  private int decodeRegular(int signedContext, int rawPrediction) throws MalformedStreamException {
    int sign = signedContext >> 31;
    int q = (signedContext ^ sign) - sign;
    int n = count[q];
    int magnitude = sumAbs[q];
    int k = golomb(n, magnitude);
    int prediction = rawPrediction + ((correction[q] ^ sign) - sign);
    prediction = Math.min(Math.max(prediction, 0), maxVal);
    int mapped = readGolomb(k, limit);
    int error = mapped >>> 1 ^ -(mapped & 1);
    if (k == 0 && near == 0 && 2 * bias[q] <= -n) {
      error = ~error;
    }
    if (error > range || error < -range) {
      throw problem("prediction error out of range");
    }
    int drift = bias[q] + error * step;
    magnitude += Math.abs(error);
    if (n == reset) {
      magnitude >>= 1;
      drift >>= 1;
      n >>= 1;
    }
    n++;
    if (drift <= -n) {
      drift = Math.max(drift + n, 1 - n);
      if (correction[q] > -128) {
        correction[q]--;
      }
    } else if (drift > 0) {
      drift = Math.min(drift - n, 0);
      if (correction[q] < 127) {
        correction[q]++;
      }
    }
    sumAbs[q] = magnitude;
    bias[q] = drift;
    count[q] = n;
    return reconstruct(prediction + ((error ^ sign) - sign) * step);
  }

  private int decodeInterruption(int a, int b, int type, int runOrder)
      throws MalformedStreamException {
    int q = CONTEXTS + type;
    int n = count[q];
    int k = golomb(n, type == 0 ? sumAbs[q] : sumAbs[q] + (n >> 1));
    int mapped = readGolomb(k, limit - runOrder - 1);
    int sum = mapped + type;
    int odd = sum & 1;
    int size = (sum + odd) >> 1;
    if (size > range) {
      throw problem("prediction error out of range");
    }
    boolean negative = (k != 0 || 2 * negatives[type] >= n) == (odd == 1);
    int error = negative ? -size : size;
    if (error < 0) {
      negatives[type]++;
    }
    sumAbs[q] += (mapped + 1 - type) >> 1;
    if (n == reset) {
      sumAbs[q] >>= 1;
      n >>= 1;
      negatives[type] >>= 1;
    }
    count[q] = n + 1;
    if (type == 1) {
      return reconstruct(a + error * step);
    }
    return reconstruct(b + (a > b ? -error : error) * step);
  }

  private int reconstruct(int raw) {
    int value = raw;
    if (value < -near) {
      value += range * step;
    } else if (value > maxVal + near) {
      value -= range * step;
    }
    return Math.min(Math.max(value, 0), maxVal);
  }

  private static int golomb(int n, int magnitude) {
    int k = 0;
    while (n << k < magnitude) {
      k++;
    }
    return k;
  }

  private int readGolomb(int k, int longest) throws MalformedStreamException {
    if (k > MAX_GOLOMB) {
      throw problem("statistics out of range");
    }
    fill();
    int zeros = Long.numberOfLeadingZeros(bits);
    int escape = longest - quantisedBits - 1;
    if (zeros >= bitsValid || zeros > escape) {
      throw problem(zeros >= bitsValid ? "the coded data ends early" : "code word is too long");
    }
    bits <<= zeros + 1;
    bitsValid -= zeros + 1;
    if (zeros < escape) {
      return k == 0 ? zeros : (zeros << k) + readBits(k);
    }
    return readBits(quantisedBits) + 1;
  }

  private int readBit() throws MalformedStreamException {
    if (bitsValid == 0) {
      fill();
      if (bitsValid == 0) {
        throw problem("the coded data ends early");
      }
    }
    int bit = (int) (bits >>> 63);
    bits <<= 1;
    bitsValid--;
    return bit;
  }

  private int readBits(int n) throws MalformedStreamException {
    if (n == 0) {
      return 0;
    }
    if (bitsValid < n) {
      fill();
      if (bitsValid < n) {
        throw problem("the coded data ends early");
      }
    }
    int value = (int) (bits >>> (64 - n));
    bits <<= n;
    bitsValid -= n;
    return value;
  }

  /** Tops the register up to at least 57 bits, or to what is left before the next marker. */
  private void fill() {
    while (bitsValid <= 56 && at < end) {
      int value = data[at] & 0xff;
      if (afterFf) {
        if (value >= 0x80) {
          return;
        }
        bits |= (long) value << (57 - bitsValid);
        bitsValid += 7;
      } else {
        bits |= (long) value << (56 - bitsValid);
        bitsValid += 8;
      }
      afterFf = value == 0xff;
      at++;
    }
  }

  /**
   * After coded data: what the register holds is padding; an FF just taken may begin the next
   * marker.
   */
  private void leaveCodedData() {
    if (afterFf) {
      at--;
    }
  }

  private void readRestartMarker(int expected) throws MalformedStreamException {
    leaveCodedData();
    int marker = nextMarker();
    if (marker != 0xd0 + expected) {
      throw problem("restart marker " + expected + " is missing");
    }
    startInterval();
  }

  private void emit(int y, int component, int[] line, int[] table, int pointTransform)
      throws MalformedStreamException {
    Raster target = Objects.requireNonNull(raster);
    if (table == null) {
      target.putLine(y, component, line, 1, pointTransform);
      return;
    }
    int[] mapped = new int[width];
    int largest = (1 << precision) - 1;
    for (int x = 0; x < width; x++) {
      int value = line[1 + x];
      if (value >= table.length || table[value] > largest) {
        throw problem("sample " + value + " is outside its mapping table");
      }
      mapped[x] = table[value];
    }
    target.putLine(y, component, mapped, 0, pointTransform);
  }

  private int u16(int position) {
    return (data[position] & 0xff) << 8 | data[position + 1] & 0xff;
  }

  private MalformedStreamException problem(String what) {
    return new MalformedStreamException(CODEC, what, at - start);
  }
}
