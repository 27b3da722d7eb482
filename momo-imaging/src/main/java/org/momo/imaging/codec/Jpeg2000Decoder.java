package org.momo.imaging.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JPEG 2000 part 1 (ISO/IEC 15444-1): reversible and irreversible, one to four components of up to
 * 16 bits, tiles, all five progressions and their changes, packed packet headers, regions of
 * interest, every code-block style of part 1; and high-throughput blocks (part 15), alone in their
 * image.
 *
 * <p>A component transform of the stream is undone, so its components come out as red, green and
 * blue; nothing else is done about colour. Subsampled components are repeated to full size.
 *
 * <p>This class is not thread-safe; one object decodes one stream.
 */
final class Jpeg2000Decoder {
  /*
   * From outside in: the code stream is cut into tiles, a tile into components, a component into resolutions (one more
   * than the wavelet has levels), a resolution into one or three bands, a band into code-blocks of at most 4096 samples.
   * Code-blocks of the same region of a resolution form a precinct, and a packet holds what one quality layer adds to
   * one precinct. The packets of a tile come in one of five orders. A packet's header says with tag trees (quadtrees of
   * minima) which blocks it adds to, how many coding passes, and how long their code words are.
   *
   * All packets are read first (cheap), then blocks are decoded one by one straight into the plane of their tile
   * component, then the wavelets are undone, then the components are transformed and put into the image.
   */
  private static final String CODEC = "JPEG 2000";
  private static final int MAX_BLOCKS = 1 << 20;
  private static final int MAX_VISITS = 1 << 26;

  /** A decoded image and whether a component transform was undone. */
  static final class Image {
    final Raster raster;
    final boolean signed;
    final boolean transformed;

    Image(Raster raster, boolean signed, boolean transformed) {
      this.raster = raster;
      this.signed = signed;
      this.transformed = transformed;
    }
  }

  private static final class Coding {
    int levels;
    int blockWide;
    int blockHigh;
    int style;
    boolean reversible;
    int[] precincts = new int[0];

    boolean isHighThroughput() {
      return (style & HighThroughputBlock.STYLE) != 0;
    }
  }

  private static final class Quantisation {
    int style;
    int guard;
    int[] exponents = new int[0];
    int[] mantissas = new int[0];
  }

  private static final class Order {
    int resolutionFrom;
    int componentFrom;
    int layerTo;
    int resolutionTo;
    int componentTo;
    int progression;
  }

  /** Settings of the main header, or a tile's own copy of them. */
  private static final class Settings {
    int progression;
    int layers;
    boolean transform;
    boolean startMarkers;
    boolean endMarkers;
    final Coding[] coding;
    final boolean[] codingOwn;
    final Quantisation[] quantisation;
    final boolean[] quantisationOwn;
    final int[] regionShift;
    List<Order> orders = new ArrayList<>();

    Settings(int components) {
      coding = new Coding[components];
      codingOwn = new boolean[components];
      quantisation = new Quantisation[components];
      quantisationOwn = new boolean[components];
      regionShift = new int[components];
    }

    Settings forTile() {
      Settings copy = new Settings(coding.length);
      copy.progression = progression;
      copy.layers = layers;
      copy.transform = transform;
      copy.startMarkers = startMarkers;
      copy.endMarkers = endMarkers;
      System.arraycopy(coding, 0, copy.coding, 0, coding.length);
      System.arraycopy(quantisation, 0, copy.quantisation, 0, coding.length);
      System.arraycopy(regionShift, 0, copy.regionShift, 0, coding.length);
      copy.orders = new ArrayList<>(orders);
      return copy;
    }
  }

  private static final class Tile {
    final int index;
    final Settings settings;
    final List<int[]> bodies = new ArrayList<>();
    final List<int[]> headers = new ArrayList<>();
    boolean ordersOwn;

    Tile(int index, Settings settings) {
      this.index = index;
      this.settings = settings;
    }
  }

  private static final class TagTree {
    final int[] widths;
    final int[] starts;
    final int[] values;
    final boolean[] known;
    final int levels;

    TagTree(int width, int height) {
      int[] wide = new int[32];
      int[] from = new int[32];
      int w = width;
      int h = height;
      int total = 0;
      int n = 0;
      while (true) {
        wide[n] = w;
        from[n] = total;
        total += w * h;
        n++;
        if (w <= 1 && h <= 1) {
          break;
        }
        w = (w + 1) >> 1;
        h = (h + 1) >> 1;
      }
      levels = n;
      widths = wide;
      starts = from;
      values = new int[total];
      known = new boolean[total];
    }
  }

  private static final class Block {
    final int x0;
    final int y0;
    final int x1;
    final int y1;
    int zeroPlanes;
    int lengthBits = 3;
    Jpeg2000Block.@Nullable Segments segments;

    Block(int x0, int y0, int x1, int y1) {
      this.x0 = x0;
      this.y0 = y0;
      this.x1 = x1;
      this.y1 = y1;
    }
  }

  private static final class Band {
    int orientation;
    int x0;
    int y0;
    int x1;
    int y1;
    int planes;
    float delta;
    int planeX;
    int planeY;
  }

  private static final class PrecinctBand {
    final Band band;
    final int wide;
    final Block[] blocks;
    final TagTree inclusion;
    final TagTree zeroPlanes;

    PrecinctBand(Band band, int wide, int high) {
      this.band = band;
      this.wide = wide;
      this.blocks = new Block[wide * high];
      this.inclusion = new TagTree(wide, high);
      this.zeroPlanes = new TagTree(wide, high);
    }
  }

  private static final class Precinct {
    int layersRead;
    PrecinctBand[] bands = new PrecinctBand[0];
  }

  private static final class Resolution {
    int x0;
    int y0;
    int x1;
    int y1;
    int precinctWide;
    int precinctHigh;
    int across;
    int down;
    Band[] bands = new Band[0];
    Precinct[] precincts = new Precinct[0];
  }

  private static final class TileComponent {
    int x0;
    int y0;
    int x1;
    int y1;
    Resolution[] resolutions = new Resolution[0];
    int[] ints = new int[0];
    float[] floats = new float[0];

    int width() {
      return x1 - x0;
    }

