package org.momo.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Grey 8-bit PNG files (ISO/IEC 15948), without ImageIO and its global state. */
final class PngWriter {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private PngWriter() {}

  static byte[] write(byte[] grey, int width, int height) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(grey.length / 2 + 64);
    out.writeBytes(SIGNATURE);
    byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).array();
    chunk(out, "IHDR", header, header.length);
    byte[] filtered = new byte[height * (width + 1)];
    for (int y = 0; y < height; y++) {
      int to = y * (width + 1);
      filtered[to] = 1;
      for (int x = 0; x < width; x++) {
        int left = x == 0 ? 0 : grey[y * width + x - 1];
        filtered[to + 1 + x] = (byte) (grey[y * width + x] - left);
      }
    }
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(filtered);
      deflater.finish();
      byte[] packed = new byte[filtered.length + filtered.length / 1000 + 64];
      int length = deflater.deflate(packed);
      chunk(out, "IDAT", packed, length);
    } finally {
      deflater.end();
    }
    chunk(out, "IEND", new byte[0], 0);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
    CRC32 check = new CRC32();
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    check.update(name);
    check.update(data, 0, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    out.writeBytes(name);
    out.write(data, 0, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
  }
}
