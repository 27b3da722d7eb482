package org.momo.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Builds DICOM content byte by byte, in any syntax, as correct or as broken as a test wants it. */
public final class Encoded {
  private final boolean explicit;
  private final boolean big;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Encoded(boolean explicit, boolean big) {
    this.explicit = explicit;
    this.big = big;
  }

  public static Encoded explicitLittle() {
    return new Encoded(true, false);
  }

  static Encoded implicitLittle() {
    return new Encoded(false, false);
  }

  static Encoded explicitBig() {
    return new Encoded(true, true);
  }

  /** An empty one of the same syntax, for items. */
  Encoded fresh() {
    return new Encoded(explicit, big);
  }

  /** The UIDs that make an object one of a study. */
  public Encoded identity() {
    return text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2\0")
        .text(0x00080018, "UI", "1.2.3.3\0")
        .text(0x00080060, "CS", "CT")
        .text(0x0020000D, "UI", "1.2.3.1\0")
        .text(0x0020000E, "UI", "1.2.3.2\0");
  }

  public Encoded text(int tag, String vr, String value) {
    return element(tag, vr, value.getBytes(StandardCharsets.ISO_8859_1));
  }

  Encoded us(int tag, int value) {
    byte[] bytes = {(byte) value, (byte) (value >>> 8)};
    return element(tag, "US", big ? new byte[] {bytes[1], bytes[0]} : bytes);
  }

  Encoded element(int tag, String vr, byte[] value) {
    return head(tag, vr, value.length).raw(value);
  }

  Encoded head(int tag, String vr, int length) {
    int16(tag >>> 16).int16(tag);
    if (!explicit) {
      return int32(length);
    }
    raw(vr.getBytes(StandardCharsets.ISO_8859_1));
    Vr known = vr.length() == 2 ? Vr.of(vr.charAt(0), vr.charAt(1)) : null;
    return known != null && known.hasLongLength() ? int16(0).int32(length) : int16(length);
  }

  Encoded item(Encoded content) {
    byte[] bytes = content.bytes();
    return int16(0xFFFE).int16(0xE000).int32(bytes.length).raw(bytes);
  }

  Encoded openItem(Encoded content) {
    return int16(0xFFFE).int16(0xE000).int32(-1).raw(content.bytes()).delimiter(0xE00D);
  }

  Encoded delimiter(int element) {
    return int16(0xFFFE).int16(element).int32(0);
  }

  Encoded sequence(int tag, Encoded item) {
    byte[] items = fresh().item(item).bytes();
    return head(tag, "SQ", items.length).raw(items);
  }

  Encoded openSequence(int tag, Encoded item) {
    return head(tag, "SQ", -1).openItem(item).delimiter(0xE0DD);
  }

  Encoded raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Encoded int16(int value) {
    out.write(big ? value >>> 8 : value);
    out.write(big ? value : value >>> 8);
    return this;
  }

  Encoded int32(int value) {
    return big ? int16(value >>> 16).int16(value) : int16(value).int16(value >>> 16);
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  /** A file with preamble and meta group. */
  public byte[] file(String transferSyntax) {
    byte[] body = bytes();
    String padded = transferSyntax.length() % 2 == 0 ? transferSyntax : transferSyntax + "\0";
    Encoded meta = explicitLittle().text(0x00020010, "UI", padded);
    if (transferSyntax.endsWith(".1.99")) {
      Deflater deflater = new Deflater(9, true);
      deflater.setInput(body);
      deflater.finish();
      byte[] deflated = new byte[body.length + 100];
      int n = deflater.deflate(deflated);
      deflater.end();
      body = java.util.Arrays.copyOf(deflated, n);
    }
    return explicitLittle()
        .raw(new byte[128])
        .raw("DICM".getBytes(StandardCharsets.US_ASCII))
        .raw(meta.bytes())
        .raw(body)
        .bytes();
  }
}