    int height() {
      return y1 - y0;
    }
  }

  private final byte[] data;
  private final int start;
  private final int end;
  private final long maxBytes;
  private int at;

  private int gridX1;
  private int gridY1;
  private int gridX0;
  private int gridY0;
  private int tileWide;
  private int tileHigh;
  private int tileX0;
  private int tileY0;
  private int tilesAcross;
  private int tilesDown;
  private int components;
  private int[] depth = new int[0];
  private boolean[] signed = new boolean[0];
  private int[] stepX = new int[0];
  private int[] stepY = new int[0];
  private int blocksMade;
  private int visits;
  private boolean transformed;
  private Settings main = new Settings(0);
  private final List<byte[]> packedHeaders = new ArrayList<>();
  private Raster raster = Raster.allocate(0, 0, 1, 8);
  private final Jpeg2000Block blockCoder = new Jpeg2000Block();
  private @Nullable HighThroughputBlock highThroughputCoder;
  private final Jpeg2000Wavelet wavelet = new Jpeg2000Wavelet();

  private byte[] header = new byte[0];
  private int headerAt;
  private int headerEnd;
  private int headerByte;
  private int headerBits;

  private Jpeg2000Decoder(byte[] data, int offset, int length, long maxBytes) {
    this.data = data;
    this.start = offset;
    this.at = offset;
    this.end = offset + length;
    this.maxBytes = maxBytes;
  }

  /**
   * Decodes one image, from a bare code stream or one in a JP2 file.
   *
   * @param maxBytes the most bytes of samples that the caller accepts
   * @throws MalformedStreamException if the stream is damaged, truncated, or uses what is not
   *     supported
   */
  static Image decode(byte[] data, int offset, int length, long maxBytes)
      throws MalformedStreamException {
    return new Jpeg2000Decoder(data, offset, length, maxBytes).decodeImage();
  }

  private Image decodeImage() throws MalformedStreamException {
    findCodeStream();
    readMainHeader();
    Tile[] tiles = readTileParts();
    for (Tile tile : tiles) {
      if (tile == null) {
        throw problem("a tile is missing");
      }
      decodeTile(tile);
    }
    boolean anySigned = false;
    for (boolean s : signed) {
      anySigned |= s;
    }
    return new Image(raster, anySigned, transformed);
  }

  private void findCodeStream() throws MalformedStreamException {
    if (end - at >= 12 && u32(at) == 12 && u32(at + 4) == 0x6a502020) {
      while (end - at >= 8) {
        long length = u32(at) & 0xffffffffL;
        int type = u32(at + 4);
        int skip = 8;
        if (length == 1 && end - at >= 16) {
          length = (u32(at + 8) & 0xffffffffL) << 32 | u32(at + 12) & 0xffffffffL;
          skip = 16;
        }
        if (type == 0x6a703263) {
          at += skip;
          break;
        }
        if (length < 8 || length > end - at) {
          throw problem("malformed JP2 box");
        }
        at += (int) length;
      }
    }
    if (end - at < 4 || u16(at) != 0xff4f || u16(at + 2) != 0xff51) {
      throw problem("no start of a code stream");
    }
    at += 2;
  }

  private int segment() throws MalformedStreamException {
    int length = end - at < 4 ? 0 : u16(at + 2);
    if (length < 2 || length > end - at - 2) {
      throw problem(
          "marker segment of "
              + length
              + " bytes where "
              + Math.max(0, end - at - 2)
              + " are left");
    }
    return at + 2 + length;
  }

  private void readMainHeader() throws MalformedStreamException {
    boolean size = false;
    while (true) {
      if (end - at < 2) {
        throw problem("the stream ends inside its main header");
      }
      int marker = u16(at);
      if (marker == 0xff90) {
        break;
      }
      int next = segment();
      int body = at + 4;
      if (marker == 0xff51) {
        readSize(body, next);
        size = true;
      } else if (!size) {
        throw problem("the image size is not the first marker");
      } else if (marker == 0xff60) {
        packedHeaders.add(Arrays.copyOfRange(data, Math.min(body + 1, next), next));
      } else {
        readSettings(marker, body, next, main);
      }
      at = next;
    }
    for (int c = 0; c < components; c++) {
      if (main.coding[c] == null || main.quantisation[c] == null) {
        throw problem("coding style or quantisation is missing");
      }
    }
  }

  private void readSize(int body, int next) throws MalformedStreamException {
    if (next - body < 36) {
      throw problem("image size is too short");
    }
    gridX1 = positive(u32(body + 2));
    gridY1 = positive(u32(body + 6));
    gridX0 = notNegative(u32(body + 10));
    gridY0 = notNegative(u32(body + 14));
    tileWide = positive(u32(body + 18));
    tileHigh = positive(u32(body + 22));
    tileX0 = notNegative(u32(body + 26));
    tileY0 = notNegative(u32(body + 30));
    components = u16(body + 34);
    if (gridX0 >= gridX1
        || gridY0 >= gridY1
        || components > 4
        || next - body < 36 + 3 * components) {
      throw problem("malformed image size, or more than 4 components");
    }
    depth = new int[components];
    signed = new boolean[components];
    stepX = new int[components];
    stepY = new int[components];
    int deepest = 1;
    for (int c = 0; c < components; c++) {
      int p = body + 36 + 3 * c;
      depth[c] = (data[p] & 0x7f) + 1;
      signed[c] = (data[p] & 0x80) != 0;
      stepX[c] = data[p + 1] & 0xff;
      stepY[c] = data[p + 2] & 0xff;
      deepest = Math.max(deepest, depth[c]);
      if (stepX[c] == 0 || stepY[c] == 0 || depth[c] > 16) {
        throw problem(
            "component of " + depth[c] + " bits, sampled by " + stepX[c] + " x " + stepY[c]);
      }
    }
    StreamLimits.check(
        CODEC, gridX1 - gridX0, gridY1 - gridY0, components, deepest, maxBytes, body - start);
    if (tileX0 > gridX0
        || tileY0 > gridY0
        || (long) tileX0 + tileWide <= gridX0
        || (long) tileY0 + tileHigh <= gridY0) {
      throw problem("the first tile does not touch the image");
    }
    tilesAcross = ceilDiv(gridX1 - tileX0, tileWide);
    tilesDown = ceilDiv(gridY1 - tileY0, tileHigh);
    if ((long) tilesAcross * tilesDown > 65535) {
      throw problem("more than 65535 tiles");
    }
    raster = Raster.allocate(gridX1 - gridX0, gridY1 - gridY0, components, deepest);
    main = new Settings(components);
  }

