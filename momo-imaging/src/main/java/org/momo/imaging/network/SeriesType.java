package org.momo.imaging.network;

import java.util.Locale;
import java.util.regex.Pattern;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Tag;

/**
 * What makes two series the same sort of picture: their Series Description, or where there is none
 * their Protocol Name, but for its counts and sizes; without either, the size of their images.
 *
 * <p>{@code dyn_1} and {@code dyn_2} are one type, as are {@code Thorax 1.0} and {@code Thorax
 * 5.0}; {@code t1 ax} and {@code t2 ax} are two.
 */
final class SeriesType {
  private static final Pattern BREAKS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern COUNT =
      Pattern.compile("(?<![\\p{L}\\p{N}])\\p{N}+(?![\\p{L}\\p{N}])");
  private static final Pattern COUNTED = Pattern.compile("(\\p{L}{3,})\\p{N}+(?![\\p{L}\\p{N}])");
  private static final int LONGEST = 1024;

  private SeriesType() {}

  /** A text that is equal for series of one type; never shown, since it may name the patient. */
  static String of(Series series) {
    Header header = series.header();
    String text = words(header.string(Tag.SERIES_DESCRIPTION).orElse(""));
    if (text.isEmpty()) {
      text = words(header.string(Tag.PROTOCOL_NAME).orElse(""));
    }
    if (text.isEmpty()) {
      text = header.string(Tag.ROWS).orElse("?") + " by " + header.string(Tag.COLUMNS).orElse("?");
    }
    return series.modality() + " " + text;
  }

  private static String words(String text) {
    String some = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    String words = BREAKS.matcher(some.toLowerCase(Locale.ROOT)).replaceAll(" ");
    words = COUNT.matcher(words).replaceAll(" ");
    words = COUNTED.matcher(words).replaceAll("$1");
    return BREAKS.matcher(words).replaceAll(" ").strip();
  }
}
