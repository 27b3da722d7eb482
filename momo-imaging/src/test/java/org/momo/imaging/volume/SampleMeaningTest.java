package org.momo.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.momo.spi.PixelException;
import org.momo.study.Tag;

/** What stored samples mean, one rule at a time. */
class SampleMeaningTest {
  private static final byte ZERO = 0;

  private static float[] values(MadeUp image, ImageOptions options) throws PixelException {
    ImageStack stack = SeriesStacks.of(MadeUp.series(List.of(image)), options).stacks().get(0);
    float[] values = new float[stack.rows() * stack.columns()];
    stack.read(0, values);
    return values;
  }

  private static float[] values(MadeUp image) throws PixelException {
    return values(image, ImageOptions.defaults());
  }

  private static MadeUp row(String modality, int columns) {
    return MadeUp.image(modality, 1, 1, columns);
  }

  private static MadeUp bytes(int columns, int samples, String photometric) {
    return row("US", columns)
        .with(Tag.SAMPLES_PER_PIXEL, "" + samples)
        .with(Tag.BITS_ALLOCATED, "8")
        .with(Tag.BITS_STORED, "8")
        .with(Tag.HIGH_BIT, "7")
        .with(Tag.PIXEL_REPRESENTATION, "0")
        .with(Tag.PHOTOMETRIC_INTERPRETATION, photometric);
  }

  @Test
  void rescaling_gives_hounsfield_units_not_below_nothing() throws PixelException {
    MadeUp image =
        row("CT", 3)
            .with(Tag.RESCALE_SLOPE, "2")
            .with(Tag.RESCALE_INTERCEPT, "-1024")
            .frame((short) 0, (short) 512, (short) -2000);

    assertThat(values(image)).containsExactly(-1024, 0, -1024);
    assertThat(values(image, ImageOptions.published())).containsExactly(-1024, 0, -5024);
  }

  @Test
  void stored_bits_are_cut_out_and_signed_where_they_lie() throws PixelException {
    MadeUp twelve =
        row("MR", 3)
            .with(Tag.BITS_STORED, "12")
            .with(Tag.HIGH_BIT, "11")
            .frame((short) 0xf800, (short) 0x67ff, (short) 0x1fff);
    MadeUp high =
        row("MR", 2)
            .with(Tag.BITS_STORED, "12")
            .with(Tag.HIGH_BIT, "15")
            .with(Tag.PIXEL_REPRESENTATION, "0")
            .frame((short) 0xfff3, (short) 0x0012);

    assertThat(values(twelve)).containsExactly(-2048, 2047, -1);
    assertThat(values(high)).containsExactly(4095, 1);
  }

  @Test
  void an_impossible_high_bit_is_put_right() throws PixelException {
    MadeUp image =
        row("MR", 1).with(Tag.BITS_STORED, "12").with(Tag.HIGH_BIT, "3").frame((short) 0x07ff);

    assertThat(values(image)).containsExactly(2047);
  }