  private int positive(int value) throws MalformedStreamException {
    if (value <= 0 || value > 1 << 30) {
      throw problem("size of " + (value & 0xffffffffL) + " samples");
    }
    return value;
  }

  private int notNegative(int value) throws MalformedStreamException {
    if (value < 0 || value > 1 << 30) {
      throw problem("offset of " + (value & 0xffffffffL) + " samples");
    }
    return value;
  }

  private void readSettings(int marker, int body, int next, Settings to)
      throws MalformedStreamException {
    switch (marker) {
      case 0xff52:
        need(next - body >= 10, "coding style");
        int flags = data[body] & 0xff;
        to.startMarkers = (flags & 2) != 0;
        to.endMarkers = (flags & 4) != 0;
        to.progression = data[body + 1] & 0xff;
        to.layers = u16(body + 2);
        to.transform = data[body + 4] != 0;
        need(to.progression <= 4 && to.layers > 0, "coding style");
        Coding style = readCoding(flags & 1, body + 5, next);
        for (int c = 0; c < components; c++) {
          if (!to.codingOwn[c]) {
            to.coding[c] = style;
          }
        }
        break;
      case 0xff53:
        need(next - body >= 7 && (data[body] & 0xff) < components, "component coding style");
        int component = data[body] & 0xff;
        to.coding[component] = readCoding(data[body + 1] & 1, body + 2, next);
        to.codingOwn[component] = true;
        break;
      case 0xff5c:
        Quantisation steps = readQuantisation(body, next);
        for (int c = 0; c < components; c++) {
          if (!to.quantisationOwn[c]) {
            to.quantisation[c] = steps;
          }
        }
        break;
      case 0xff5d:
        need(next - body >= 2 && (data[body] & 0xff) < components, "component quantisation");
        to.quantisation[data[body] & 0xff] = readQuantisation(body + 1, next);
        to.quantisationOwn[data[body] & 0xff] = true;
        break;
      case 0xff5e:
        need(next - body >= 3 && (data[body] & 0xff) < components, "region of interest");
        to.regionShift[data[body] & 0xff] = data[body + 2] & 0xff;
        break;
      case 0xff5f:
        readOrders(body, next, to);
        break;
      default:
    }
  }

  private void need(boolean fine, String what) throws MalformedStreamException {
    if (!fine) {
      throw problem("malformed " + what);
    }
  }

  private Coding readCoding(int precinctStyle, int p, int next) throws MalformedStreamException {
    need(next - p >= 5, "coding style");
    Coding coding = new Coding();
    coding.levels = data[p] & 0xff;
    coding.blockWide = (data[p + 1] & 0xff) + 2;
    coding.blockHigh = (data[p + 2] & 0xff) + 2;
    coding.style = data[p + 3] & 0xff;
    coding.reversible = data[p + 4] == 1;
    need(
        coding.levels <= 32
            && coding.blockWide <= 10
            && coding.blockHigh <= 10
            && coding.blockWide + coding.blockHigh <= 12,
        "coding style");
    int kind = coding.style & 0xc0;
    need(kind == 0 || (coding.style & ~Jpeg2000Block.CAUSAL) == kind, "code-block style");
    if (kind > HighThroughputBlock.STYLE) {
      throw problem("blocks of both kinds of coding in one image are not supported");
    }
    coding.precincts = new int[coding.levels + 1];
    for (int r = 0; r <= coding.levels; r++) {
      if (precinctStyle != 0) {
        need(p + 5 + r < next, "precinct sizes");
        coding.precincts[r] = data[p + 5 + r] & 0xff;
        need(
            r == 0 || ((coding.precincts[r] & 15) > 0 && coding.precincts[r] >> 4 > 0),
            "precinct sizes");
      } else {
        coding.precincts[r] = 0xff;
      }
    }
    return coding;
  }

  private Quantisation readQuantisation(int p, int next) throws MalformedStreamException {
    need(next > p, "quantisation");
    Quantisation q = new Quantisation();
    q.style = data[p] & 31;
    q.guard = (data[p] & 0xff) >> 5;
    need(q.style <= 2, "quantisation");
    int bytes = q.style == 0 ? 1 : 2;
    int count = (next - p - 1) / bytes;
    need(count > 0, "quantisation");
    q.exponents = new int[count];
    q.mantissas = new int[count];
    for (int i = 0; i < count; i++) {
      if (bytes == 1) {
        q.exponents[i] = (data[p + 1 + i] & 0xff) >> 3;
      } else {
        int value = u16(p + 1 + 2 * i);
        q.exponents[i] = value >> 11;
        q.mantissas[i] = value & 0x7ff;
      }
    }
    return q;
  }

  private void readOrders(int body, int next, Settings to) throws MalformedStreamException {
    for (int p = body; p + 7 <= next; p += 7) {
      Order order = new Order();
      order.resolutionFrom = data[p] & 0xff;
      order.componentFrom = data[p + 1] & 0xff;
      order.layerTo = u16(p + 2);
      order.resolutionTo = data[p + 4] & 0xff;
      order.componentTo = data[p + 5] == 0 ? 256 : data[p + 5] & 0xff;
      order.progression = data[p + 6] & 0xff;
      need(order.progression <= 4, "progression order change");
      to.orders.add(order);
    }
  }

