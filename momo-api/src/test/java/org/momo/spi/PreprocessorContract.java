package org.momo.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every preprocessor promises. A plugin's author extends this class, says how to make the
 * preprocessor, and inherits the tests.
 */
public abstract class PreprocessorContract {

  /**
   * Makes the preprocessor.
   *
   * @return a preprocessor as the configuration would build it
   */
  protected abstract Preprocessor preprocessor();

  /**
   * Images to try it on.
   *
   * @return images of shape {@code [3, h, w]} with values from -1024 to 3071; override where the
   *     step takes others
   */
  protected List<Tensor> images() {
    return List.of(image(1, 3, 16, 16), image(2, 3, 33, 17), image(3, 3, 1, 64));
  }

  /**
   * An image of noise.
   *
   * @param seed which noise
   * @param channels channels
   * @param height rows
   * @param width columns
   * @return values from -1024 to 3071
   */
  protected static Tensor image(long seed, int channels, int height, int width) {
    Random random = new Random(seed);
    float[] data = new float[channels * height * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextInt(4096) - 1024;
    }
    return Tensor.of(data, channels, height, width);
  }

  @Test
  @DisplayName("A preprocessor does not change the image that it is given")
  void leavesInputAlone() throws Exception {
    for (Tensor image : images()) {
      float[] before = image.data().clone();
      preprocessor().process(image);
      assertThat(image.data()).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("A preprocessor gives the same bits for the same image")
  void isDeterministic() throws Exception {
    for (Tensor image : images()) {
      Tensor first = preprocessor().process(image);
      Tensor second = preprocessor().process(image);
      assertThat(second.shape()).isEqualTo(first.shape());
      assertThat(second.data()).isEqualTo(first.data());
    }
  }

  @Test
  @DisplayName("A preprocessor gives finite values for finite values")
  void staysFinite() throws Exception {
    for (Tensor image : images()) {
      for (float value : preprocessor().process(image).data()) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  @DisplayName("A preprocessor bears a constant image, or says that it is unsuitable")
  void bearsConstantImage() {
    Tensor constant = Tensor.of(new float[3 * 8 * 8], 3, 8, 8);
    try {
      for (float value : preprocessor().process(constant).data()) {
        assertThat(value).isFinite();
      }
    } catch (UnsuitableImageException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }
}