  @Test
  void single_bits_are_read_from_the_lowest() throws PixelException {
    MadeUp image =
        row("OT", 9)
            .with(Tag.BITS_ALLOCATED, "1")
            .with(Tag.BITS_STORED, "1")
            .with(Tag.HIGH_BIT, "0")
            .with(Tag.PIXEL_REPRESENTATION, "0")
            .frame((byte) 0x05, (byte) 0x01);

    assertThat(values(image)).containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void thirty_two_bits_without_sign_stay_positive() throws PixelException {
    MadeUp image =
        row("OT", 1)
            .with(Tag.BITS_ALLOCATED, "32")
            .with(Tag.BITS_STORED, "32")
            .with(Tag.HIGH_BIT, "31")
            .with(Tag.PIXEL_REPRESENTATION, "0")
            .frame((byte) 0, (byte) 0, (byte) 0, (byte) 0x80);

    assertThat(values(image)).containsExactly(2147483648f);
  }

  @Test
  void radiographs_stored_inverted_are_turned_but_not_units() throws PixelException {
    MadeUp film = bytes(2, 1, "MONOCHROME1").with(Tag.MODALITY, "CR").frame((byte) 0, (byte) 200);
    MadeUp units =
        row("CT", 1).with(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME1").frame((short) 7);

    assertThat(values(film)).containsExactly(255, 55);
    assertThat(values(film, ImageOptions.published())).containsExactly(0, 200);
    assertThat(values(units)).containsExactly(7);
  }

  @Test
  void padding_takes_the_smallest_value_of_its_slice() throws PixelException {
    MadeUp image =
        row("MR", 4)
            .with(Tag.PIXEL_PADDING_VALUE, "-2000")
            .frame((short) -2000, (short) 5, (short) 3, (short) 9);
    MadeUp range =
        row("MR", 3)
            .with(Tag.PIXEL_PADDING_VALUE, "63536")
            .with(Tag.PIXEL_PADDING_RANGE_LIMIT, "-1990")
            .frame((short) -1995, (short) -1989, (short) 3);

    assertThat(values(image)).containsExactly(3, 5, 3, 9);
    assertThat(values(range)).containsExactly(-1989, -1989, 3);
  }

  @Test
  void a_modality_table_maps_and_holds_its_ends() throws PixelException {
    MadeUp table =
        new MadeUp()
            .with(Tag.LUT_DESCRIPTOR, "3", "10", "16")
            .withBytes(Tag.LUT_DATA, (byte) 1, ZERO, (byte) 2, ZERO, (byte) 0, (byte) 1);
    MadeUp image =
        row("CR", 4)
            .withItems(Tag.MODALITY_LUT_SEQUENCE, table)
            .frame((short) 0, (short) 11, (short) 12, (short) 99);

    assertThat(values(image)).containsExactly(1, 2, 256, 256);
  }

  @Test
  void colour_becomes_grey_by_mean_or_luminance_planes_or_not() throws PixelException {
    MadeUp mixed =
        bytes(2, 3, "RGB").frame((byte) 10, (byte) 20, (byte) 31, (byte) 255, ZERO, ZERO);
    MadeUp planes =
        bytes(2, 3, "RGB")
            .with(Tag.PLANAR_CONFIGURATION, "1")
            .frame((byte) 10, (byte) 255, (byte) 20, ZERO, (byte) 31, ZERO);

    assertThat(values(mixed, ImageOptions.published())).containsExactly(20, 85);
    assertThat(values(planes, ImageOptions.published())).containsExactly(20, 85);
    assertThat(values(mixed)[1]).isEqualTo(0.299f * 255);
  }

  @Test
  void luminance_and_chroma_become_colour_first() throws PixelException {
    MadeUp image =
        bytes(2, 3, "YBR_FULL")
            .frame((byte) 100, (byte) 128, (byte) 128, (byte) 50, (byte) 128, (byte) 255);

    float[] grey = values(image, ImageOptions.published());

    assertThat(grey[0]).isEqualTo(100);
    assertThat(grey[1]).isEqualTo((float) Math.floor((50 + 1.402f * 127 + 0 + 50) / 3));
  }

  @Test
  void palettes_of_16_bits_and_segments_give_colour() throws PixelException {
    MadeUp image = bytes(3, 1, "PALETTE COLOR").frame((byte) 0, (byte) 1, (byte) 2);
    int[][] tags = {
      {Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR, Tag.RED_PALETTE_COLOR_LOOKUP_TABLE_DATA},
      {Tag.GREEN_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR, Tag.GREEN_PALETTE_COLOR_LOOKUP_TABLE_DATA}
    };
    for (int[] pair : tags) {
      image
          .with(pair[0], "3", "0", "16")
          .withBytes(pair[1], ZERO, ZERO, ZERO, (byte) 30, ZERO, (byte) 60);
    }
    image
        .with(Tag.BLUE_PALETTE_COLOR_LOOKUP_TABLE_DESCRIPTOR, "3", "0", "16")
        .withBytes(
            Tag.SEGMENTED_BLUE_PALETTE_COLOR_LOOKUP_TABLE_DATA,
            ZERO,
            ZERO,
            (byte) 1,
            ZERO,
            ZERO,
            ZERO,
            (byte) 1,
            ZERO,
            (byte) 2,
            ZERO,
            ZERO,
            (byte) 60);

    assertThat(values(image, ImageOptions.published())).containsExactly(0, 30, 60);
  }

  @Test
  void what_cannot_be_read_says_why() {
    assertThat(reason(row("MR", 1).with(Tag.ROWS, "0").frame((short) 1)))
        .contains("Rows and Columns");
    assertThat(
            reason(
                row("MR", 1).with(Tag.ROWS, "60000").with(Tag.COLUMNS, "60000").frame((short) 1)))
        .contains("above the limit");
    assertThat(reason(row("MR", 1).with(Tag.BITS_ALLOCATED, "12").frame((short) 1)))
        .contains("Bits Allocated");
    assertThat(reason(row("MR", 1).syntax("1.2.840.10008.1.2.4.112").frame((short) 1)))
        .contains("JPEG XL");
    assertThat(reason(bytes(1, 1, "PALETTE COLOR").frame((byte) 1)))
        .contains("without its palette");
  }

  private static String reason(MadeUp image) {
    return SeriesStacks.of(MadeUp.series(List.of(image)), ImageOptions.defaults())
        .reason()
        .orElseThrow();
  }
}