  private Tile[] readTileParts() throws MalformedStreamException {
    Tile[] tiles = new Tile[tilesAcross * tilesDown];
    List<Tile> parts = new ArrayList<>();
    while (end - at >= 2) {
      int marker = u16(at);
      if (marker != 0xff90) {
        break;
      }
      int partStart = at;
      int next = segment();
      need(next - at >= 12, "tile-part");
      int index = u16(at + 4);
      long length = u32(at + 6) & 0xffffffffL;
      need(index < tiles.length, "tile-part");
      int partEnd = length == 0 || length > end - partStart ? end : partStart + (int) length;
      if (tiles[index] == null) {
        tiles[index] = new Tile(index, main.forTile());
      }
      Tile tile = tiles[index];
      parts.add(tile);
      at = next;
      while (end - at >= 2 && u16(at) != 0xff93) {
        int header = u16(at);
        int segmentEnd = segment();
        if (header == 0xff61) {
          tile.headers.add(new int[] {Math.min(at + 5, segmentEnd), segmentEnd});
        } else {
          if (header == 0xff5f && !tile.ordersOwn) {
            tile.ordersOwn = true;
            tile.settings.orders.clear();
          }
          readSettings(header, at + 4, segmentEnd, tile.settings);
        }
        at = segmentEnd;
      }
      at += 2;
      need(at <= partEnd, "tile-part");
      int bodyEnd = partEnd;
      if (length == 0 && bodyEnd - at >= 2 && u16(bodyEnd - 2) == 0xffd9) {
        bodyEnd -= 2;
      }
      tile.bodies.add(new int[] {at, bodyEnd});
      at = partEnd;
    }
    if (!packedHeaders.isEmpty()) {
      spreadPackedHeaders(parts);
    }
    return tiles;
  }

  private byte[] spread = new byte[0];

  private void spreadPackedHeaders(List<Tile> parts) throws MalformedStreamException {
    int total = 0;
    for (byte[] piece : packedHeaders) {
      total += piece.length;
    }
    spread = new byte[total];
    int to = 0;
    for (byte[] piece : packedHeaders) {
      System.arraycopy(piece, 0, spread, to, piece.length);
      to += piece.length;
    }
    int p = 0;
    for (Tile tile : parts) {
      need(p + 4 <= total, "packed packet headers");
      long length =
          (spread[p] & 0xffL) << 24
              | (spread[p + 1] & 0xff) << 16
              | (spread[p + 2] & 0xff) << 8
              | spread[p + 3] & 0xff;
      p += 4;
      need(length <= total - p, "packed packet headers");
      tile.headers.add(new int[] {p, p + (int) length});
      p += (int) length;
    }
  }

  private void decodeTile(Tile tile) throws MalformedStreamException {
    Settings settings = tile.settings;
    int p = tile.index % tilesAcross;
    int q = tile.index / tilesAcross;
    int x0 = Math.max(tileX0 + p * tileWide, gridX0);
    int y0 = Math.max(tileY0 + q * tileHigh, gridY0);
    int x1 = (int) Math.min((long) tileX0 + (p + 1L) * tileWide, gridX1);
    int y1 = (int) Math.min((long) tileY0 + (q + 1L) * tileHigh, gridY1);
    TileComponent[] parts = new TileComponent[components];
    for (int c = 0; c < components; c++) {
      parts[c] = layOut(settings, c, x0, y0, x1, y1);
    }
    readPackets(tile, parts, x0, y0, x1, y1);
    for (int c = 0; c < components; c++) {
      decodeComponent(settings, c, parts[c]);
    }
    boolean colour = settings.transform && components >= 3;
    if (colour) {
      undoTransform(settings, parts);
      transformed = true;
    }
    for (int c = 0; c < components; c++) {
      put(parts[c], c, settings.coding[c].reversible, x0, y0, x1, y1);
    }
  }

  private TileComponent layOut(Settings settings, int c, int x0, int y0, int x1, int y1)
      throws MalformedStreamException {
    Coding coding = settings.coding[c];
    Quantisation quantisation = settings.quantisation[c];
    TileComponent part = new TileComponent();
    part.x0 = ceilDiv(x0, stepX[c]);
    part.y0 = ceilDiv(y0, stepY[c]);
    part.x1 = ceilDiv(x1, stepX[c]);
    part.y1 = ceilDiv(y1, stepY[c]);
    part.resolutions = new Resolution[coding.levels + 1];
    for (int r = 0; r <= coding.levels; r++) {
      Resolution resolution = new Resolution();
      part.resolutions[r] = resolution;
      int down = coding.levels - r;
      resolution.x0 = ceilShift(part.x0, down);
      resolution.y0 = ceilShift(part.y0, down);
      resolution.x1 = ceilShift(part.x1, down);
      resolution.y1 = ceilShift(part.y1, down);
      resolution.precinctWide = coding.precincts[r] & 15;
      resolution.precinctHigh = coding.precincts[r] >> 4;
      boolean empty = resolution.x0 == resolution.x1 || resolution.y0 == resolution.y1;
      resolution.across =
          empty
              ? 0
              : ceilShift(resolution.x1, resolution.precinctWide)
                  - (resolution.x0 >> resolution.precinctWide);
      resolution.down =
          empty
              ? 0
              : ceilShift(resolution.y1, resolution.precinctHigh)
                  - (resolution.y0 >> resolution.precinctHigh);
      resolution.bands = new Band[r == 0 ? 1 : 3];
      for (int b = 0; b < resolution.bands.length; b++) {
        resolution.bands[b] = band(coding, quantisation, part, c, r, r == 0 ? 0 : b + 1);
      }
      long precincts = (long) resolution.across * resolution.down;
      blocksMade += (int) Math.min(precincts, MAX_BLOCKS);
      if (blocksMade >= MAX_BLOCKS) {
        throw problem("more than " + MAX_BLOCKS + " precincts");
      }
      resolution.precincts = new Precinct[(int) precincts];
    }
    return part;
  }

