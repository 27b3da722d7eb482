package org.momo.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.dicom.DicomReader;
import org.momo.dicom.DicomSources;
import org.momo.dicom.Vr;
import org.momo.spi.PixelException;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

/** Palettes of 65,536 entries, which stay in the file until pixels are decoded. */
class PaletteFilesTest {
  private static final String LITTLE = "1.2.840.10008.1.2.1";
  private static final String BIG = "1.2.840.10008.1.2.2";
  private static final float[] GREYS = {0, 44, 255};

  @TempDir Path folder;

  /** Three pixels whose entries in the palettes are grey. */
  private static byte[] image(String syntax) {
    Elements meta = new Elements(ByteOrder.LITTLE_ENDIAN);
    meta.text(Tag.TRANSFER_SYNTAX_UID, "UI", syntax);
    Elements image =
        new Elements(syntax.equals(BIG) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
            .text(Tag.SOP_CLASS_UID, "UI", "1.2.840.10008.5.1.4.1.1.6.1")
            .text(Tag.SOP_INSTANCE_UID, "UI", "1.2.3.3")
            .text(Tag.MODALITY, "CS", "US")
            .text(Tag.STUDY_INSTANCE_UID, "UI", "1.2.3.1")
            .text(Tag.SERIES_INSTANCE_UID, "UI", "1.2.3.2")
            .words(Tag.SAMPLES_PER_PIXEL, "US", 1)
            .text(Tag.PHOTOMETRIC_INTERPRETATION, "CS", "PALETTE COLOR")
            .words(Tag.ROWS, "US", 1)
            .words(Tag.COLUMNS, "US", 3)
            .words(Tag.BITS_ALLOCATED, "US", 16)
            .words(Tag.BITS_STORED, "US", 16)
            .words(Tag.HIGH_BIT, "US", 15)
            .words(Tag.PIXEL_REPRESENTATION, "US", 0);
    int[] palette = new int[65_536];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (i & 0xFF) << 8 | 1;
    }
    for (int colour = 0; colour < 3; colour++) {
      image.words(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR + colour, "US", 0, 0, 16);
    }
    for (int colour = 0; colour < 3; colour++) {
      image.words(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA + colour, "OW", palette);
    }
    image.words(Tag.PIXEL_DATA, "OW", 0, 300, 65_535);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[128]);
    file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(meta.out.toByteArray());
    file.writeBytes(image.out.toByteArray());
    return file.toByteArray();
  }

  private static Series series(Instance instance) {
    return Study.group(List.of(instance)).get(0).series().get(0);
  }

  private static float[] values(Series series) throws PixelException {
    ImageStack stack = SeriesStacks.of(series, ImageOptions.published()).stacks().get(0);
    float[] values = new float[3];
    stack.read(0, values);
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {LITTLE, BIG})
  void large_palettes_give_the_colours_of_their_file(String syntax)
      throws IOException, PixelException {
    Path file = folder.resolve("file");
    Files.write(file, image(syntax));

    assertThat(values(series(new DicomReader().read(file)))).containsExactly(GREYS);
    assertThat(values(series(new DicomReader().read(image(syntax), "file"))))
        .containsExactly(GREYS);
  }

  @ParameterizedTest
  @ValueSource(strings = {LITTLE, BIG})
  void large_palettes_give_the_colours_of_an_archive(String syntax)
      throws IOException, PixelException {
    for (int method : new int[] {ZipEntry.DEFLATED, ZipEntry.STORED}) {
      Path zip = folder.resolve("archive" + method);
      try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
        ZipEntry entry = new ZipEntry("CD/image");
        CRC32 sum = new CRC32();
        sum.update(image(syntax));
        entry.setMethod(method);
        entry.setSize(image(syntax).length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(image(syntax));
      }
      try (Stream<Study> studies = DicomSources.of(zip).studies(problem -> {})) {
        assertThat(values(studies.toList().get(0).series().get(0))).containsExactly(GREYS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LITTLE, BIG})
  void large_palettes_of_a_stream_are_kept(String syntax) throws IOException {
    Header header =
        new DicomReader().read(new ByteArrayInputStream(image(syntax)), "stream").header();

    ByteBuffer palette = header.bytes(Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA).orElseThrow();
    assertThat(palette.remaining()).isEqualTo(131_072);
    assertThat(palette.getShort(2 * 300)).isEqualTo((short) (44 << 8 | 1));
  }

  @Test
  void a_file_that_goes_or_is_cut_before_its_pixels_are_decoded_is_named() throws IOException {
    Path file = folder.resolve("file");
    byte[] image = image(LITTLE);
    Files.write(file, image);
    Series series = series(new DicomReader().read(file));

    Files.write(file, Arrays.copyOf(image, image.length - 200_000));
    assertThat(reason(series))
        .contains(file.toString(), "(0028,1202)", "byte ", "ends before this attribute does");
    Files.delete(file);
    assertThat(reason(series)).contains(file.toString(), "(0028,1201)", "cannot be opened");
  }

  private static String reason(Series series) {
    return SeriesStacks.of(series, ImageOptions.defaults()).reason().orElseThrow();
  }

  /** Elements with their representation, in either order of bytes. */
  private static final class Elements {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    Elements(ByteOrder order) {
      this.order = order;
    }

    Elements text(int tag, String vr, String value) {
      byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
      return element(tag, vr, Arrays.copyOf(bytes, bytes.length + bytes.length % 2));
    }

    Elements words(int tag, String vr, int... values) {
      ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(order);
      for (int value : values) {
        bytes.putShort((short) value);
      }
      return element(tag, vr, bytes.array());
    }

    private Elements element(int tag, String vr, byte[] value) {
      boolean longLength = Vr.valueOf(vr).hasLongLength();
      ByteBuffer head = ByteBuffer.allocate(longLength ? 12 : 8).order(order);
      head.putShort((short) (tag >>> 16)).putShort((short) tag);
      head.put(vr.getBytes(StandardCharsets.US_ASCII));
      if (longLength) {
        head.putShort((short) 0).putInt(value.length);
      } else {
        head.putShort((short) value.length);
      }
      out.writeBytes(head.array());
      out.writeBytes(value);
      return this;
    }
  }
}
