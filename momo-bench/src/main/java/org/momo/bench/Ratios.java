package org.momo.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Measures ratios by name: {@code momo-bench/ratios [quick] [NAME...]}.
 *
 * <p>Prints {@code NAME VALUE what against what} on standard output, one line a ratio; {@code NAME
 * - not measured: reason} when a rival is missing; {@code NAME - failed: reason} when a side broke,
 * and then the exit code is 1. Progress goes to standard error. Without names, all ratios run.
 *
 * <p>This class is thread-safe.
 */
public final class Ratios {

  /** Every ratio there is, in the order in which they run. A new one is added here. */
  static final List<Ratio> ALL = List.of();

  private Ratios() {}

  /**
   * Runs the ratios that the arguments name.
   *
   * @param args {@code quick}, if wanted, and names of ratios
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) {
    List<String> words = new ArrayList<>(args);
    boolean quick = words.removeIf("quick"::equals);
    Set<String> wanted = new LinkedHashSet<>(words);
    Set<String> known = ALL.stream().map(Ratio::name).collect(Collectors.toSet());
    for (String name : wanted) {
      if (!known.contains(name)) {
        System.err.printf(
            "There is no ratio named '%s'. The ratios are: %s.%n",
            name, ALL.stream().map(Ratio::name).collect(Collectors.joining(", ")));
        return 1;
      }
    }
    boolean failed = false;
    for (Ratio ratio : ALL) {
      if (wanted.isEmpty() || wanted.contains(ratio.name())) {
        System.err.printf("Measuring %s ...%n", ratio.name());
        String line;
        try {
          line = line(ratio.measure(quick));
        } catch (Exception e) {
          failed = true;
          line = "- failed: " + e;
          e.printStackTrace();
        }
        System.out.println(ratio.name() + " " + line);
      }
    }
    return failed ? 1 : 0;
  }

  private static String line(Ratio.Outcome outcome) {
    if (outcome instanceof Ratio.Measured measured) {
      return String.format(Locale.ROOT, "%.3g %s", measured.value(), measured.what());
    }
    return "- not measured: " + ((Ratio.NotMeasured) outcome).reason();
  }
}
