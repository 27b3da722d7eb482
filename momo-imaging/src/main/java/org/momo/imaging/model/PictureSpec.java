package org.momo.imaging.model;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.momo.imaging.projection.Convention;
import org.momo.imaging.projection.Interpolation;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.volume.ImageOptions;
import org.momo.spi.Options;

/**
 * How a series becomes the picture of three channels that a network's preprocessors begin with.
 *
 * <p>This class is immutable.
 *
 * @param size rows and columns, 16 to 1024
 * @param convention which place of the input an output sample stands for
 * @param interpolation how values between samples are made
 * @param thinBelow from how many slices on a volume is projected, 0 or more
 * @param grey how colour becomes grey
 * @param repairs whether pixels are repaired, see {@link ImageOptions#withRepairs}
 */
public record PictureSpec(
    int size,
    Convention convention,
    Interpolation interpolation,
    int thinBelow,
    ImageOptions.Grey grey,
    boolean repairs) {

  /**
   * Checks the parts.
   *
   * @param size rows and columns, 16 to 1024
   * @param convention which place of the input an output sample stands for
   * @param interpolation how values between samples are made
   * @param thinBelow from how many slices on a volume is projected, 0 or more
   * @param grey how colour becomes grey
   * @param repairs whether pixels are repaired
   * @throws NullPointerException if a part is null
   * @throws IllegalArgumentException if a number is out of range
   */
  public PictureSpec {
    Objects.requireNonNull(convention, "convention");
    Objects.requireNonNull(interpolation, "interpolation");
    Objects.requireNonNull(grey, "grey");
    if (size < 16 || size > 1024) {
      throw new IllegalArgumentException("size must be between 16 and 1024: was " + size);
    }
    if (thinBelow < 0) {
      throw new IllegalArgumentException("thinBelow must be 0 or more: was " + thinBelow);
    }
  }

  static PictureSpec read(Options options, int height, int width) {
    return new PictureSpec(
        options.integer("size", Math.max(16, Math.min(1024, Math.max(height, width))), 16, 1024),
        Convention.valueOf(
            upper(options.choice("convention", "centred", List.of("centred", "published")))),
        Interpolation.valueOf(
            upper(options.choice("interpolation", "cubic", List.of("cubic", "linear", "nearest")))),
        options.integer("thin-below", 40, 0, 1_000_000),
        ImageOptions.Grey.valueOf(
            upper(options.choice("grey", "luminance", List.of("luminance", "mean")))),
        options.flag("repairs", true));
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  /**
   * What makes the picture.
   *
   * @return the projector
   */
  public Projector projector() {
    return Projector.builder()
        .size(size)
        .convention(convention)
        .interpolation(interpolation)
        .thinBelow(thinBelow)
        .build();
  }

  /**
   * How pixels are read for the picture.
   *
   * @param base says the rest: decoders, threads, limits
   * @return the options
   */
  public ImageOptions options(ImageOptions base) {
    return base.withGrey(grey).withRepairs(repairs);
  }
}
