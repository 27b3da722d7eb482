package org.momo.imaging.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.momo.decision.Catalogue;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.projection.Voxels;
import org.momo.spi.BuildContext;
import org.momo.spi.ConfigurationException;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Factory;
import org.momo.spi.InferenceBackend;
import org.momo.spi.Options;
import org.momo.spi.PixelDecoder;
import org.momo.spi.Preprocessor;
import org.momo.spi.PreprocessorContract;
import org.momo.spi.Registry;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;
import org.momo.spi.VoteRule;

class PreprocessorsTest {

  private static Tensor row(float... values) {
    return Tensor.of(values, 1, 1, values.length);
  }

  @Test
  void min_max_is_joint_over_channels() throws Exception {
    Tensor image = Tensor.of(new float[] {-1000, 0, 1000, 3000}, 2, 1, 2);
    assertThat(Preprocessors.minMax().process(image).data()).containsExactly(0, 0.25f, 0.5f, 1);
  }

  @Test
  void min_max_finds_a_constant_image_unsuitable() {
    assertThatThrownBy(() -> Preprocessors.minMax().process(row(7, 7, 7)))
        .isInstanceOf(UnsuitableImageException.class)
        .hasMessage("the image is constant: there is no range to normalise");
    assertThatThrownBy(() -> Preprocessors.minMax().process(row(7, Float.NaN)))
        .isInstanceOf(UnsuitableImageException.class)
        .hasMessage("the image has values that are not finite");
  }

  @Property
  void min_max_gives_zero_to_one_in_the_same_order(
      @ForAll @Size(min = 2, max = 40) float @FloatRange(min = -1e30f, max = 1e30f) [] values)
      throws Exception {
    try {
      float[] result = Preprocessors.minMax().process(row(values)).data();
      for (int i = 0; i < values.length; i++) {
        assertThat(result[i]).isBetween(0f, 1f);
        for (int j = 0; j < values.length; j++) {
          if (values[i] <= values[j]) {
            assertThat(result[i]).isLessThanOrEqualTo(result[j]);
          }
        }
      }
      assertThat(result).contains(0f).contains(1f);
    } catch (UnsuitableImageException e) {
      for (float value : values) {
        assertThat(value).isCloseTo(values[0], within(1e-5f * Math.abs(values[0]) * 1.01f));
      }
    }
  }

  @Test
  void min_max_does_not_take_what_resampling_leaves_of_an_empty_volume_for_a_picture() {
    for (int slices : new int[] {1, 3, 41}) {
      short[][] samples = new short[slices][100 * 60];
      for (short[] slice : samples) {
        Arrays.fill(slice, (short) -1000);
      }
      Tensor picture =
          Projector.builder().size(128).build().project(Voxels.ofShorts(samples, 100, 60));
      assertThatThrownBy(() -> Preprocessors.minMax().process(picture))
          .isInstanceOf(UnsuitableImageException.class)
          .hasMessageContaining("constant");
    }
  }

  @Test
  void imagenet_takes_mean_and_deviation_of_each_channel() throws Exception {
    Tensor image = Tensor.of(new float[] {0, 1, 0.456f, 0, 0.631f, 1}, 3, 1, 2);
    float[] result = Preprocessors.imageNet().process(image).data();
    float[] expected = {-2.1179f, 2.2489f, 0, -2.0357f, 1, 2.64f};
    for (int i = 0; i < 6; i++) {
      assertThat(result[i]).isCloseTo(expected[i], within(1e-4f));
    }
    assertThatThrownBy(() -> Preprocessors.imageNet().process(row(1)))
        .isInstanceOf(UnsuitableImageException.class)
        .hasMessage("imagenet needs 3 channels: were 1");
  }

  @Test
  void imagenet_refuses_an_image_that_nothing_has_normalised() throws Exception {
    Tensor raw = Tensor.of(new float[] {-1024, 3071, 0, 40, 300, 5}, 3, 1, 2);

    assertThatThrownBy(() -> Preprocessors.imageNet().process(raw))
        .isInstanceOf(UnsuitableImageException.class)
        .hasMessage(
            "imagenet takes values between 0 and 1: were -1024.0 to 3071.0;"
                + " a step before it must normalise them");
    for (Preprocessor first : List.of(Preprocessors.minMax(), Preprocessors.window(40, 400))) {
      for (float value :
          Preprocessors.chain(List.of(first, Preprocessors.imageNet())).process(raw).data()) {
        assertThat(value).isBetween(-2.12f, 2.65f);
      }
    }
  }

  @Test
  void window_gives_zero_to_one() throws Exception {
    assertThat(Preprocessors.window(40, 400).process(row(-1000, -160, -60, 40, 240, 3000)).data())
        .containsExactly(0, 0, 0.25f, 0.5f, 1, 1);
  }

