package org.momo.dicom;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.momo.dicom.internal.TransferSyntax;
import org.momo.study.Tag;

/**
 * Writes DICOM files (PS3.10): explicit representation, little endian, lengths stated, text in
 * UTF-8; native pixels, or frames that are compressed already, with a basic offset table.
 *
 * <p>The same data set gives the same bytes.
 *
 * <p>This class is thread-safe.
 */
public final class DicomWriter {
  private static final String IMPLEMENTATION = "2.25.216434217925312486403921347130552348157";
  private static final int MEDIA_STORAGE_SOP_CLASS_UID = 0x00020002;
  private static final int MEDIA_STORAGE_SOP_INSTANCE_UID = 0x00020003;
  private static final int IMPLEMENTATION_CLASS_UID = 0x00020012;
  private static final int ITEM = 0xFFFEE000;
  private static final int SEQUENCE_END = 0xFFFEE0DD;

  private DicomWriter() {}

  /**
   * Writes a file.
   *
   * @param dataSet what to write
   * @param file made, or replaced
   * @throws IOException if writing fails
   * @throws NullPointerException if an argument is null
   */
  public static void write(DataSet dataSet, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      write(dataSet, out);
    }
  }

  /**
   * Writes an object to a stream.
   *
   * @param dataSet what to write
   * @param out written to; not closed
   * @throws IOException if writing fails
   * @throws NullPointerException if an argument is null
   */
  public static void write(DataSet dataSet, OutputStream out) throws IOException {
    out.write(new byte[128]);
    out.write("DICM".getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream meta = new ByteArrayOutputStream();
    element(meta, 0x00020001, Vr.OB, new byte[] {0, 1});
    text(meta, MEDIA_STORAGE_SOP_CLASS_UID, dataSet.text(Tag.SOP_CLASS_UID).orElse(""));
    text(meta, MEDIA_STORAGE_SOP_INSTANCE_UID, dataSet.text(Tag.SOP_INSTANCE_UID).orElse(""));
    text(
        meta,
        Tag.TRANSFER_SYNTAX_UID,
        dataSet.encapsulation().orElse(TransferSyntax.EXPLICIT_LITTLE));
    text(meta, IMPLEMENTATION_CLASS_UID, IMPLEMENTATION);
    head(out, 0x00020000, Vr.UL, 4);
    int32(out, meta.size());
    meta.writeTo(out);
    content(dataSet, out, dataSet.hasForeignText());
  }

  /**
   * Writes an object into memory.
   *
   * @param dataSet what to write
   * @return the bytes of a file
   * @throws NullPointerException if {@code dataSet} is null
   */
  public static byte[] bytes(DataSet dataSet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(dataSet, out);
    } catch (IOException e) {
      throw new IllegalStateException("Memory does not fail to be written.", e);
    }
    return out.toByteArray();
  }

  private static void content(DataSet dataSet, OutputStream out, boolean utf8) throws IOException {
    boolean declared = !utf8;
    for (Map.Entry<Integer, DataSet.Element> entry : dataSet.elements().entrySet()) {
      int tag = entry.getKey();
      DataSet.Element element = entry.getValue();
      if (tag == Tag.SPECIFIC_CHARACTER_SET && utf8) {
        continue;
      }
      if (!declared
          && (tag ^ Integer.MIN_VALUE) > (Tag.SPECIFIC_CHARACTER_SET ^ Integer.MIN_VALUE)) {
        utf8(out);
        declared = true;
      }
      if (!element.frames().isEmpty()) {
        encapsulated(out, tag, element.frames());
      } else if (element.vr() == Vr.SQ) {
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        for (DataSet item : element.items()) {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          content(item, bytes, false);
          tag(items, ITEM);
          int32(items, bytes.size());
          bytes.writeTo(items);
        }
        head(out, tag, Vr.SQ, items.size());
        items.writeTo(out);
      } else {
        element(out, tag, element.vr(), element.value());
      }
    }
    if (!declared) {
      utf8(out);
    }
  }

  private static void utf8(OutputStream out) throws IOException {
    element(
        out, Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 192".getBytes(StandardCharsets.US_ASCII));
  }

  private static void encapsulated(OutputStream out, int tag, List<byte[]> frames)
      throws IOException {
    head(out, tag, Vr.OB, 0xFFFFFFFF);
    tag(out, ITEM);
    long total = 0;
    for (byte[] frame : frames) {
      total += 8 + frame.length + (frame.length & 1);
    }
    // PS3.5 A.4: offsets have 32 bits; where those do not reach, the table stays empty.
    boolean reaches = total <= 0xFFFFFFFFL;
    int32(out, reaches ? frames.size() * 4 : 0);
    long offset = 0;
    for (byte[] frame : reaches ? frames : List.<byte[]>of()) {
      int32(out, (int) offset);
      offset += 8 + frame.length + (frame.length & 1);
    }
    for (byte[] frame : frames) {
      tag(out, ITEM);
      int32(out, frame.length + (frame.length & 1));
      out.write(frame);
      if ((frame.length & 1) == 1) {
        out.write(0);
      }
    }
    tag(out, SEQUENCE_END);
    int32(out, 0);
  }

  private static void text(OutputStream out, int tag, String uid) throws IOException {
    if (!uid.isEmpty()) {
      element(out, tag, Vr.UI, uid.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void element(OutputStream out, int tag, Vr vr, byte[] value) throws IOException {
    boolean odd = (value.length & 1) == 1;
    head(out, tag, vr, value.length + (odd ? 1 : 0));
    out.write(value);
    if (odd) {
      out.write(vr.isText() && vr != Vr.UI ? ' ' : 0);
    }
  }

  private static void head(OutputStream out, int tag, Vr vr, int length) throws IOException {
    tag(out, tag);
    String name = vr.name();
    out.write(name.charAt(0));
    out.write(name.charAt(1));
    if (vr.hasLongLength()) {
      int16(out, 0);
      int32(out, length);
    } else {
      int16(out, length);
    }
  }

  private static void tag(OutputStream out, int tag) throws IOException {
    int16(out, tag >>> 16);
    int16(out, tag);
  }

  private static void int16(OutputStream out, int value) throws IOException {
    out.write(value);
    out.write(value >>> 8);
  }

  private static void int32(OutputStream out, int value) throws IOException {
    int16(out, value);
    int16(out, value >>> 16);
  }
}
