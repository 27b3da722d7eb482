package org.momo.imaging.preprocess;

import java.util.List;
import org.momo.spi.BuildContext;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Options;
import org.momo.spi.Preprocessor;
import org.momo.spi.Registry;

/**
 * The preprocessors that come with MOMO, for code and for configurations.
 *
 * <p>All take images of shape {@code [channels, rows, columns]}, say an {@linkplain
 * org.momo.spi.UnsuitableImageException unsuitable image} of any other, are immutable, give finite
 * values for finite ones, and the same bits for the same image.
 *
 * <p>This class is thread-safe.
 */
public final class Preprocessors {
  private static final double[] IMAGENET_MEAN = {0.485, 0.456, 0.406};
  private static final double[] IMAGENET_DEVIATION = {0.229, 0.224, 0.225};
  private static final double LARGE = 1e9;

  private Preprocessors() {}

  /**
   * Offers all of them to a registry: {@code min-max}, {@code imagenet}, {@code window}, {@code
   * percentile-clip}, {@code clahe}, {@code crop-to-body}, {@code resize}, {@code replicate} and
   * {@code chain}. Options are named as the parameters of the methods here, in words joined by
   * dashes; those without a default must be given.
   *
   * @param registry what takes them
   */
  public static void contribute(Registry registry) {
    registry.preprocessor("min-max", (options, context) -> minMax());
    registry.preprocessor("imagenet", (options, context) -> imageNet());
    registry.preprocessor(
        "window",
        (options, context) ->
            window(
                required(options, "centre", -LARGE, LARGE),
                required(options, "width", Float.MIN_NORMAL, LARGE)));
    registry.preprocessor("percentile-clip", (options, context) -> percentileClip(options));
    registry.preprocessor(
        "clahe",
        (options, context) ->
            clahe(options.integer("tiles", 8, 1, 64), options.number("limit", 2, 1, 256)));
    registry.preprocessor(
        "crop-to-body",
        (options, context) ->
            cropToBody(
                options.number("threshold", -300, -LARGE, LARGE),
                options.integer("margin", 8, 0, 4096)));
    registry.preprocessor(
        "resize",
        (options, context) ->
            resize(
                options.integer("rows", 224, 1, 4096), options.integer("columns", 224, 1, 4096)));
    registry.preprocessor(
        "replicate", (options, context) -> replicate(options.integer("channels", 3, 1, 64)));
    registry.preprocessor("chain", Preprocessors::chain);
  }

  /**
   * Shifts and scales so that the least value of all channels together becomes 0 and the largest 1,
   * as the published system does.
   *
   * @return takes any units and range; gives 0 to 1. A constant image is unsuitable, and so is one
   *     that is constant to a hundred-thousandth of its value, which is what resampling leaves
   */
  public static Preprocessor minMax() {
    return new MinMax();
  }

  /**
   * Subtracts the mean of ImageNet's red, green and blue and divides by their standard deviation.
   *
   * @return takes three channels of 0 to 1; gives -2.12 to 2.64, without a unit. An image of
   *     another range, such as one that no step before has normalised, is unsuitable
   */
  public static Preprocessor imageNet() {
    return new Standardise("imagenet", IMAGENET_MEAN, IMAGENET_DEVIATION);
  }

  /**
   * Cuts out a range of values, such as a window of a CT.
   *
   * @param centre the value that becomes 0.5, in the image's units, HU for CT
   * @param width how far apart the values are that become 0 and 1; greater than 0
   * @return takes any units; gives 0 to 1
   * @throws IllegalArgumentException if a number is not finite, or the width not positive
   */
  public static Preprocessor window(double centre, double width) {
    return new Window(centre, width);
  }