  private Band band(
      Coding coding, Quantisation quantisation, TileComponent part, int c, int r, int orientation)
      throws MalformedStreamException {
    Band band = new Band();
    band.orientation = orientation;
    int level = r == 0 ? coding.levels : coding.levels - r + 1;
    int right = orientation & 1;
    int low = orientation >> 1;
    band.x0 = bandEdge(part.x0, level, right);
    band.y0 = bandEdge(part.y0, level, low);
    band.x1 = bandEdge(part.x1, level, right);
    band.y1 = bandEdge(part.y1, level, low);
    if (r > 0) {
      Resolution lower = part.resolutions[r - 1];
      band.planeX = right == 1 ? lower.x1 - lower.x0 : 0;
      band.planeY = low == 1 ? lower.y1 - lower.y0 : 0;
    }
    int index = r == 0 ? 0 : 3 * (r - 1) + orientation;
    int exponent;
    int mantissa;
    if (quantisation.style == 1) {
      exponent = quantisation.exponents[0] - (r == 0 ? 0 : r - 1);
      mantissa = quantisation.mantissas[0];
    } else {
      if (index >= quantisation.exponents.length) {
        throw problem("quantisation steps are missing");
      }
      exponent = quantisation.exponents[index];
      mantissa = quantisation.mantissas[index];
    }
    band.planes = quantisation.guard + exponent - 1;
    int gain = orientation == 0 ? 0 : orientation == 3 ? 2 : 1;
    band.delta =
        coding.reversible
            ? 1
            : (float) Math.scalb(1 + mantissa / 2048.0, depth[c] + gain - exponent);
    return band;
  }

  private static int bandEdge(int edge, int level, int high) {
    if (level == 0) {
      return edge;
    }
    long value = (long) edge - ((long) high << (level - 1));
    return (int) ((value + (1L << level) - 1) >> level);
  }

  private Precinct precinct(Coding coding, Resolution resolution, int r, int index)
      throws MalformedStreamException {
    Precinct known = resolution.precincts[index];
    if (known != null) {
      return known;
    }
    Precinct precinct = new Precinct();
    resolution.precincts[index] = precinct;
    int px = (resolution.x0 >> resolution.precinctWide) + index % resolution.across;
    int py = (resolution.y0 >> resolution.precinctHigh) + index / resolution.across;
    int wide = r == 0 ? resolution.precinctWide : resolution.precinctWide - 1;
    int high = r == 0 ? resolution.precinctHigh : resolution.precinctHigh - 1;
    int blockWide = Math.min(coding.blockWide, wide);
    int blockHigh = Math.min(coding.blockHigh, high);
    precinct.bands = new PrecinctBand[resolution.bands.length];
    for (int b = 0; b < resolution.bands.length; b++) {
      Band band = resolution.bands[b];
      int x0 = (int) Math.max((long) px << wide, band.x0);
      int y0 = (int) Math.max((long) py << high, band.y0);
      int x1 = (int) Math.min((px + 1L) << wide, band.x1);
      int y1 = (int) Math.min((py + 1L) << high, band.y1);
      boolean empty = x0 >= x1 || y0 >= y1;
      int firstX = x0 >> blockWide;
      int firstY = y0 >> blockHigh;
      int across = empty ? 0 : ceilShift(x1, blockWide) - firstX;
      int down = empty ? 0 : ceilShift(y1, blockHigh) - firstY;
      blocksMade += (int) Math.min((long) across * down, MAX_BLOCKS);
      if (blocksMade >= MAX_BLOCKS) {
        throw problem("more than " + MAX_BLOCKS + " code-blocks");
      }
      PrecinctBand part = new PrecinctBand(band, across, down);
      for (int i = 0; i < part.blocks.length; i++) {
        int bx = (firstX + i % across) << blockWide;
        int by = (firstY + i / across) << blockHigh;
        part.blocks[i] =
            new Block(
                Math.max(bx, x0),
                Math.max(by, y0),
                Math.min(bx + (1 << blockWide), x1),
                Math.min(by + (1 << blockHigh), y1));
      }
      precinct.bands[b] = part;
    }
    return precinct;
  }

  private byte[] body = new byte[0];
  private int bodyAt;
  private int bodyEnd;
  private boolean separateHeaders;

  private void readPackets(Tile tile, TileComponent[] parts, int x0, int y0, int x1, int y1)
      throws MalformedStreamException {
    if (tile.bodies.size() == 1) {
      body = data;
      bodyAt = tile.bodies.get(0)[0];
      bodyEnd = tile.bodies.get(0)[1];
    } else {
      body = join(data, tile.bodies);
      bodyAt = 0;
      bodyEnd = body.length;
    }
    separateHeaders = !tile.headers.isEmpty();
    if (separateHeaders) {
      header = join(packedHeaders.isEmpty() ? data : spread, tile.headers);
      headerAt = 0;
      headerEnd = header.length;
    }
    Settings settings = tile.settings;
    List<Order> orders = settings.orders;
    if (orders.isEmpty()) {
      Order all = new Order();
      all.layerTo = settings.layers;
      all.resolutionTo = 33;
      all.componentTo = components;
      all.progression = settings.progression;
      orders = List.of(all);
    }
    for (Order order : orders) {
      run(settings, order, parts, new int[] {x0, y0, x1, y1});
    }
  }

  private static byte[] join(byte[] from, List<int[]> pieces) {
    int total = 0;
    for (int[] piece : pieces) {
      total += piece[1] - piece[0];
    }
    byte[] joined = new byte[total];
    int to = 0;
    for (int[] piece : pieces) {
      System.arraycopy(from, piece[0], joined, to, piece[1] - piece[0]);
      to += piece[1] - piece[0];
    }
    return joined;
  }

  /** Progressions that lead nowhere must end some time. */
  private void visit() throws MalformedStreamException {
    if (++visits > MAX_VISITS) {
      throw problem("the packets are in an order that does not end");
    }
  }

  private boolean exhausted() {
    return separateHeaders ? headerAt >= headerEnd : bodyAt >= bodyEnd;
  }

