package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.momo.evaluation.Kappa;
import org.momo.evaluation.Label;
import org.momo.evaluation.Labels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo kappa}: how far two people who labelled the same studies agree. */
@Command(
    name = "kappa",
    description = "Says how far two label files agree, and how far beyond chance.",
    mixinStandardHelpOptions = true)
final class KappaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "The labels of one rater.")
  private Path first;

  @Parameters(index = "1", paramLabel = "B", description = "The labels of another.")
  private Path second;

  @Option(names = "--list", description = "List the studies on which they differ.")
  private boolean list;

  @Override
  public Integer call() throws IOException {
    Map<String, Set<String>> a = read(first);
    Map<String, Set<String>> b = read(second);
    List<Set<String>> ofA = new ArrayList<>();
    List<Set<String>> ofB = new ArrayList<>();
    List<String> singleA = new ArrayList<>();
    List<String> singleB = new ArrayList<>();
    List<List<String>> differing = new ArrayList<>();
    a.forEach(
        (key, labels) -> {
          Set<String> others = b.get(key);
          if (others == null) {
            return;
          }
          ofA.add(labels);
          ofB.add(others);
          if (labels.size() == 1 && others.size() == 1) {
            singleA.add(labels.iterator().next());
            singleB.add(others.iterator().next());
          }
          if (Collections.disjoint(labels, others)) {
            differing.add(List.of(key, String.join("|", labels), String.join("|", others)));
          }
        });
    if (ofA.isEmpty()) {
      throw new CommandException(
          first + " and " + second + " label no study in common: compare their columns study.");
    }
    PrintWriter out = spec.commandLine().getOut();
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("at least one label in common", Kappa.ofSets(ofA, ofB)));
    if (!singleA.isEmpty()) {
      rows.add(row("one label each", Kappa.of(singleA, singleB)));
    }
    TextTable.print(
        out, List.of("rule", "studies", "agreement % (95 %)", "by chance %", "kappa (95 %)"), rows);
    if (list && !differing.isEmpty()) {
      out.println();
      TextTable.print(out, List.of("study", "A", "B"), differing);
    }
    spec.commandLine()
        .getErr()
        .println(
            ofA.size()
                + " studies labelled by both; by A alone: "
                + (a.size() - ofA.size())
                + ", by B alone: "
                + (b.size() - ofA.size()));
    return Momo.DECIDED;
  }

  private static Map<String, Set<String>> read(Path file) throws IOException {
    Map<String, Set<String>> labels = new LinkedHashMap<>();
    for (Label label : Labels.read(file).all()) {
      labels.put(label.key(), new TreeSet<>(label.truth().labels()));
    }
    return labels;
  }

  private static List<String> row(String rule, Kappa kappa) {
    return List.of(
        rule,
        Long.toString(kappa.agreement().of()),
        String.format(
            Locale.ROOT,
            "%.1f (%.1f-%.1f)",
            100 * kappa.agreement().value(),
            100 * kappa.agreement().interval().low(),
            100 * kappa.agreement().interval().high()),
        String.format(Locale.ROOT, "%.1f", 100 * kappa.expected()),
        String.format(
            Locale.ROOT,
            "%.3f (%.3f to %.3f)",
            kappa.kappa(),
            kappa.interval().low(),
            kappa.interval().high()));
  }
}