  /**
   * Holds values between two percentiles of all channels together. A percentile between two values
   * lies between them in proportion.
   *
   * @param lower percent of values below the least that stays, 0 to 100
   * @param upper percent of values below the largest that stays, greater than {@code lower}
   * @return takes any units and range; gives the same units and a part of the range
   * @throws IllegalArgumentException if the percentages are out of range or order
   */
  public static Preprocessor percentileClip(double lower, double upper) {
    return new PercentileClip(lower, upper);
  }

  /**
   * Evens out contrast locally, each channel for itself: histogram equalisation in tiles, with
   * limited contrast, blended between tile centres (Pizer 1987, Zuiderveld 1994).
   *
   * @param tiles how many tiles each side of the image is divided into, 1 or more
   * @param limit how many times its even share a histogram's bin may hold, 1 or more; what is above
   *     is shared out to all bins. 1 leaves values nearly as they are
   * @return takes 0 to 1, and holds values beyond to it; gives 0 to 1
   * @throws IllegalArgumentException if a number is less than 1, or the limit not finite
   */
  public static Preprocessor clahe(int tiles, double limit) {
    return new Clahe(tiles, limit);
  }

  /**
   * Cuts away what surrounds the body: each channel is cut to the smallest rectangle that holds all
   * values above a threshold, and brought back to its size as by {@link #resize}.
   *
   * @param threshold the largest value that is not body, in the image's units; -300 suits HU
   * @param margin how many pixels around the rectangle stay, 0 or more
   * @return takes any units and range; gives the same. An image with a channel that has no body is
   *     unsuitable
   * @throws IllegalArgumentException if the threshold is not finite or the margin negative
   */
  public static Preprocessor cropToBody(double threshold, int margin) {
    return new CropToBody(threshold, margin);
  }

  /**
   * Brings the image to a size. Pixels are areas: corner meets corner. Values between pixels are
   * interpolated linearly; where the image shrinks, each new pixel is a weighted mean (a triangle
   * as wide as two new pixels), so that nothing is skipped.
   *
   * @param rows 1 or more
   * @param columns 1 or more
   * @return takes any units and range; gives the same
   * @throws IllegalArgumentException if a number is less than 1
   */
  public static Preprocessor resize(int rows, int columns) {
    return new Resize(rows, columns);
  }

  /**
   * Repeats an image of one channel.
   *
   * @param channels how many channels there shall be, 1 or more
   * @return takes one channel, or as many as there shall be, which stay as they are; any other
   *     number is unsuitable. Units and range stay
   * @throws IllegalArgumentException if the number is less than 1
   */
  public static Preprocessor replicate(int channels) {
    return new Replicate(channels);
  }

  /**
   * One step after another.
   *
   * @param steps in the order in which they work; none leaves images as they are
   * @return takes what the first step takes; gives what the last gives. What a step gives must be
   *     what the next one takes: {@link #imageNet} refuses another range than its own, {@link
   *     #clahe} holds values to it, all others take any
   */
  public static Preprocessor chain(List<Preprocessor> steps) {
    return new Chain(steps);
  }

  private static Preprocessor percentileClip(Options options) {
    double lower = options.number("lower", 0.5, 0, 100);
    double upper = options.number("upper", 99.5, 0, 100);
    if (lower >= upper) {
      throw new ConfigurationException(
          "%s: upper must be greater than lower: were %s and %s"
              .formatted(options.where(), upper, lower));
    }
    return percentileClip(lower, upper);
  }

  private static Preprocessor chain(Options options, BuildContext context) {
    if (!options.has("steps")) {
      throw new ConfigurationException(options.where() + " needs the option 'steps'");
    }
    return chain(
        options.optionsList("steps").stream()
            .map(step -> context.preprocessor(step.requiredString("name"), step))
            .toList());
  }

  private static double required(Options options, String name, double least, double most) {
    if (!options.has(name)) {
      throw new ConfigurationException(options.where() + " needs the option '" + name + "'");
    }
    return options.number(name, least, least, most);
  }

  static double finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite: was " + value);
    }
    return value;
  }

  static int atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be " + least + " or more: was " + value);
    }
    return value;
  }
}
