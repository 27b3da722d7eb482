package org.momo.imaging.volume;

import org.jspecify.annotations.Nullable;
import org.momo.study.Header;
import org.momo.study.Tag;

/**
 * The range of values that an image asks to be shown in (PS3.3 section C.11.2.1.2): what is below
 * is black, what is above is white.
 *
 * <p>This class is immutable.
 *
 * @param low in modality units
 * @param high in modality units, more than {@code low}
 */
public record DisplayWindow(double low, double high) {
  /**
   * Checks the range.
   *
   * @param low in modality units
   * @param high in modality units, more than {@code low}
   * @throws IllegalArgumentException if it is empty or not finite
   */
  public DisplayWindow {
    if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "a window must go from low to high: was " + low + " to " + high);
    }
  }

  /** The first window of a header, or null where it has none. */
  static @Nullable DisplayWindow read(Header header) {
    double centre = header.number(Tag.WINDOW_CENTER).orElse(Double.NaN);
    double width = header.number(Tag.WINDOW_WIDTH).orElse(Double.NaN);
    return Math.abs(centre) < 1e9 && width >= 1 && width < 1e9
        ? new DisplayWindow(centre - width / 2, centre + width / 2)
        : null;
  }
}
