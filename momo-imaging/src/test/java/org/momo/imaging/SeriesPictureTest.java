package org.momo.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.volume.ImageOptions;
import org.momo.imaging.volume.ImageStack;
import org.momo.imaging.volume.MadeUp;
import org.momo.imaging.volume.Note;
import org.momo.spi.Tensor;
import org.momo.study.Tag;

class SeriesPictureTest {
  private static final ImageOptions OPTIONS = ImageOptions.defaults().withThreads(2);
  private static final Projector PROJECTOR = Projector.builder().size(64).build();

  /**
   * 48 slices of 32 x 32, with something bright at the left, the back and the head of the patient.
   */
  private static List<MadeUp> body() {
    List<MadeUp> images = new ArrayList<>();
    for (int z = 0; z < 48; z++) {
      short[] samples = new short[32 * 32];
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 32; x++) {
          boolean inside = (x - 16) * (x - 16) + (y - 16) * (y - 16) < 144;
          boolean mark = x >= 20 && x < 26 && y >= 22 && y < 26 && z >= 36 && z < 44;
          samples[y * 32 + x] = (short) (mark ? 1000 : inside ? 100 : 0);
        }
      }
      images.add(
          MadeUp.image("CT", 48 - z, 32, 32)
              .at(0, 0, z)
              .with(Tag.PIXEL_SPACING, "1", "1")
              .frame(samples));
    }
    return images;
  }

  private static float at(Tensor tensor, int channel, double v, double h) {
    int size = tensor.dimension(-1);
    return tensor.data()[(channel * size + (int) (v * size)) * size + (int) (h * size)];
  }

  @Test
  void projections_are_sagittal_coronal_and_axial_with_the_feet_first() {
    SeriesPicture picture = SeriesPicture.of(MadeUp.series(body()), OPTIONS, PROJECTOR);

    Tensor tensor = picture.tensor().orElseThrow();
    assertThat(tensor.shape()).containsExactly(3, 64, 64);
    assertThat(picture.axis()).contains(ImageStack.Axis.SPACE);
    assertThat(at(tensor, 0, 40 / 48.0, 24 / 32.0)).isGreaterThan(900);
    assertThat(at(tensor, 1, 40 / 48.0, 23 / 32.0)).isGreaterThan(900);
    assertThat(at(tensor, 2, 24 / 32.0, 23 / 32.0)).isGreaterThan(900);
    assertThat(at(tensor, 1, 8 / 48.0, 23 / 32.0)).isLessThan(200);
  }

  @Test
  void the_picture_is_the_same_for_any_number_of_threads() {
    float[] alone = tensor(1);
    assertThat(tensor(2)).isEqualTo(alone);
    assertThat(tensor(5)).isEqualTo(alone);
  }

  private static float[] tensor(int threads) {
    return SeriesPicture.of(MadeUp.series(body()), OPTIONS.withThreads(threads), PROJECTOR)
        .tensor()
        .orElseThrow()
        .data();
  }

  @Test
  void thumbnails_hang_head_up_and_left_on_the_right() throws IOException {
    Thumbnails thumbnails = Thumbnails.of(MadeUp.series(body()), OPTIONS, 96);

    assertThat(thumbnails.images())
        .extracting(Thumbnails.Image::title)
        .containsExactly("sagittal projection", "coronal projection", "axial projection");
    assertThat(thumbnails.images().get(1).width()).isEqualTo(64);
    assertThat(thumbnails.images().get(1).height()).isEqualTo(96);
    assertThat(grey(thumbnails.images().get(0), 1 - 40 / 48.0, 24 / 32.0)).isGreaterThan(220);
    assertThat(grey(thumbnails.images().get(1), 1 - 40 / 48.0, 23 / 32.0)).isGreaterThan(220);
    assertThat(grey(thumbnails.images().get(2), 24 / 32.0, 23 / 32.0)).isGreaterThan(220);
    assertThat(grey(thumbnails.images().get(1), 40 / 48.0, 23 / 32.0)).isLessThan(120);
  }

  @Test
  void thumbnails_of_sagittal_slices_are_turned_upright() throws IOException {
    List<MadeUp> images = new ArrayList<>();
    for (int x = 0; x < 40; x++) {
      short[] samples = new short[24 * 20];
      for (int z = 0; z < 24; z++) {
        for (int y = 0; y < 20; y++) {
          samples[z * 20 + y] = (short) (x >= 30 && z < 5 && y >= 14 ? 1000 : 10);
        }
      }
      images.add(
          MadeUp.image("MR", x + 1, 24, 20)
              .with(Tag.IMAGE_ORIENTATION_PATIENT, "0", "1", "0", "0", "0", "-1")
              .with(Tag.IMAGE_POSITION_PATIENT, "" + x, "0", "0")
              .with(Tag.PIXEL_SPACING, "1", "1")
              .frame(samples));
    }

    Thumbnails thumbnails = Thumbnails.of(MadeUp.series(images), OPTIONS, 80);

    assertThat(thumbnails.images())
        .extracting(Thumbnails.Image::title)
        .containsExactly("coronal projection", "axial projection", "sagittal projection");
    Thumbnails.Image coronal = thumbnails.images().get(0);
    assertThat(coronal.width()).isEqualTo(80);
    assertThat(coronal.height()).isEqualTo(48);
    assertThat(grey(coronal, 0.1, 0.9)).isGreaterThan(220);
    assertThat(grey(coronal, 0.9, 0.1)).isLessThan(60);
    assertThat(grey(thumbnails.images().get(1), 0.9, 0.9)).isGreaterThan(220);
    assertThat(grey(thumbnails.images().get(2), 0.1, 0.9)).isGreaterThan(220);
  }

  @Test
  void a_slice_stored_upside_down_is_turned_and_shown_in_its_header_s_window() throws IOException {
    short[] samples = new short[32 * 32];
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        samples[32 * y + x] = (short) (y < 4 ? 3000 : y < 16 ? 80 : y < 28 ? 0 : -1000);
      }
    }
    MadeUp image =
        MadeUp.image("CT", 1, 32, 32)
            .with(Tag.IMAGE_ORIENTATION_PATIENT, "1", "0", "0", "0", "-1", "0")
            .with(Tag.IMAGE_POSITION_PATIENT, "0", "0", "0")
            .with(Tag.WINDOW_CENTER, "40", "700")
            .with(Tag.WINDOW_WIDTH, "120", "3000")
            .frame(samples);

    Thumbnails.Image shown =
        Thumbnails.of(MadeUp.series(List.of(image)), OPTIONS, 64).images().get(0);

    assertThat(grey(shown, 0.05, 0.5)).isZero();
    assertThat(grey(shown, 0.3, 0.5)).isBetween(38, 46);
    assertThat(grey(shown, 0.7, 0.5)).isBetween(208, 216);
    assertThat(grey(shown, 0.95, 0.5)).isEqualTo(255);
  }

  @Test
  void an_empty_image_is_black_and_not_a_pattern_of_rounding() throws IOException {
    MadeUp image =
        MadeUp.image("CT", 1, 37, 51)
            .with(Tag.RESCALE_INTERCEPT, "-1000.1")
            .with(Tag.RESCALE_SLOPE, "1")
            .filled(0);

    Thumbnails.Image shown =
        Thumbnails.of(MadeUp.series(List.of(image)), OPTIONS, 64).images().get(0);

    for (double v = 0; v < 1; v += 0.05) {
      for (double h = 0; h < 1; h += 0.05) {
        assertThat(grey(shown, v, h)).isZero();
      }
    }
  }

  @Test
  void native_colour_with_halved_chroma_has_a_picture_in_either_grey() {
    byte[] halved = new byte[2 * 16 * 16];
    for (int i = 0; i < halved.length; i += 4) {
      halved[i] = 100;
      halved[i + 1] = 100;
      halved[i + 2] = (byte) 128;
      halved[i + 3] = (byte) 128;
    }
    List<MadeUp> images = new ArrayList<>();
    for (int z = 0; z < 48; z++) {
      images.add(
          MadeUp.image("MR", z + 1, 16, 16)
              .at(0, 0, z)
              .with(Tag.SAMPLES_PER_PIXEL, "3")
              .with(Tag.PHOTOMETRIC_INTERPRETATION, "YBR_FULL_422")
              .with(Tag.BITS_ALLOCATED, "8")
              .with(Tag.BITS_STORED, "8")
              .with(Tag.HIGH_BIT, "7")
              .with(Tag.PIXEL_REPRESENTATION, "0")
              .frame(halved));
    }

    for (int count : new int[] {1, 48}) {
      for (ImageOptions options : List.of(OPTIONS, ImageOptions.published())) {
        SeriesPicture picture =
            SeriesPicture.of(
                MadeUp.series(images.subList(0, count)),
                options,
                Projector.builder().size(16).build());
        assertThat(picture.reason()).isEmpty();
        assertThat(at(picture.tensor().orElseThrow(), 0, 0.5, 0.5)).isCloseTo(100, within(1e-3f));
      }
    }
  }

  private static int grey(Thumbnails.Image image, double v, double h) throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(image.png()));
    assertThat(read.getWidth()).isEqualTo(image.width());
    assertThat(read.getHeight()).isEqualTo(image.height());
    return read.getRaster().getSample((int) (h * image.width()), (int) (v * image.height()), 0);
  }

  @Test
  void a_run_in_time_shows_first_middle_and_last_however_long() {
    MadeUp run = MadeUp.image("US", 1, 4, 4);
    for (int i = 0; i < 91; i++) {
      run.filled(i);
    }

    Tensor tensor =
        SeriesPicture.of(MadeUp.series(List.of(run)), OPTIONS, PROJECTOR).tensor().orElseThrow();

    assertThat(at(tensor, 0, 0.5, 0.5)).isEqualTo(0);
    assertThat(at(tensor, 1, 0.5, 0.5)).isCloseTo(45, within(1e-4f));
    assertThat(at(tensor, 2, 0.5, 0.5)).isCloseTo(90, within(1e-4f));
  }

  @Test
  void a_damaged_slice_among_many_is_replaced_and_noted() {
    List<MadeUp> images = new ArrayList<>();
    for (int z = 0; z < 50; z++) {
      MadeUp image = MadeUp.image("CT", z + 1, 4, 4).at(0, 0, z);
      images.add(z == 20 ? image.frame((short) 1) : image.filled(z));
    }

    SeriesPicture picture = SeriesPicture.of(MadeUp.series(images), OPTIONS, PROJECTOR);

    assertThat(picture.tensor()).isPresent();
    assertThat(picture.notes()).extracting(Note::kind).containsExactly(Note.Kind.UNREADABLE);
  }

  @Test
  void a_series_of_damaged_slices_has_a_reason_and_no_picture() {
    List<MadeUp> images = new ArrayList<>();
    for (int z = 0; z < 50; z++) {
      images.add(MadeUp.image("CT", z + 1, 4, 4).at(0, 0, z).frame((short) z));
    }

    SeriesPicture picture = SeriesPicture.of(MadeUp.series(images), OPTIONS, PROJECTOR);

    assertThat(picture.tensor()).isEmpty();
    assertThat(picture.reason())
        .isEqualTo("frame holds 2 bytes where its rows and columns need 32");
  }

  @Test
  void a_hundred_thousand_images_of_one_pixel_neither_hang_nor_fail() {
    List<MadeUp> images = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      images.add(MadeUp.image("CT", i, 1, 1).at(0, 0, i * 0.1).filled(i));
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          SeriesPicture picture = SeriesPicture.of(MadeUp.series(images), OPTIONS, PROJECTOR);
          assertThat(picture.tensor()).isPresent();
          assertThat(picture.slices()).isEqualTo(20_000);
          assertThat(picture.notes()).extracting(Note::kind).contains(Note.Kind.LIMIT);
        });
  }

  @Test
  void a_huge_frame_without_its_bytes_is_refused_before_memory_is_taken() {
    MadeUp image = MadeUp.image("CT", 1, 8000, 8000).frame((short) 1);

    SeriesPicture picture = SeriesPicture.of(MadeUp.series(List.of(image)), OPTIONS, PROJECTOR);

    assertThat(picture.reason()).contains("frame holds 2 bytes");
  }
}
