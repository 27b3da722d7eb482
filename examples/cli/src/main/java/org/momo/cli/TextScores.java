package org.momo.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.momo.StudyClassifier;
import org.momo.decision.Catalogue;
import org.momo.decision.Decision;
import org.momo.evaluation.Truth;
import org.momo.evaluation.Verdict;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * Verdicts on labelled texts, each read as the description of a study of which nothing else is
 * known, counted by group and by what answered.
 */
final class TextScores {
  private static final String SOURCE = "source ";
  private static final int FEW = 20;

  private final Map<String, Map<String, Map<Verdict, Integer>>> counts = new LinkedHashMap<>();

  /** What a classifier's answer to a text is worth. */
  static Verdict verdict(StudyClassifier classifier, LabelledTexts.Row row, int number) {
    Catalogue catalogue = classifier.catalogue();
    Map<Integer, String> values =
        Map.of(
            Tag.STUDY_INSTANCE_UID, "2.25." + number,
            Tag.SERIES_INSTANCE_UID, "2.25." + number + ".1",
            Tag.SOP_INSTANCE_UID, "2.25." + number + ".2",
            Tag.MODALITY, row.modality(),
            Tag.STUDY_DESCRIPTION, row.text().text());
    Header header =
        Header.of(tag -> values.containsKey(tag) ? new String[] {values.get(tag)} : null);
    Study study = Study.group(List.of(Instance.of(header))).get(0);
    Decision decision = classifier.classify(study).decision();
    return row.region().equals("-")
        ? decision instanceof Decision.Decided ? Verdict.MAJOR : Verdict.RIGHT
        : Truth.ofRegions(row.region())
            .judge(
                decision instanceof Decision.Decided decided ? decided.studyClass() : null,
                catalogue);
  }

  /** Counts a verdict for the text's source, language and kind of label, and for all. */
  void count(String pipeline, LabelledTexts.Row row, Verdict verdict) {
    count("all", pipeline, verdict);
    if (!row.independence().isEmpty()) {
      count("labels " + row.independence(), pipeline, verdict);
    }
    if (!row.text().language().isEmpty()) {
      count("language " + row.text().language(), pipeline, verdict);
    }
    count(SOURCE + row.text().source(), pipeline, verdict);
  }

  /** Counts a verdict for a group. */
  void count(String group, String pipeline, Verdict verdict) {
    counts
        .computeIfAbsent(group, g -> new LinkedHashMap<>())
        .computeIfAbsent(pipeline, p -> new EnumMap<>(Verdict.class))
        .merge(verdict, 1, Integer::sum);
  }

  /** How many verdicts of a group and pipeline are right, and how many there are. */
  int[] right(String group, String pipeline) {
    Map<Verdict, Integer> all =
        counts.getOrDefault(group, Map.of()).getOrDefault(pipeline, Map.of());
    return new int[] {all.getOrDefault(Verdict.RIGHT, 0), sum(all)};
  }

  /** Prints a line for each group and pipeline; sources of few texts are left out. */
  void print(PrintWriter out, String heading) {
    List<List<String>> lines = new ArrayList<>();
    new TreeMap<>(counts)
        .forEach(
            (group, pipelines) ->
                pipelines.forEach(
                    (pipeline, verdicts) -> {
                      if (!group.startsWith(SOURCE) || sum(verdicts) >= FEW) {
                        lines.add(line(group, pipeline, verdicts));
                      }
                    }));
    TextTable.print(
        out,
        List.of(heading, "pipeline", "n", "decided %", "right %", "minor %", "major %"),
        lines);
  }

  private static List<String> line(String group, String pipeline, Map<Verdict, Integer> verdicts) {
    int all = sum(verdicts);
    int none = verdicts.getOrDefault(Verdict.NONE, 0);
    return List.of(
        group,
        pipeline,
        String.valueOf(all),
        percent(all - none, all),
        percent(verdicts.getOrDefault(Verdict.RIGHT, 0), all),
        percent(verdicts.getOrDefault(Verdict.MINOR, 0), all),
        percent(verdicts.getOrDefault(Verdict.MAJOR, 0), all));
  }

  private static int sum(Map<Verdict, Integer> verdicts) {
    return verdicts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static String percent(int part, int whole) {
    return String.format(Locale.ROOT, "%.2f", 100.0 * part / Math.max(1, whole));
  }
}
