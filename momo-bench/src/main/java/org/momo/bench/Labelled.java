package org.momo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.momo.dicom.DicomSources;
import org.momo.evaluation.Truth;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * A study and what it is, from the data for development.
 *
 * <p>This class is immutable.
 *
 * @param study the study
 * @param truth the accepted answers
 * @param source where the label comes from; what is split by, since rows of one source are alike
 * @param groups what reports count it under
 */
record Labelled(Study study, Truth truth, String source, List<String> groups) {
  private static final Pattern FOLDER = Pattern.compile("S\\d{3}");
  private static final String LABEL_BASIS = "label_basis";

  /** The real studies that are scored. Each comes from a collection of its own. */
  static List<Labelled> studies(Path data) throws IOException {
    Map<String, Map<String, String>> labels = new LinkedHashMap<>();
    rows(data.resolve("studies.labels.tsv"), (n, row) -> labels.put(get(row, "study"), row));
    List<Labelled> cases = new ArrayList<>();
    try (Stream<Study> studies = DicomSources.of(data.resolve("studies")).studies()) {
      studies.forEach(
          study -> {
            Matcher folder = FOLDER.matcher(study.source().orElse(""));
            if (folder.find() && labels.containsKey(folder.group())) {
              Map<String, String> row = labels.get(folder.group());
              if (get(row, "scored").equals("yes")) {
                cases.add(
                    new Labelled(
                        study,
                        Truth.ofRegions(get(row, "region")),
                        folder.group(),
                        List.of(get(row, "modality"))));
              }
            }
          });
    }
    return cases;
  }

  /** Procedure names whose labels are independent of the text, each a study description. */
  static List<Labelled> texts(Path data) throws IOException {
    List<Labelled> cases = new ArrayList<>();
    rows(
        data.resolve("text").resolve("procedure_names.tsv"),
        (n, row) -> {
          String modality = get(row, "modality").split("\\|")[0];
          if (isLabelled(get(row, "region"))
              && isLabelled(modality)
              && get(row, "independence").equals("independent")) {
            cases.add(
                new Labelled(
                    study(
                        n,
                        modality.equals("XR") || modality.equals("DXA") ? "DX" : modality,
                        Map.of(Tag.STUDY_DESCRIPTION, get(row, "text"))),
                    Truth.ofRegions(get(row, "region")),
                    get(row, "source"),
                    List.of(get(row, "language"))));
          }
        });
    return cases;
  }

  /**
   * All procedure names, labelled or not, of each source or of each tenth of the rows.
   *
   * @param part what part a row of a number and a source belongs to
   */
  static Map<String, List<String>> textsByPart(Path data, BiFunction<Integer, String, String> part)
      throws IOException {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    rows(
        data.resolve("text").resolve("procedure_names.tsv"),
        (n, row) ->
            texts
                .computeIfAbsent(part.apply(n, get(row, "source")), s -> new ArrayList<>())
                .add(get(row, "text")));
    return texts;
  }

  /** The number of a row of text that was made into a study. */
  int row() {
    String uid = study.uid();
    return Integer.parseInt(uid.substring(uid.lastIndexOf('.') + 1));
  }

  /**
   * Study and series descriptions of which the collection or an expert says what they are of.
   *
   * @param bodyPart whether Body Part Examined is told too
   */
  static List<Labelled> series(Path data, boolean bodyPart) throws IOException {
    List<Labelled> cases = new ArrayList<>();
    rows(
        data.resolve("text").resolve("series_metadata.tsv"),
        (n, row) -> {
          String basis = get(row, LABEL_BASIS);
          if (isLabelled(get(row, "true_region"))
              && (basis.startsWith("collection_strong") || basis.startsWith("expert_loinc"))) {
            Map<Integer, String> values = new LinkedHashMap<>();
            values.put(Tag.STUDY_DESCRIPTION, get(row, "study_description"));
            values.put(Tag.SERIES_DESCRIPTION, get(row, "series_description"));
            if (bodyPart) {
              values.put(Tag.BODY_PART_EXAMINED, get(row, "body_part_examined"));
            }
            cases.add(
                new Labelled(
                    study(n, get(row, "modality").split("[|]")[0], values),
                    Truth.ofRegions(get(row, "true_region")),
                    get(row, "source"),
                    List.of(
                        basis.startsWith("expert") ? "expert" : "collection",
                        basis.contains("dataset protocol")
                            ? "no anatomy in the text"
                            : "anatomy may be in the text")));
          }
        });
    return cases;
  }

  /** A study of one instance in each modality. */
  private static Study study(int number, String modalities, Map<Integer, String> values) {
    List<Instance> instances = new ArrayList<>();
    for (String modality : modalities.split(",")) {
      Map<Integer, String> all = new LinkedHashMap<>(values);
      all.put(Tag.STUDY_INSTANCE_UID, "2.25.1." + number);
      all.put(Tag.SERIES_INSTANCE_UID, "2.25.2." + number + "." + (instances.size() + 1));
      all.put(Tag.SOP_INSTANCE_UID, "2.25.3." + number + "." + (instances.size() + 1));
      all.put(Tag.MODALITY, modality.strip());
      all.values().removeIf(String::isEmpty);
      instances.add(
          Instance.of(
              Header.of(
                  tag -> {
                    String value = all.get(tag);
                    return value == null ? null : new String[] {value};
                  })));
    }
    return Study.group(instances).get(0);
  }

  private static boolean isLabelled(String value) {
    return !value.isEmpty() && !value.equals("*");
  }

  private static String get(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }

  /** Reads a table whose fields are separated by tabs and never quoted. */
  private static void rows(Path table, BiConsumer<Integer, Map<String, String>> each)
      throws IOException {
    List<String> lines = Files.readAllLines(table);
    String[] names = lines.get(0).split("\t", -1);
    for (int i = 1; i < lines.size(); i++) {
      String[] fields = lines.get(i).split("\t", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int f = 0; f < Math.min(names.length, fields.length); f++) {
        row.put(names[f], fields[f]);
      }
      each.accept(i, row);
    }
  }
}
