package org.momo.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.momo.StudyClassifier;
import org.momo.catalogue.Catalogues;
import org.momo.decision.Candidate;
import org.momo.decision.Catalogue;
import org.momo.decision.Decision;
import org.momo.decision.StudyClass;
import org.momo.evaluation.Calibration;
import org.momo.evaluation.Verdict;
import org.momo.study.Study;

/**
 * Holds what the metadata layers answer against labelled data: {@code momo-bench/accuracy
 * [NAME...]} with {@code studies}, {@code texts}, {@code texts-unseen} (each source with a
 * catalogue without the words that no other source has), {@code series} or {@code
 * series-body-part}.
 *
 * <p>Prints for each set how often the answers are right, how right they are for what confidence
 * they state, and what each threshold would buy. Data that are absent are skipped, and said to be.
 *
 * <p>This class is thread-safe.
 */
public final class Accuracy {
  private static final double THRESHOLD = 0.6;
  private static final int BINS = 10;
  private static final String NEW_SOURCE = "texts-new-source";
  private static final String NEW_ROWS = "texts-new-rows";

  private Accuracy() {}

  /** A set of labelled studies. */
  private interface Set {
    List<Labelled> read(Path data) throws IOException;
  }

  /** What was answered, how surely, and how good that is. */
  private record Answer(Labelled asked, double confidence, Verdict verdict) {}

  /**
   * Reports on the sets that the arguments name, or on all.
   *
   * @param args names of sets
   * @throws IOException if data cannot be read
   */
  public static void main(String[] args) throws IOException {
    Map<String, Set> sets = new TreeMap<>();
    sets.put("studies", Labelled::studies);
    sets.put("texts", Labelled::texts);
    sets.put(NEW_SOURCE, Labelled::texts);
    sets.put(NEW_ROWS, Labelled::texts);
    sets.put("series", data -> Labelled.series(data, false));
    sets.put("series-body-part", data -> Labelled.series(data, true));
    List<String> names = args.length == 0 ? List.copyOf(sets.keySet()) : List.of(args);
    Optional<Path> data = data();
    for (String name : names) {
      Set set = sets.get(name);
      if (set == null) {
        System.err.printf("There is no set %s; there are %s.%n", name, sets.keySet());
        System.exit(1);
      } else if (data.isEmpty()) {
        System.out.printf(
            "%s: skipped, there is no folder shared/data beside the checkout%n", name);
      } else if (name.equals(NEW_SOURCE)) {
        report(name, unseen(data.get(), (row, source) -> source), System.out);
      } else if (name.equals(NEW_ROWS)) {
        report(name, unseen(data.get(), (row, source) -> "tenth " + row % 10), System.out);
      } else {
        report(name, answers(set.read(data.get()), Catalogues.named("default")), System.out);
      }
    }
  }

  private static Optional<Path> data() {
    String named = System.getProperty("momo.shared", System.getenv("momo.shared"));
    Path shared =
        named != null
            ? Path.of(named)
            : Path.of(System.getProperty("momo.root", "")).toAbsolutePath().resolve("../shared");
    Path data = shared.normalize().resolve("data");
    return Files.isDirectory(data) ? Optional.of(data) : Optional.empty();
  }

  /** Asks the recommended layers of metadata, without a threshold. */
  private static List<Answer> answers(List<Labelled> cases, Catalogue catalogue) {
    List<Answer> answers = new ArrayList<>();
    try (StudyClassifier momo =
        StudyClassifier.builder()
            .catalogue(catalogue)
            .layer("metadata.procedure-code")
            .layer("metadata.description-exact")
            .layer("metadata.evidence", Map.of("abstain-below", 0.0))
            .build()) {
      for (Labelled asked : cases) {
        answers.add(answer(momo, asked));
      }
    }
    return answers;
  }

  /** Each part of the texts as if its own words had never been seen. */
  private static List<Answer> unseen(Path data, BiFunction<Integer, String, String> part)
      throws IOException {
    Unseen unseen = new Unseen(Catalogues.named("default"), Labelled.textsByPart(data, part));
    Map<String, List<Labelled>> parts = new TreeMap<>();
    for (Labelled asked : Labelled.texts(data)) {
      parts
          .computeIfAbsent(part.apply(asked.row(), asked.source()), p -> new ArrayList<>())
          .add(asked);
    }
    List<Answer> answers = new ArrayList<>();
    parts.forEach((name, own) -> answers.addAll(answers(own, unseen.without(name))));
    return answers;
  }

  private static Answer answer(StudyClassifier momo, Labelled asked) {
    Study study = asked.study();
    Decision decision = momo.classify(study).decision();
    List<Candidate> candidates =
        decision instanceof Decision.Undecided undecided ? undecided.candidates() : List.of();
    @Nullable StudyClass said =
        decision instanceof Decision.Decided decided
            ? decided.studyClass()
            : candidates.isEmpty() ? null : candidates.get(0).studyClass();
    double confidence =
        decision instanceof Decision.Decided decided
            ? decided.confidence()
            : candidates.isEmpty() ? 0 : candidates.get(0).share();
    Catalogue catalogue = momo.catalogue();
    return new Answer(asked, confidence, asked.truth().judge(said, catalogue));
  }

