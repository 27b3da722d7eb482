package org.momo.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.momo.spi.PixelException;
import org.momo.study.Header;
import org.momo.study.Tag;

class SeriesStacksTest {
  private static final ImageOptions OPTIONS = ImageOptions.defaults();

  private static SeriesStacks stacks(List<MadeUp> images) {
    return SeriesStacks.of(MadeUp.series(images), OPTIONS);
  }

  private static List<Integer> contents(ImageStack stack) throws PixelException {
    List<Integer> contents = new ArrayList<>();
    float[] values = new float[stack.rows() * stack.columns()];
    for (int i = 0; i < stack.slices(); i++) {
      stack.read(i, values);
      contents.add((int) values[0]);
    }
    return contents;
  }

  private static List<Note.Kind> kinds(SeriesStacks stacks) {
    return stacks.notes().stream().map(Note::kind).toList();
  }

  @Test
  void slices_are_sorted_along_their_normal_whatever_their_numbers() throws PixelException {
    List<MadeUp> images = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      images.add(MadeUp.image("CT", 100 - i, 2, 2).at(0, 0, i * 3).filled(i));
    }
    Collections.shuffle(images, new Random(3));

    SeriesStacks stacks = stacks(images);

    assertThat(contents(stacks.stacks().get(0))).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(stacks.stacks().get(0).sliceSpacing()).isEqualTo(3);
    assertThat(stacks.stacks().get(0).axis()).isEqualTo(ImageStack.Axis.SPACE);
    assertThat(stacks.notes()).isEmpty();
  }

  @Test
  void slices_without_position_stay_as_numbered() throws PixelException {
    List<MadeUp> images = new ArrayList<>();
    for (int i : new int[] {3, 1, 2}) {
      images.add(MadeUp.image("MR", i, 2, 2).filled(i));
    }

    SeriesStacks stacks = stacks(images);

    assertThat(contents(stacks.stacks().get(0))).containsExactly(1, 2, 3);
    assertThat(kinds(stacks)).containsExactly(Note.Kind.UNORDERED);
  }

  @Test
  void odd_sizes_are_left_out() throws PixelException {
    SeriesStacks stacks =
        stacks(
            List.of(
                MadeUp.image("CT", 1, 4, 4).at(0, 0, 0).filled(1),
                MadeUp.image("CT", 2, 2, 2).at(0, 0, 1).filled(2),
                MadeUp.image("CT", 3, 2, 2).at(0, 0, 2).filled(3)));

    assertThat(contents(stacks.stacks().get(0))).containsExactly(2, 3);
    assertThat(stacks.notes().toString()).contains("1 of 3 frames are not 2 x 2");
  }

  @Test
  void orientations_make_stacks_of_their_own_the_largest_first() throws PixelException {
    List<MadeUp> images = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      images.add(
          MadeUp.image("MR", i + 1, 2, 2)
              .with(Tag.IMAGE_ORIENTATION_PATIENT, "0", "1", "0", "0", "0", "-1")
              .with(Tag.IMAGE_POSITION_PATIENT, "" + i, "0", "0")
              .filled(10 + i));
    }
    images.add(MadeUp.image("MR", 9, 2, 2).at(0, 0, 5).filled(99));

    SeriesStacks stacks = stacks(images);

    assertThat(stacks.stacks()).hasSize(2);
    assertThat(contents(stacks.stacks().get(0))).hasSize(3);
    assertThat(contents(stacks.stacks().get(1))).containsExactly(99);
    assertThat(kinds(stacks)).contains(Note.Kind.SPLIT);
  }

  @Test
  void echoes_at_the_same_places_are_told_apart_but_not_echo_times_that_only_waver()
      throws PixelException {
    List<MadeUp> twice = new ArrayList<>();
    List<MadeUp> wavering = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      twice.add(MadeUp.image("MR", i + 1, 2, 2).at(0, 0, i).with(Tag.ECHO_TIME, "80").filled(i));
      twice.add(
          MadeUp.image("MR", i + 11, 2, 2).at(0, 0, i).with(Tag.ECHO_TIME, "9").filled(50 + i));
      wavering.add(
          MadeUp.image("MR", i + 1, 2, 2).at(0, 0, i).with(Tag.ECHO_TIME, "2.4" + i).filled(i));
    }

    SeriesStacks stacks = stacks(twice);

    assertThat(stacks.stacks()).hasSize(2);
    assertThat(contents(stacks.stacks().get(0))).containsExactly(50, 51, 52, 53);
    assertThat(stacks(wavering).stacks()).hasSize(1);
  }

  @Test
  void b_values_make_stacks_of_their_own_in_every_maker_s_tag() throws PixelException {
    for (int tag : new int[] {Tag.DIFFUSION_B_VALUE, 0x0019100C, 0x20011003, 0x00431039}) {
      List<MadeUp> images = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String strong = tag == 0x00431039 ? "1000000800" : "800";
        images.add(MadeUp.image("MR", i + 1, 2, 2).at(0, 0, i).with(tag, strong).filled(i));
        images.add(MadeUp.image("MR", i + 11, 2, 2).at(0, 0, i).with(tag, "50").filled(50 + i));
      }

      SeriesStacks stacks = stacks(images);

      assertThat(stacks.stacks()).as(Tag.format(tag)).hasSize(2);
      assertThat(contents(stacks.stacks().get(0))).containsExactly(50, 51, 52);
      assertThat(kinds(stacks)).contains(Note.Kind.SPLIT);
    }
  }

  @Test
  void of_a_volume_over_time_the_middle_step_is_taken() throws PixelException {
    List<MadeUp> images = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      for (int z = 0; z < 3; z++) {
        images.add(
            MadeUp.image("MR", 1 + t * 3 + z, 2, 2)
                .at(0, 0, z)
                .with(Tag.TEMPORAL_POSITION_IDENTIFIER, "" + (t + 1))
                .filled(10 * t + z));
      }
    }

    SeriesStacks stacks = stacks(images);

    assertThat(contents(stacks.stacks().get(0))).containsExactly(20, 21, 22);
    assertThat(kinds(stacks)).containsExactly(Note.Kind.TIME);
  }

  @Test
  void one_plane_over_time_keeps_its_steps() throws PixelException {
    List<MadeUp> images = new ArrayList<>();
    for (int t = 0; t < 5; t++) {
      images.add(MadeUp.image("MR", t + 1, 2, 2).at(0, 0, 0).filled(t));
    }

    ImageStack stack = stacks(images).stacks().get(0);

    assertThat(stack.axis()).isEqualTo(ImageStack.Axis.TIME);
    assertThat(contents(stack)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void a_cine_run_is_time_and_of_several_each_gives_its_middle() throws PixelException {
    MadeUp first = MadeUp.image("US", 1, 2, 2).filled(1).filled(2).filled(3);
    MadeUp second = MadeUp.image("US", 2, 2, 2).filled(11).filled(12).filled(13).filled(14);

    assertThat(stacks(List.of(first)).stacks().get(0).axis()).isEqualTo(ImageStack.Axis.TIME);
    ImageStack both = stacks(List.of(first, second)).stacks().get(0);
    assertThat(both.axis()).isEqualTo(ImageStack.Axis.VIEWS);
    assertThat(contents(both)).containsExactly(2, 12);
  }

  @Test
  void radiographs_are_views() {
    List<MadeUp> images =
        List.of(MadeUp.image("CR", 1, 2, 2).filled(1), MadeUp.image("CR", 2, 2, 2).filled(2));

    assertThat(stacks(images).stacks().get(0).axis()).isEqualTo(ImageStack.Axis.VIEWS);
  }

  @Test
  void enhanced_objects_are_sorted_by_their_functional_groups() throws PixelException {
    MadeUp object = MadeUp.image("CT", 1, 2, 2).filled(30).filled(10).filled(20);
    object.withItems(
        Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE,
        new MadeUp()
            .withItems(
                Tag.PLANE_ORIENTATION_SEQUENCE,
                new MadeUp().with(Tag.IMAGE_ORIENTATION_PATIENT, "1", "0", "0", "0", "1", "0"))
            .withItems(
                Tag.PIXEL_MEASURES_SEQUENCE, new MadeUp().with(Tag.PIXEL_SPACING, "0.5", "0.25"))
            .withItems(
                Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
                new MadeUp().with(Tag.RESCALE_SLOPE, "1").with(Tag.RESCALE_INTERCEPT, "-10")));
    Header[] frames = new Header[3];
    int[] places = {6, 2, 4};
    for (int i = 0; i < 3; i++) {
      frames[i] =
          new MadeUp()
              .withItems(
                  Tag.PLANE_POSITION_SEQUENCE,
                  new MadeUp().with(Tag.IMAGE_POSITION_PATIENT, "0", "0", "" + places[i]));
    }
    object.withItems(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE, frames);

    ImageStack stack = stacks(List.of(object)).stacks().get(0);

    assertThat(contents(stack)).containsExactly(0, 10, 20);
    assertThat(stack.rowSpacing()).isEqualTo(0.5);
    assertThat(stack.columnSpacing()).isEqualTo(0.25);
    assertThat(stack.sliceSpacing()).isEqualTo(2);
  }

  @Test
  void a_mosaic_is_cut_into_its_slices() throws PixelException {
    MadeUp mosaic =
        MadeUp.image("MR", 1, 2, 2)
            .at(0, 0, 0)
            .with(Tag.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "M", "MOSAIC")
            .with(0x0019100A, "3")
            .frame((short) 1, (short) 2, (short) 3, (short) 4);

    SeriesStacks stacks = stacks(List.of(mosaic));

    assertThat(contents(stacks.stacks().get(0))).containsExactly(1, 2, 3);
    assertThat(kinds(stacks)).contains(Note.Kind.MOSAIC);
  }

  @Test
  void missing_slices_are_noted_and_filled_in() throws PixelException {
    List<MadeUp> images = new ArrayList<>();
    for (int z : new int[] {0, 1, 2, 5, 6}) {
      images.add(MadeUp.image("CT", z + 1, 2, 2).at(0, 0, z).filled(z));
    }

    SeriesStacks stacks = stacks(images);

    assertThat(contents(stacks.stacks().get(0))).containsExactly(0, 1, 2, 2, 5, 5, 6);
    assertThat(kinds(stacks)).containsExactly(Note.Kind.UNEVEN);
    SeriesStacks published = SeriesStacks.of(MadeUp.series(images), ImageOptions.published());
    assertThat(contents(published.stacks().get(0))).containsExactly(0, 1, 2, 5, 6);
  }

  @Test
  void what_is_no_examination_is_left_out() {
    MadeUp scout =
        MadeUp.image("CT", 1, 2, 2)
            .with(Tag.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "LOCALIZER")
            .filled(1);
    MadeUp slice = MadeUp.image("CT", 2, 2, 2).at(0, 0, 1).filled(2);
    MadeUp report =
        MadeUp.image("CT", 3, 2, 2).with(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.88.67");
    MadeUp words =
        MadeUp.image("CT", 4, 2, 2)
            .with(Tag.SERIES_DESCRIPTION, "Patient Protocol of N.N.")
            .filled(1);

    assertThat(stacks(List.of(scout, slice, report)).stacks().get(0).slices()).isEqualTo(1);
    assertThat(stacks(List.of(scout)).reason().orElseThrow()).contains("localiser");
    assertThat(stacks(List.of(words)).reason().orElseThrow())
        .contains("'patient'")
        .doesNotContain("N.N.");
    SeriesStacks all =
        SeriesStacks.of(MadeUp.series(List.of(words)), OPTIONS.withExclusions(false));
    assertThat(all.stacks()).hasSize(1);
  }

  @Test
  void the_answer_does_not_depend_on_the_order_of_arrival() throws PixelException {
    List<MadeUp> images = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      images.add(
          MadeUp.image("MR", i % 4, 2, 2)
              .with(Tag.SOP_INSTANCE_UID, "9." + i)
              .at(0, 0, i % 7)
              .filled(i));
    }
    List<Integer> first = contents(stacks(images).stacks().get(0));
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(images, new Random(round));
      assertThat(contents(stacks(images).stacks().get(0))).isEqualTo(first);
    }
  }

  @Test
  void frames_beyond_the_limit_are_not_looked_at() {
    MadeUp object = MadeUp.image("US", 1, 1, 1);
    for (int i = 0; i < 50; i++) {
      object.filled(i);
    }
    ImageOptions few = OPTIONS.withLimits(new PixelLimits(1 << 20, 10, 1 << 30));

    SeriesStacks stacks = SeriesStacks.of(MadeUp.series(List.of(object)), few);

    assertThat(stacks.stacks().get(0).slices()).isEqualTo(10);
    assertThat(kinds(stacks)).contains(Note.Kind.LIMIT);
    ImageOptions small = OPTIONS.withLimits(new PixelLimits(1 << 20, 100, 20));
    assertThat(SeriesStacks.of(MadeUp.series(List.of(object)), small).reason().orElseThrow())
        .contains("limit of 20");
  }
}
