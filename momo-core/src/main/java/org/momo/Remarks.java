package org.momo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * What is out of the ordinary in a study, for the trace: one line for each sort, with counts, and
 * nothing of the patient. The rule for each sort stands in the description of the package {@code
 * org.momo.dicom}.
 */
final class Remarks {
  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";
  private static final String MISSING = "missing:";

  private final Study study;
  private final Map<String, Integer> documents = new TreeMap<>();
  private final Set<String> patients = new HashSet<>();
  private final Set<String> contradicted = new HashSet<>();
  private int images;
  private int nameless;
  private int secondary;
  private int localisers;
  private int enhanced;
  private int repeated;
  private int seriesWithoutUid;
  private int unstated;

  private Remarks(Study study) {
    this.study = study;
  }

  /** The lines, in a fixed order; none for a study that has nothing out of the ordinary. */
  static List<String> of(Study study) {
    Remarks remarks = new Remarks(study);
    study.series().forEach(remarks::look);
    return remarks.lines();
  }

  private void look(Series series) {
    seriesWithoutUid += series.uid().startsWith(MISSING) ? 1 : 0;
    boolean isSecondary = false;
    boolean isEnhanced = false;
    Set<List<String>> places = new HashSet<>();
    int placed = 0;
    for (Instance instance : series.instances()) {
      Header header = instance.header();
      String storage = storage(header);
      header.string(Tag.PATIENT_ID).ifPresent(patients::add);
      nameless += instance.uid().isEmpty() ? 1 : 0;
      if (!instance.isImage()) {
        documents.merge(document(storage, header), 1, Integer::sum);
        continue;
      }
      images++;
      isSecondary |= storage.equals("7") || storage.startsWith("7.");
      isEnhanced |= isEnhanced(storage);
      if (isEnhanced(storage)) {
        for (Header frame : header.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE)) {
          for (Header plane : frame.items(Tag.PLANE_POSITION_SEQUENCE)) {
            placed += place(plane, places);
          }
        }
      } else {
        placed += place(header, places);
      }
      look(header, series.modality());
    }
    Header header = series.header();
    if (series.isImage()) {
      secondary += isSecondary ? 1 : 0;
      enhanced += isEnhanced ? 1 : 0;
      localisers += header.strings(Tag.IMAGE_TYPE).contains("LOCALIZER") ? 1 : 0;
      repeated += places.size() < placed ? 1 : 0;
    }
  }

  private static int place(Header header, Set<List<String>> places) {
    List<String> place = header.strings(Tag.IMAGE_POSITION_PATIENT);
    if (place.size() == 3) {
      places.add(place);
      return 1;
    }
    return 0;
  }

  private void look(Header header, String modality) {
    String stated = header.string(Tag.MODALITY).orElse("");
    if (stated.isEmpty()) {
      unstated++;
    } else if (!stated.equals(modality)) {
      contradicted.add(code(stated) + " for " + code(modality));
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    int series = study.series().size();
    if (study.uid().startsWith(MISSING)) {
      lines.add("there is no Study Instance UID; what agrees in its series is one study");
    }
    count(lines, seriesWithoutUid, "series have no Series Instance UID; one for each modality");
    count(lines, nameless, "instances have no SOP Instance UID; each counts");
    count(lines, study.duplicates(), "duplicates of an instance were dropped");
    if (patients.size() > 1) {
      lines.add(
          "images of "
              + patients.size()
              + " patients have one Study Instance UID; the UID decides what is one study");
    }
    if (!documents.isEmpty()) {
      lines.add(
          documents.values().stream().mapToInt(Integer::intValue).sum()
              + " objects are no images and do not vote: "
              + documents.entrySet().stream()
                  .map(entry -> entry.getValue() + " " + entry.getKey())
                  .collect(Collectors.joining(", ")));
    }
    count(lines, unstated, "of " + images + " images state no Modality; their SOP class counts");
    if (!contradicted.isEmpty()) {
      lines.add(
          "the stated Modality does not count where the rest of the series or the SOP class says"
              + " otherwise: "
              + contradicted.stream().sorted().limit(4).collect(Collectors.joining(", ")));
    }
    count(lines, enhanced, of(series) + "are enhanced multi-frame; their functional groups count");
    count(lines, secondary, of(series) + "are secondary captures");
    count(lines, localisers, of(series) + "are localisers");
    count(
        lines,
        repeated,
        of(series) + "show a place more than once (times, echoes, b-values or parts)");
    return lines;
  }

  private static String of(int series) {
    return "of " + series + " series ";
  }

  private static void count(List<String> lines, int count, String what) {
    if (count > 0) {
      lines.add(count + " " + what);
    }
  }

  private static String storage(Header header) {
    String sopClass = header.string(Tag.SOP_CLASS_UID).orElse("");
    return sopClass.startsWith(STORAGE) ? sopClass.substring(STORAGE.length()) : "";
  }

  /** The storage classes that describe their frames by functional groups (PS3.3 C.7.6.16). */
  private static boolean isEnhanced(String storage) {
    return switch (storage) {
      case "2.1",
          "2.2",
          "4.1",
          "4.3",
          "4.4",
          "6.2",
          "12.1.1",
          "12.2.1",
          "13.1.1",
          "13.1.2",
          "13.1.3",
          "13.1.4",
          "13.1.5",
          "14.1",
          "14.2",
          "30",
          "128.1",
          "130" ->
          true;
      default -> false;
    };
  }

  /** What to call an object that is no image: by its SOP class, else by its Modality. */
  private static String document(String storage, Header header) {
    if (storage.startsWith("88.59")) {
      return "KO";
    }
    int dot = storage.indexOf('.');
    return switch (dot < 0 ? storage : storage.substring(0, dot)) {
      case "88" -> "SR";
      case "11" -> "PR";
      case "9" -> "waveform";
      case "104" -> "encapsulated document";
      case "66" ->
          switch (storage) {
            case "66" -> "raw data";
            case "66.1", "66.2", "66.3" -> "REG";
            default -> "SEG";
          };
      case "481" ->
          switch (storage) {
            case "481.2" -> "RTDOSE";
            case "481.3" -> "RTSTRUCT";
            case "481.5", "481.8" -> "RTPLAN";
            default -> "RT";
          };
      default -> code(header.string(Tag.MODALITY).orElse(""));
    };
  }

  /** A code string as it may be shown: what is none could be anything. */
  private static String code(String text) {
    return text.matches("[A-Z][A-Z0-9_]{0,15}") ? text : "unnamed";
  }
}
