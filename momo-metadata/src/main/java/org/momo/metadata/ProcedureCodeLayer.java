package org.momo.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Options;
import org.momo.study.Code;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/**
 * Looks procedure codes up in the catalogue: all items of the Procedure Code Sequence of every
 * series; on request those of the Requested Procedure and Performed Protocol Code Sequences, and
 * what the codes of anatomic regions and views mean to the catalogue's concepts.
 *
 * <p>One class is the answer. Several classes get a vote each, so that rules can join them. Where
 * only some of them belong to the study's modality, the others are left out.
 *
 * <p>This class is immutable.
 */
final class ProcedureCodeLayer implements DecisionLayer {
  private static final int MOST_CODES = 64;

  private final Modalities modalities;
  private final boolean patientsOnly;
  private final Map<String, List<StudyClass>> byCode = new LinkedHashMap<>();
  private final ConceptCodes concepts;
  private final RegionIndex regions;
  private final List<Integer> sequences = new ArrayList<>();
  private final List<Integer> anatomy = new ArrayList<>();

  ProcedureCodeLayer(Options options, Catalogue catalogue) {
    modalities = new Modalities(catalogue);
    concepts = new ConceptCodes(catalogue);
    regions = new RegionIndex(catalogue);
    sequences.add(Tag.PROCEDURE_CODE_SEQUENCE);
    patientsOnly = options.flag("patients-only", false);
    if (options.flag("requested", false)) {
      sequences.add(Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE);
    }
    if (options.flag("performed", false)) {
      sequences.add(Tag.PERFORMED_PROTOCOL_CODE_SEQUENCE);
    }
    if (options.flag("anatomy", false)) {
      anatomy.add(Tag.ANATOMIC_REGION_SEQUENCE);
      anatomy.add(Tag.PRIMARY_ANATOMIC_STRUCTURE_SEQUENCE);
      anatomy.add(Tag.VIEW_CODE_SEQUENCE);
    }
    for (StudyClass studyClass : catalogue.classes()) {
      Set<String> codes = new LinkedHashSet<>(studyClass.procedureCodes());
      codes.add(studyClass.code());
      for (String code : codes) {
        byCode.computeIfAbsent(key(code), c -> new ArrayList<>()).add(studyClass);
      }
    }
  }

  @Override
  public Opinion consider(Study study) {
    Opinion opinion = lookUp(study);
    return patientsOnly ? NotAPatient.ofPatient(opinion, study) : opinion;
  }

  private Opinion lookUp(Study study) {
    Map<String, Vote> votes = new LinkedHashMap<>();
    boolean any = false;
    for (Series series : study.imageSeries()) {
      for (int sequence : sequences) {
        List<Code> codes = Texts.first(series, header -> header.codes(sequence));
        any |= !codes.isEmpty();
        for (int item = 0; item < Math.min(codes.size(), MOST_CODES); item++) {
          Code code = codes.get(item);
          for (StudyClass studyClass : find(code)) {
            Evidence evidence =
                Evidence.declared(
                    TagPath.of(sequence, item, Tag.CODE_VALUE), series.uid(), code.value());
            votes.putIfAbsent(
                key(code.value()) + ' ' + studyClass.code(), new Vote(studyClass, 1, evidence));
          }
        }
      }
    }
    Modalities.Found modality = modalities.of(study);
    if (votes.isEmpty() && modality.group() != null) {
      byAnatomy(study, modality.group(), votes);
    }
    List<Vote> kept = new ArrayList<>(votes.values());
    if (kept.stream().anyMatch(vote -> vote.studyClass().modality().equals(modality.group()))) {
      kept.removeIf(vote -> !vote.studyClass().modality().equals(modality.group()));
    }
    if (kept.isEmpty()) {
      return Opinion.abstain(any ? "the catalogue knows none of the codes" : "there are no codes");
    }
    StudyClass first = kept.get(0).studyClass();
    return kept.stream().allMatch(vote -> vote.studyClass().equals(first))
        ? Opinion.decide(first, 1, kept.get(0).evidence())
        : Opinion.votes(kept);
  }

  private List<StudyClass> find(Code code) {
    if (code.value().isEmpty()) {
      return List.of();
    }
    List<StudyClass> found = byCode.get(key(code.scheme() + ':' + code.value()));
    return found != null ? found : byCode.getOrDefault(key(code.value()), List.of());
  }

  private void byAnatomy(Study study, String group, Map<String, Vote> votes) {
    for (Series series : study.imageSeries()) {
      for (int sequence : anatomy) {
        List<Header> items = Texts.first(series, header -> header.items(sequence));
        for (int item = 0; item < Math.min(items.size(), MOST_CODES); item++) {
          Code code = code(items.get(item));
          Concept concept = concepts.find(code);
          if (concept == null) {
            continue;
          }
          Set<Region> covered = concept.regions();
          StudyClass studyClass = regions.find(group, covered, concept.focus());
          if (studyClass != null) {
            votes.putIfAbsent(
                series.uid() + ' ' + studyClass.code(),
                new Vote(
                    studyClass,
                    1,
                    Evidence.declared(
                        TagPath.of(sequence, item, Tag.CODE_VALUE), series.uid(), code.value())));
          }
        }
      }
    }
  }

  /** The code of one item of a code sequence. */
  private static Code code(Header item) {
    return new Code(
        item.string(Tag.CODING_SCHEME_DESIGNATOR).orElse(""),
        item.string(Tag.CODE_VALUE).orElse(""),
        "");
  }

  private static String key(String code) {
    return code.strip().toUpperCase(Locale.ROOT);
  }
}
