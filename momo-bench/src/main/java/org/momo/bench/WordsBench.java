package org.momo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.momo.catalogue.Catalogues;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;
import org.momo.metadata.words.Reading;
import org.momo.metadata.words.WordsMatcher;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reads the same descriptions with the default catalogue and with larger ones, each in a JVM that
 * holds no other.
 *
 * <p>Run by {@code momo-bench/ratios words-scaling}.
 *
 * <p>This class is not thread-safe.
 */
public class WordsBench {
  private static final String[] DESCRIPTIONS = {
    "CT CHEST ABDOMEN PELVIS W CONTRAST",
    "MRI LUMBAR SPINE WITHOUT CONTRAST",
    "Thorax p.a. liegend",
    "MRT Kniegelenk links nativ",
    "IRM cérébrale sans injection",
    "TC addome completo senza e con mdc",
    "RM DE COLUMNA LUMBOSACRA SIMPLE",
    "XR HAND 3 VIEWS RT",
    "US ABDOMEN LIMITED RUQ",
    "PET CT SKULL BASE TO MID THIGH",
    "Halswirbelsäule in 2 Ebenen",
    "Radiografia de tórax PA e perfil",
    "TK jamy brzusznej i miednicy bez kontrastu",
    "BT, Beyin, kontrastsız",
    "MG SCREENING BILATERAL TOMO",
    "Thorax^ROUTINE_CHEST_WO (Adult)",
    "CTA HEAD AND NECK W/WO",
    "Ax T1 post",
    "NM BONE SCAN WHOLE BODY",
    "ECHO TRANSTHORACIC COMPLETE",
    "Angio-CT Becken-Bein",
    "Échographie-doppler des membres inférieurs",
    "DSA Hirngefässe",
    "XR LOWER EXTREM. RT W/JT INFANT 2V",
  };
  private static final String[] GROUPS = {
    "CT", "MR", "XR", "MR", "MR", "CT", "MR", "XR", "US", "PT", "XR", "XR",
    "CT", "CT", "MG", "CT", "CT", "MR", "NM", "US", "CT", "US", "XA", "XR",
  };

  /** The descriptions, and a matcher to read them. */
  static final class Texts {
    private final WordsMatcher words;

    private Texts(WordsMatcher words) {
      this.words = words;
    }

    /** With a catalogue of {@code times} the size of the default one, made of made-up words. */
    static Texts of(int times) {
      Catalogue base = Catalogues.named("default");
      Catalogue.Builder catalogue = base.toBuilder();
      long seed = 42;
      for (int copy = 1; copy < times; copy++) {
        for (StudyClass studyClass : base.classes()) {
          catalogue.add(
              StudyClass.builder(studyClass.code() + "." + copy, studyClass.modality())
                  .regions(studyClass.regions())
                  .focus("F" + copy)
                  .build());
        }
        for (Concept concept : base.concepts()) {
          if (concept.kind() != Concept.Kind.ORGAN && concept.kind() != Concept.Kind.REGION) {
            continue;
          }
          List<String> made = new ArrayList<>();
          int count = concept.terms().values().stream().mapToInt(List::size).sum();
          for (int i = 0; i < count * 2; i++) {
            StringBuilder word = new StringBuilder("zq");
            seed = seed * 6364136223846793005L + 1442695040888963407L;
            long bits = seed >>> 16;
            for (int k = 0; k < 7; k++) {
              word.append((char) ('a' + bits % 26));
              bits /= 26;
            }
            made.add(word.toString());
          }
          catalogue.add(
              new Concept(
                  concept.id() + "_" + copy,
                  concept.kind(),
                  Set.of(Region.CHEST),
                  null,
                  concept.modalities(),
                  List.of(),
                  Map.of("en", made)));
        }
      }
      return new Texts(WordsMatcher.of(catalogue.build()));
    }

    int size() {
      return DESCRIPTIONS.length;
    }

    String text(int i) {
      return DESCRIPTIONS[i];
    }

    Reading read(int i) {
      return words.read(DESCRIPTIONS[i], GROUPS[i]);
    }

    void readAll(Blackhole sink) {
      for (int i = 0; i < DESCRIPTIONS.length; i++) {
        sink.consume(read(i));
      }
    }
  }

  /**
   * The default catalogue.
   *
   * <p>This class is not thread-safe.
   */
  @State(Scope.Thread)
  public static class One {
    private final Texts texts = Texts.of(1);
  }

  /**
   * Ten times the default catalogue.
   *
   * <p>This class is not thread-safe.
   */
  @State(Scope.Thread)
  public static class Ten {
    private final Texts texts = Texts.of(10);
  }

  /**
   * A hundred times the default catalogue.
   *
   * <p>This class is not thread-safe.
   */
  @State(Scope.Thread)
  public static class Hundred {
    private final Texts texts = Texts.of(100);
  }

  /**
   * Reads all descriptions with the default catalogue.
   *
   * @param state the matcher
   * @param sink takes what was read
   */
  @Benchmark
  public void defaultCatalogue(One state, Blackhole sink) {
    state.texts.readAll(sink);
  }

  /**
   * Reads all descriptions with a catalogue ten times as large.
   *
   * @param state the matcher
   * @param sink takes what was read
   */
  @Benchmark
  public void tenTimes(Ten state, Blackhole sink) {
    state.texts.readAll(sink);
  }

  /**
   * Reads all descriptions with a catalogue a hundred times as large.
   *
   * @param state the matcher
   * @param sink takes what was read
   */
  @Benchmark
  public void hundredTimes(Hundred state, Blackhole sink) {
    state.texts.readAll(sink);
  }
}
