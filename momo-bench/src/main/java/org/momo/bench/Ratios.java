package org.momo.bench;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

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
  static final List<Ratio> ALL =
      List.of(
          new ProjectionsVsC(),
          new ProjectionsTwoThreads(),
          new ProjectionsMemory(),
          new ProjectionsVsScipy(),
          new SeriesVsRead(),
          new SeriesVsDecode(),
          new StudyPipelined(),
          new StudyVsOriginal(),
          new MatcherVsNaive(),
          new WordsScaling(),
          new Classify1000(),
          new HeadersVsOpen(),
          new HeadersVsScanner(),
          new HeadersVsPydicom(),
          new HeadersMillion(),
          new OnnxVsPython());

  private Ratios() {}

  /**
   * Runs the ratios that the arguments name.
   *
   * @param args {@code quick}, if wanted, and names of ratios
   */
  public static void main(String[] args) {
    System.exit(run(ALL, List.of(args), System.out, System.err));
  }

  static int run(List<Ratio> all, List<String> args, PrintStream out, PrintStream err) {
    List<String> names = new ArrayList<>(args);
    boolean quick = names.removeIf("quick"::equals);
    List<String> known = all.stream().map(Ratio::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        err.print(
            "There is no ratio named '%s'. The ratios are: %s.\n"
                .formatted(name, String.join(", ", known)));
        return 1;
      }
    }
    boolean failed = false;
    for (Ratio ratio : all) {
      if (names.isEmpty() || names.contains(ratio.name())) {
        err.print("Measuring " + ratio.name() + " ...\n");
        String line;
        try {
          line = line(ratio.measure(quick));
        } catch (Exception e) {
          failed = true;
          line = "- failed: " + e;
          e.printStackTrace(err);
        }
        out.print(ratio.name() + " " + line + "\n");
        out.flush();
      }
    }
    return failed ? 1 : 0;
  }

  private static String line(Ratio.Outcome outcome) {
    if (outcome instanceof Ratio.Measured measured) {
      BigDecimal value = BigDecimal.valueOf(measured.value()).round(new MathContext(3));
      return value.toPlainString() + " " + measured.what();
    }
    return "- not measured: " + ((Ratio.NotMeasured) outcome).reason();
  }
}