  private static void report(String name, List<Answer> answers, PrintStream out) {
    out.printf("%n%s: answers of confidence %.2f or more%n", name, THRESHOLD);
    out.printf(
        "%-36s %6s %9s %14s %10s %8s %8s%n",
        "group", "n", "decided %", "right/decided", "right/all", "minor %", "major %");
    Map<String, List<Answer>> groups = new TreeMap<>();
    groups.put("all", answers);
    for (Answer answer : answers) {
      for (String group : answer.asked().groups()) {
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(answer);
      }
    }
    groups.forEach((group, some) -> row(group, some, THRESHOLD, out));
    calibration(answers, out);
    out.printf("thresholds%n");
    for (int percent = 0; percent <= 95; percent += 5) {
      row(String.format(Locale.ROOT, "%.2f", percent / 100.0), answers, percent / 100.0, out);
    }
    chosenByOthers(answers, out);
  }

  private static void row(String group, List<Answer> answers, double threshold, PrintStream out) {
    Map<Verdict, Integer> counts = counts(answers, threshold);
    int all = answers.size();
    int decided = all - counts.getOrDefault(Verdict.NONE, 0);
    int right = counts.getOrDefault(Verdict.RIGHT, 0);
    out.printf(
        Locale.ROOT,
        "%-36s %6d %9.1f %14.1f %10.1f %8.1f %8.1f%n",
        group,
        all,
        percent(decided, all),
        percent(right, decided),
        percent(right, all),
        percent(counts.getOrDefault(Verdict.MINOR, 0), all),
        percent(counts.getOrDefault(Verdict.MAJOR, 0), all));
  }

  private static Map<Verdict, Integer> counts(List<Answer> answers, double threshold) {
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (Answer answer : answers) {
      counts.merge(
          answer.confidence() >= threshold ? answer.verdict() : Verdict.NONE, 1, Integer::sum);
    }
    return counts;
  }

  private static void calibration(List<Answer> answers, PrintStream out) {
    List<Answer> given = answers.stream().filter(a -> a.verdict() != Verdict.NONE).toList();
    double[] stated = given.stream().mapToDouble(Answer::confidence).toArray();
    boolean[] right = new boolean[stated.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = given.get(i).verdict() == Verdict.RIGHT;
    }
    Calibration calibration = Calibration.of(stated, right, BINS);
    out.printf(
        Locale.ROOT,
        "calibration: expected error %.3f, Brier score %.3f%n",
        calibration.expectedError(),
        calibration.brier());
    for (Calibration.Bin bin : calibration.bins()) {
      if (bin.right().of() > 0) {
        out.printf(
            Locale.ROOT,
            "  %.1f to %.1f: %5d answers, stated %.3f, right %.3f%n",
            bin.low(),
            bin.high(),
            bin.right().of(),
            bin.meanConfidence(),
            bin.right().value());
      }
    }
  }

  /** What is right at thresholds that were each chosen on all other sources. */
  private static void chosenByOthers(List<Answer> answers, PrintStream out) {
    Map<String, List<Answer>> sources = new TreeMap<>();
    answers.forEach(
        a -> sources.computeIfAbsent(a.asked().source(), s -> new ArrayList<>()).add(a));
    Map<Verdict, Integer> total = new EnumMap<>(Verdict.class);
    Map<Double, Integer> chosen = new TreeMap<>();
    for (List<Answer> own : sources.values()) {
      List<Answer> others =
          answers.stream().filter(a -> !a.asked().source().equals(source(own))).toList();
      double threshold = lowestSafe(others);
      chosen.merge(threshold, 1, Integer::sum);
      counts(own, threshold).forEach((verdict, n) -> total.merge(verdict, n, Integer::sum));
    }
    out.printf(
        Locale.ROOT,
        "thresholds chosen without the source (at most 3 %% major): %s: right %.1f %%, major %.1f"
            + " %%, undecided %.1f %%%n",
        chosen,
        percent(total.getOrDefault(Verdict.RIGHT, 0), answers.size()),
        percent(total.getOrDefault(Verdict.MAJOR, 0), answers.size()),
        percent(total.getOrDefault(Verdict.NONE, 0), answers.size()));
  }

  private static String source(List<Answer> own) {
    return own.get(0).asked().source();
  }

  private static double lowestSafe(List<Answer> answers) {
    for (int percent = 0; percent < 100; percent += 5) {
      int major = counts(answers, percent / 100.0).getOrDefault(Verdict.MAJOR, 0);
      if (percent(major, answers.size()) <= 3) {
        return percent / 100.0;
      }
    }
    return 1;
  }

  private static double percent(int part, int whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }
}