  @Test
  void percentiles_lie_between_values_in_proportion() throws Exception {
    // Of 0 to 10, 5 per cent is 0.5 and 75 per cent 7.5.
    float[] values = {10, 0, 5, 1, 9, 2, 8, 3, 7, 4, 6};
    assertThat(Preprocessors.percentileClip(5, 75).process(row(values)).data())
        .containsExactly(7.5f, 0.5f, 5, 1, 7.5f, 2, 7.5f, 3, 7, 4, 6);
    assertThat(Preprocessors.percentileClip(0, 100).process(row(values)).data()).isEqualTo(values);
  }

  @Test
  void clahe_of_an_even_ramp_is_the_ramp() throws Exception {
    float[] ramp = new float[1024];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i / 1024f;
    }
    float[] result = Preprocessors.clahe(1, 4).process(row(ramp)).data();
    for (int i = 0; i < ramp.length; i++) {
      assertThat(result[i]).isCloseTo(ramp[i], within(1e-5f));
    }
  }

  @Test
  void clahe_equalises_without_a_limit_and_leaves_alone_with_the_least() throws Exception {
    // Half of the pixels in bin 64, half in bin 192, each in the middle of its bin.
    float low = 64.5f / 256;
    float high = 192.5f / 256;
    Tensor image = row(low, high, low, high);
    assertThat(Preprocessors.clahe(1, 256).process(image).data())
        .containsExactly(0.25f, 0.75f, 0.25f, 0.75f);
    float[] limited = Preprocessors.clahe(1, 1).process(image).data();
    assertThat(limited[0]).isCloseTo(low, within(0.004f));
    assertThat(limited[1]).isCloseTo(high, within(0.004f));
  }

  @Test
  void clahe_raises_the_contrast_of_a_dull_region() throws Exception {
    float[] dull = new float[64 * 64];
    for (int i = 0; i < dull.length; i++) {
      dull[i] = 0.5f + 0.02f * ((i * 7919) % 64) / 64;
    }
    float[] result = Preprocessors.clahe(4, 40).process(Tensor.of(dull, 1, 64, 64)).data();
    float least = 1;
    float most = 0;
    for (float value : result) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    assertThat(most - least).isGreaterThan(0.3f);
  }

  @Test
  void crop_to_body_stretches_what_is_above_the_threshold() throws Exception {
    float[] image = new float[8 * 8];
    Arrays.fill(image, -1000);
    for (int y = 2; y < 6; y++) {
      for (int x = 3; x < 7; x++) {
        image[y * 8 + x] = 100;
      }
    }
    assertThat(Preprocessors.cropToBody(-300, 0).process(Tensor.of(image, 1, 8, 8)).data())
        .containsOnly(100f);
    assertThat(Preprocessors.cropToBody(-300, 8).process(Tensor.of(image, 1, 8, 8)).data())
        .isEqualTo(image);
    assertThatThrownBy(() -> Preprocessors.cropToBody(200, 0).process(Tensor.of(image, 1, 8, 8)))
        .isInstanceOf(UnsuitableImageException.class)
        .hasMessage("channel 0 has no value above 200.0: there is no body");
  }

  @Test
  void resize_halves_by_triangles_and_doubles_by_lines() throws Exception {
    // Weights 1/8 3/8 3/8 1/8 inside; at the edge 3/7 3/7 1/7 of what is there.
    float[] half = Preprocessors.resize(1, 2).process(row(0, 7, 14, 21)).data();
    assertThat(half[0]).isCloseTo(5, within(1e-5f));
    assertThat(half[1]).isCloseTo(16, within(1e-5f));
    float[] twice = Preprocessors.resize(1, 4).process(row(0, 8)).data();
    assertThat(twice).containsExactly(0, 2, 6, 8);
  }

  @Property
  void resize_stays_in_the_range_and_keeps_constants(
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 20) int columns,
      @ForAll @FloatRange(min = -3000, max = 3000) float value)
      throws Exception {
    Tensor image = Tensor.of(new float[] {value, value, value, value, value, value}, 1, 2, 3);
    Tensor result = Preprocessors.resize(rows, columns).process(image);
    assertThat(result.shape()).containsExactly(1, rows, columns);
    for (float each : result.data()) {
      assertThat(each).isCloseTo(value, within(1e-3f));
    }
  }

  @Test
  void replicate_repeats_one_channel() throws Exception {
    Tensor result = Preprocessors.replicate(3).process(row(1, 2));
    assertThat(result.shape()).containsExactly(3, 1, 2);
    assertThat(result.data()).containsExactly(1, 2, 1, 2, 1, 2);
    assertThat(Preprocessors.replicate(3).process(result)).isSameAs(result);
    assertThatThrownBy(() -> Preprocessors.replicate(2).process(result))
        .isInstanceOf(UnsuitableImageException.class)
        .hasMessage("replicate[2] needs 1 or 2 channels: were 3");
  }

  @Test
  void another_shape_is_unsuitable() {
    assertThatThrownBy(() -> Preprocessors.minMax().process(Tensor.of(new float[4], 1, 1, 2, 2)))
        .isInstanceOf(UnsuitableImageException.class)
        .hasMessage(
            "an image must have the shape [channels, rows, columns]: was Tensor[1, 1, 2, 2]");
  }

  @Test
  void a_configuration_builds_a_chain() throws Exception {
    Map<String, Object> window = Map.of("name", "window", "centre", 40, "width", 400);
    Options options =
        Options.of("network", Map.of("steps", List.of(window, "min-max", "replicate")));
    Preprocessor chain = new Contributed().preprocessor("chain", options);
    options.requireAllRead();
    assertThat(chain).hasToString("chain[window[centre 40.0, width 400.0], min-max, replicate[3]]");
    assertThat(chain.process(row(-60, 140)).data()).containsExactly(0, 1, 0, 1, 0, 1);
  }

  @Test
  void a_wrong_configuration_says_where() {
    Contributed contributed = new Contributed();
    assertThatThrownBy(
            () -> contributed.preprocessor("window", Options.of("step 2", Map.of("width", 4))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("step 2 needs the option 'centre'");
    assertThatThrownBy(
            () ->
                contributed.preprocessor(
                    "percentile-clip", Options.of("step 2", Map.of("lower", 99.9))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("step 2: upper must be greater than lower: were 99.5 and 99.9");
    assertThatThrownBy(() -> contributed.preprocessor("chain", Options.none("step 2")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("step 2 needs the option 'steps'");
  }

  @Test
  void all_are_offered_by_name() {
    assertThat(new Contributed().factories.keySet())
        .containsExactly(
            "min-max",
            "imagenet",
            "window",
            "percentile-clip",
            "clahe",
            "crop-to-body",
            "resize",
            "replicate",
            "chain");
  }

  @Nested
  class MinMaxContract extends PreprocessorContract {
    @Override
    protected Preprocessor preprocessor() {
      return Preprocessors.minMax();
    }
  }

  @Nested
  class ImageNetContract extends PreprocessorContract {
    @Override
    protected Preprocessor preprocessor() {
      return Preprocessors.imageNet();
    }

    @Override
    protected List<Tensor> images() {
      return super.images().stream()
          .map(
              image -> {
                try {
                  return Preprocessors.minMax().process(image);
                } catch (UnsuitableImageException e) {
                  throw new AssertionError(e);
                }
              })
          .toList();
    }
  }

  @Nested
  class WindowContract extends PreprocessorContract {
    @Override
    protected Preprocessor preprocessor() {
      return Preprocessors.window(40, 400);
    }
  }

  @Nested
  class PercentileClipContract extends PreprocessorContract {
    @Override
    protected Preprocessor preprocessor() {
      return Preprocessors.percentileClip(1, 99);
    }
  }

  @Nested
  class ClaheContract extends PreprocessorContract {
    @Override
    protected Preprocessor preprocessor() {
      return Preprocessors.chain(List.of(Preprocessors.minMax(), Preprocessors.clahe(8, 2)));
    }
  }

  @Nested
  class CropToBodyContract extends PreprocessorContract {
    @Override
    protected Preprocessor preprocessor() {
      return Preprocessors.cropToBody(-300, 2);
    }
  }

  @Nested
  class ResizeContract extends PreprocessorContract {
    @Override
    protected Preprocessor preprocessor() {
      return Preprocessors.resize(20, 24);
    }
  }

  @Nested
  class ReplicateContract extends PreprocessorContract {
    @Override
    protected Preprocessor preprocessor() {
      return Preprocessors.replicate(3);
    }
  }

  /** What was contributed, and a context that leans on it. */
  private static final class Contributed implements Registry, BuildContext {
    private final Map<String, Factory<? extends Preprocessor>> factories = new LinkedHashMap<>();

    Contributed() {
      Preprocessors.contribute(this);
    }

    @Override
    public void preprocessor(String name, Factory<? extends Preprocessor> factory) {
      factories.put(name, factory);
    }

    @Override
    public Preprocessor preprocessor(String name, Options options) {
      return factories.get(name).create(options, this);
    }

    @Override
    public void layer(String name, Factory<? extends DecisionLayer> factory) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public void rule(String name, Factory<? extends VoteRule> factory) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public void backend(String name, Factory<? extends InferenceBackend> factory) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public void decoder(String name, Factory<? extends PixelDecoder> factory) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public Catalogue catalogue() {
      throw new UnsupportedOperationException("no catalogue");
    }

    @Override
    public Path baseFolder() {
      throw new UnsupportedOperationException("no folder");
    }

    @Override
    public InferenceBackend backend(String name, Options options) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public List<PixelDecoder> decoders() {
      return List.of();
    }
  }
}