  private void run(Settings settings, Order order, TileComponent[] parts, int[] area)
      throws MalformedStreamException {
    int componentTo = Math.min(order.componentTo, components);
    int layerTo = Math.min(order.layerTo, settings.layers);
    int deepest = 0;
    for (int c = order.componentFrom; c < componentTo; c++) {
      deepest = Math.max(deepest, parts[c].resolutions.length);
    }
    int resolutionTo = Math.min(order.resolutionTo, deepest);
    switch (order.progression) {
      case 0:
        for (int l = 0; l < layerTo; l++) {
          for (int r = order.resolutionFrom; r < resolutionTo; r++) {
            for (int c = order.componentFrom; c < componentTo; c++) {
              allPrecincts(settings, parts[c], c, r, l, l + 1);
            }
          }
        }
        break;
      case 1:
        for (int r = order.resolutionFrom; r < resolutionTo; r++) {
          for (int l = 0; l < layerTo; l++) {
            for (int c = order.componentFrom; c < componentTo; c++) {
              allPrecincts(settings, parts[c], c, r, l, l + 1);
            }
          }
        }
        break;
      case 2:
        for (int r = order.resolutionFrom; r < resolutionTo; r++) {
          byPosition(settings, parts, order.componentFrom, componentTo, r, r + 1, layerTo, area);
        }
        break;
      case 3:
        byPosition(
            settings,
            parts,
            order.componentFrom,
            componentTo,
            order.resolutionFrom,
            resolutionTo,
            layerTo,
            area);
        break;
      default:
        for (int c = order.componentFrom; c < componentTo; c++) {
          byPosition(settings, parts, c, c + 1, order.resolutionFrom, resolutionTo, layerTo, area);
        }
    }
  }

  private void allPrecincts(
      Settings settings, TileComponent part, int c, int r, int layer, int layerTo)
      throws MalformedStreamException {
    if (r >= part.resolutions.length) {
      return;
    }
    Resolution resolution = part.resolutions[r];
    for (int p = 0; p < resolution.precincts.length && !exhausted(); p++) {
      readPacket(settings, settings.coding[c], resolution, r, p, layer, layerTo);
    }
  }

  private void byPosition(
      Settings settings,
      TileComponent[] parts,
      int cFrom,
      int cTo,
      int rFrom,
      int rTo,
      int layerTo,
      int[] area)
      throws MalformedStreamException {
    long minX = Integer.MAX_VALUE;
    long minY = Integer.MAX_VALUE;
    for (int c = cFrom; c < cTo; c++) {
      for (int r = rFrom; r < Math.min(rTo, parts[c].resolutions.length); r++) {
        int down = parts[c].resolutions.length - 1 - r;
        Resolution resolution = parts[c].resolutions[r];
        minX = Math.min(minX, (long) stepX[c] << (resolution.precinctWide + down));
        minY = Math.min(minY, (long) stepY[c] << (resolution.precinctHigh + down));
      }
    }
    for (long y = area[1]; y < area[3] && !exhausted(); y += minY - y % minY) {
      for (long x = area[0]; x < area[2] && !exhausted(); x += minX - x % minX) {
        for (int c = cFrom; c < cTo; c++) {
          for (int r = rFrom; r < Math.min(rTo, parts[c].resolutions.length); r++) {
            int index = precinctAt(parts[c], c, r, x, y, area);
            if (index >= 0) {
              for (int l = 0; l < layerTo && !exhausted(); l++) {
                readPacket(
                    settings, settings.coding[c], parts[c].resolutions[r], r, index, l, l + 1);
              }
            }
          }
        }
      }
    }
  }

  private int precinctAt(TileComponent part, int c, int r, long x, long y, int[] area)
      throws MalformedStreamException {
    visit();
    Resolution resolution = part.resolutions[r];
    if (resolution.precincts.length == 0) {
      return -1;
    }
    int down = part.resolutions.length - 1 - r;
    boolean startsX =
        x % ((long) stepX[c] << (resolution.precinctWide + down)) == 0
            || (x == area[0]
                && ((long) resolution.x0 << down) % (1L << (resolution.precinctWide + down)) != 0);
    boolean startsY =
        y % ((long) stepY[c] << (resolution.precinctHigh + down)) == 0
            || (y == area[1]
                && ((long) resolution.y0 << down) % (1L << (resolution.precinctHigh + down)) != 0);
    if (!startsX || !startsY) {
      return -1;
    }
    long scaleX = (long) stepX[c] << down;
    long scaleY = (long) stepY[c] << down;
    int px =
        (int) (((x + scaleX - 1) / scaleX) >> resolution.precinctWide)
            - (resolution.x0 >> resolution.precinctWide);
    int py =
        (int) (((y + scaleY - 1) / scaleY) >> resolution.precinctHigh)
            - (resolution.y0 >> resolution.precinctHigh);
    if (px < 0 || py < 0 || px >= resolution.across || py >= resolution.down) {
      return -1;
    }
    return py * resolution.across + px;
  }

  private void readPacket(
      Settings settings,
      Coding coding,
      Resolution resolution,
      int r,
      int index,
      int layer,
      int layerTo)
      throws MalformedStreamException {
    visit();
    Precinct precinct = precinct(coding, resolution, r, index);
    if (precinct.layersRead != layer || layer >= layerTo) {
      return;
    }
    precinct.layersRead++;
    if (settings.startMarkers
        && bodyEnd - bodyAt >= 6
        && (body[bodyAt] & 0xff) == 0xff
        && (body[bodyAt + 1] & 0xff) == 0x91) {
      bodyAt += 6;
    }
    if (!separateHeaders) {
      header = body;
      headerAt = bodyAt;
      headerEnd = bodyEnd;
    }
    headerByte = 0;
    headerBits = 0;
    List<Jpeg2000Block.Segments> extended = new ArrayList<>();
    List<int[]> additions = new ArrayList<>();
    if (headerBit() != 0) {
      for (PrecinctBand band : precinct.bands) {
        readBandHeader(coding, band, layer, extended, additions);
      }
    }
    if (headerByte == 0xff && headerBits == 0) {
      headerAt++;
    }
    if (settings.endMarkers
        && headerEnd - headerAt >= 2
        && (header[headerAt] & 0xff) == 0xff
        && (header[headerAt + 1] & 0xff) == 0x92) {
      headerAt += 2;
    }
    if (!separateHeaders) {
      bodyAt = headerAt;
    }
    for (int i = 0; i < extended.size(); i++) {
      int[] addition = additions.get(i);
      if (addition[1] > bodyEnd - bodyAt) {
        throw problem("the coded data ends early");
      }
      extended.get(i).append(addition[0], body, bodyAt, addition[1]);
      bodyAt += addition[1];
    }
  }

  private void readBandHeader(
      Coding coding,
      PrecinctBand part,
      int layer,
      List<Jpeg2000Block.Segments> extended,
      List<int[]> additions)
      throws MalformedStreamException {
    for (int i = 0; i < part.blocks.length; i++) {
      Block block = part.blocks[i];
      int x = i % part.wide;
      int y = i / part.wide;
      Jpeg2000Block.Segments segments = block.segments;
      if (segments == null) {
        if (readTree(part.inclusion, x, y, layer + 1) > layer) {
          continue;
        }
        int threshold = 1;
        while (readTree(part.zeroPlanes, x, y, threshold) >= threshold) {
          if (++threshold > 80) {
            throw problem("malformed packet header");
          }
        }
        block.zeroPlanes = threshold - 1;
        segments = new Jpeg2000Block.Segments();
        block.segments = segments;
      } else if (headerBit() == 0) {
        continue;
      }
      int passes = readPasses();
      while (headerBit() != 0) {
        if (++block.lengthBits > 32) {
          throw problem("malformed packet header");
        }
      }
      if (coding.isHighThroughput() && !segments.isBegun()) {
        passes = readPlaceholders(block, segments, passes, extended, additions);
      }
      while (passes > 0) {
        int segment = segments.open(coding.style);
        int taken = Math.min(passes, segments.most[segment] - segments.passes[segment]);
        segments.passes[segment] += taken;
        passes -= taken;
        int length = headerBits(block.lengthBits + log2(taken));
        extended.add(segments);
        additions.add(new int[] {segment, length});
      }
    }
  }

  /**
   * Reads the length of a high-throughput block's first segment, which is that of its first cleanup
   * pass. Passes before it are placeholders: three stand for one more bit-plane that is empty.
   *
   * @return how many of the passes are left
   */
  private int readPlaceholders(
      Block block,
      Jpeg2000Block.Segments segments,
      int passes,
      List<Jpeg2000Block.Segments> extended,
      List<int[]> additions)
      throws MalformedStreamException {
    int segment = segments.open(HighThroughputBlock.STYLE);
    int refining = (segments.passes[segment] + passes - 1) % 3;
    int taken = passes - refining;
    int length = taken > 0 ? headerBits(block.lengthBits + log2(taken)) : 0;
    if (length == 0) {
      int bits = taken > 0 ? log2(passes) - log2(taken) : block.lengthBits + log2(passes);
      need(headerBits(bits) == 0, "packet header");
      segments.passes[segment] += passes;
      return 0;
    }
    segments.passes[segment] += taken;
    segments.begin();
    extended.add(segments);
    additions.add(new int[] {segment, length});
    return refining;
  }

  private static int log2(int n) {
    return 31 - Integer.numberOfLeadingZeros(n);
  }

  private int readPasses() throws MalformedStreamException {
    if (headerBit() == 0) {
      return 1;
    }
    if (headerBit() == 0) {
      return 2;
    }
    int n = headerBits(2);
    if (n < 3) {
      return 3 + n;
    }
    n = headerBits(5);
    return n < 31 ? 6 + n : 37 + headerBits(7);
  }

  /** The value of a leaf if it is below the threshold, else a number that is not. */
  private int readTree(TagTree tree, int x, int y, int threshold) throws MalformedStreamException {
    int low = 0;
    for (int level = tree.levels - 1; level >= 0; level--) {
      int node = tree.starts[level] + (y >> level) * tree.widths[level] + (x >> level);
      if (tree.values[node] < low) {
        tree.values[node] = low;
      }
      while (!tree.known[node] && tree.values[node] < threshold) {
        if (headerBit() != 0) {
          tree.known[node] = true;
        } else {
          tree.values[node]++;
        }
      }
      low = tree.values[node];
      if (!tree.known[node]) {
        return low;
      }
    }
    return low;
  }

  private int headerBit() throws MalformedStreamException {
    if (headerBits == 0) {
      if (headerAt >= headerEnd) {
        throw problem("a packet header ends early");
      }
      int before = headerByte;
      headerByte = header[headerAt++] & 0xff;
      headerBits = before == 0xff ? 7 : 8;
    }
    headerBits--;
    return headerByte >> headerBits & 1;
  }

  private int headerBits(int n) throws MalformedStreamException {
    long value = 0;
    for (int i = 0; i < n; i++) {
      value = value << 1 | headerBit();
    }
    if (value > Integer.MAX_VALUE) {
      throw problem("malformed packet header");
    }
    return (int) value;
  }

  private void decodeComponent(Settings settings, int c, TileComponent part)
      throws MalformedStreamException {
    Coding coding = settings.coding[c];
    int width = part.width();
    int height = part.height();
    int size = width * height;
    if (coding.reversible) {
      part.ints = new int[size];
    } else {
      part.floats = new float[size];
    }
    int shift = settings.regionShift[c];
    for (Resolution resolution : part.resolutions) {
      for (Precinct precinct : resolution.precincts) {
        if (precinct == null) {
          continue;
        }
        for (PrecinctBand band : precinct.bands) {
          for (Block block : band.blocks) {
            if (block.segments != null) {
              decodeBlock(coding, part, band.band, block, block.segments, shift);
            }
          }
        }
      }
    }
    for (int r = 1; r < part.resolutions.length; r++) {
      Resolution lower = part.resolutions[r - 1];
      Resolution resolution = part.resolutions[r];
      int wide = resolution.x1 - resolution.x0;
      int high = resolution.y1 - resolution.y0;
      if (wide == 0 || high == 0) {
        continue;
      }
      int lowWide = lower.x1 - lower.x0;
      int lowHigh = lower.y1 - lower.y0;
      if (coding.reversible) {
        wavelet.reversible(
            part.ints, width, resolution.x0, resolution.y0, wide, high, lowWide, lowHigh);
      } else {
        wavelet.irreversible(
            part.floats, width, resolution.x0, resolution.y0, wide, high, lowWide, lowHigh);
      }
    }
  }

  private void decodeBlock(
      Coding coding,
      TileComponent part,
      Band band,
      Block block,
      Jpeg2000Block.Segments segments,
      int shift)
      throws MalformedStreamException {
    int allPlanes = band.planes + shift;
    int planes = allPlanes - block.zeroPlanes;
    if (planes <= 0) {
      return;
    }
    if (planes > 30) {
      throw problem(planes + " bit-planes in a block (30 are supported)");
    }
    int wide = block.x1 - block.x0;
    int high = block.y1 - block.y0;
    int[] values = blockCoder.values;
    int step = wide;
    if (coding.isHighThroughput()) {
      HighThroughputBlock coder = highThroughput();
      if (!decodeHighThroughput(coder, coding, segments, planes, allPlanes, wide, high)) {
        return;
      }
      values = coder.values;
      step = coder.stride;
    } else {
      blockCoder.decode(segments, wide, high, band.orientation, planes, coding.style);
    }
    if (shift > 0) {
      for (int i = 0; i < step * high; i++) {
        int size = Math.abs(values[i]);
        if (size >> 1 >= 1 << Math.min(shift, 30)) {
          values[i] = values[i] < 0 ? -(size >> shift) : size >> shift;
        }
      }
    }
    int width = part.width();
    int to = (band.planeY + block.y0 - band.y0) * width + band.planeX + block.x0 - band.x0;
    if (coding.reversible) {
      halve(values, step * high);
      for (int y = 0; y < high; y++, to += width) {
        System.arraycopy(values, y * step, part.ints, to, wide);
      }
    } else {
      float delta = band.delta * 0.5f;
      for (int y = 0; y < high; y++, to += width) {
        for (int x = 0, i = y * step; x < wide; x++, i++) {
          part.floats[to + x] = values[i] * delta;
        }
      }
    }
  }

  /** Divides by two, towards zero. */
  private static void halve(int[] values, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = (values[i] + (values[i] >>> 31)) >> 1;
    }
  }

  /** Decodes the last set of passes that has bytes. False where there is none. */
  private boolean decodeHighThroughput(
      HighThroughputBlock coder,
      Coding coding,
      Jpeg2000Block.Segments segments,
      int planes,
      int allPlanes,
      int wide,
      int high)
      throws MalformedStreamException {
    int last = (segments.count - 1) & ~1;
    while (last >= 0 && segments.lengths[last] == 0) {
      last -= 2;
    }
    if (last < 0) {
      return false;
    }
    int plane = planes - 1 - (segments.passes[0] - 1) / 3 - last / 2;
    if (plane < 0) {
      throw problem("a block has more passes than bit-planes");
    }
    int from = 0;
    for (int i = 0; i < last; i++) {
      from += segments.lengths[i];
    }
    boolean refined = last + 1 < segments.count;
    String problem =
        coder.decode(
            segments.bytes,
            from,
            segments.lengths[last],
            refined ? segments.lengths[last + 1] : 0,
            refined ? 1 + segments.passes[last + 1] : 1,
            wide,
            high,
            plane,
            allPlanes,
            (coding.style & Jpeg2000Block.CAUSAL) != 0);
    if (problem != null) {
      throw problem(problem);
    }
    return true;
  }

  private HighThroughputBlock highThroughput() {
    HighThroughputBlock known = highThroughputCoder;
    if (known == null) {
      known = new HighThroughputBlock();
      highThroughputCoder = known;
    }
    return known;
  }

  private void undoTransform(Settings settings, TileComponent[] parts)
      throws MalformedStreamException {
    boolean reversible = settings.coding[0].reversible;
    int size = parts[0].width() * parts[0].height();
    for (int c = 1; c < 3; c++) {
      if (settings.coding[c].reversible != reversible
          || parts[c].width() * parts[c].height() != size) {
        throw problem("component transform over components that differ");
      }
    }
    if (reversible) {
      int[] first = parts[0].ints;
      int[] second = parts[1].ints;
      int[] third = parts[2].ints;
      for (int i = 0; i < size; i++) {
        int green = first[i] - ((second[i] + third[i]) >> 2);
        int red = third[i] + green;
        third[i] = second[i] + green;
        second[i] = green;
        first[i] = red;
      }
    } else {
      float[] first = parts[0].floats;
      float[] second = parts[1].floats;
      float[] third = parts[2].floats;
      for (int i = 0; i < size; i++) {
        float luma = first[i];
        float blue = second[i];
        float red = third[i];
        first[i] = luma + 1.402f * red;
        second[i] = luma - 0.344136f * blue - 0.714136f * red;
        third[i] = luma + 1.772f * blue;
      }
    }
  }

  private void put(TileComponent part, int c, boolean reversible, int x0, int y0, int x1, int y1) {
    int low = signed[c] ? -(1 << (depth[c] - 1)) : 0;
    int high = low + (1 << depth[c]) - 1;
    int centre = signed[c] ? 0 : 1 << (depth[c] - 1);
    int wide = part.width();
    int[] line = new int[Math.max(wide, 1)];
    int[] full = stepX[c] == 1 ? line : new int[x1 - x0];
    for (int y = y0; y < y1; y++) {
      int row = Math.min(Math.max(y / stepY[c] - part.y0, 0), part.height() - 1) * wide;
      if (row < 0 || wide == 0) {
        return;
      }
      if (reversible) {
        System.arraycopy(part.ints, row, line, 0, wide);
      } else {
        for (int x = 0; x < wide; x++) {
          line[x] = (int) Math.floor(part.floats[row + x] + 0.5);
        }
      }
      clamp(line, wide, centre, low, high);
      if (stepX[c] != 1) {
        for (int x = x0; x < x1; x++) {
          full[x - x0] = line[Math.min(Math.max(x / stepX[c] - part.x0, 0), wide - 1)];
        }
      }
      raster.putSpan(y - gridY0, x0 - gridX0, x1 - x0, c, full);
    }
  }

  private static void clamp(int[] line, int count, int centre, int low, int high) {
    for (int x = 0; x < count; x++) {
      line[x] = Math.min(Math.max(line[x] + centre, low), high);
    }
  }

  private static int ceilDiv(int a, int b) {
    return (int) (((long) a + b - 1) / b);
  }

  private static int ceilShift(int a, int n) {
    return (int) (((long) a + (1L << n) - 1) >> n);
  }

  private int u16(int p) {
    return (data[p] & 0xff) << 8 | data[p + 1] & 0xff;
  }

  private int u32(int p) {
    return u16(p) << 16 | u16(p + 2);
  }

  private MalformedStreamException problem(String what) {
    return new MalformedStreamException(CODEC, what, at - start);
  }
}
