package org.momo.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.catalogue.Catalogues;
import org.momo.decision.Catalogue;
import org.momo.decision.Decision;
import org.momo.decision.Prediction;
import org.momo.decision.StudyClass;
import org.momo.decision.Trace;
import org.momo.evaluation.Proposal.Kind;
import org.momo.evaluation.report.LearningReport;
import org.momo.spi.ConfigurationException;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

class LearningTest {
  @TempDir Path folder;

  private final Catalogue catalogue =
      Catalogue.builder("ward")
          .add(
              StudyClass.builder("CT_HEAD", "CT")
                  .descriptions(List.of("CT Kopf"))
                  .keywords("*", List.of("kopf"))
                  .build())
          .add(StudyClass.builder("CT_CHEST", "CT").keywords("*", List.of("thorax")).build())
          .add(StudyClass.builder("MR_HEAD", "MR").build())
          .modalityGroup("CT", "CT")
          .modalityGroup("MR", "MR")
          .build();

  /** Knows the keywords of its catalogue and nothing else. */
  private Subject current() {
    Function<Study, Prediction> classifier =
        study -> {
          String text = study.header().string(Tag.STUDY_DESCRIPTION).orElse("").toLowerCase();
          Optional<StudyClass> found =
              catalogue.classes().stream()
                  .filter(
                      c ->
                          c.keywords().values().stream()
                              .flatMap(List::stream)
                              .anyMatch(text::contains))
                  .findFirst();
          Decision decision =
              found.isPresent()
                  ? new Decision.Decided(found.get(), 1, "words", List.of())
                  : new Decision.Undecided(Decision.Reason.NO_EVIDENCE, "nothing", List.of());
          return new Prediction(study.uid(), null, decision, new Trace(List.of()));
        };
    return new Subject("ward", "1", catalogue, classifier);
  }

  private final List<Study> studies = new ArrayList<>();
  private final List<Label> corrections = new ArrayList<>();

  private void study(String modality, String description, String correction) {
    String uid = "2.25." + studies.size();
    Map<Integer, String> values =
        Map.of(
            Tag.STUDY_INSTANCE_UID, uid,
            Tag.SERIES_INSTANCE_UID, uid + ".1",
            Tag.SOP_INSTANCE_UID, uid + ".1.1",
            Tag.MODALITY, modality,
            Tag.STUDY_DESCRIPTION, description);
    Header header =
        Header.of(tag -> values.containsKey(tag) ? new String[] {values.get(tag)} : null);
    studies.addAll(Study.group(List.of(Instance.of(header))));
    if (!correction.isEmpty()) {
      corrections.add(
          new Label(uid, Truth.ofClasses(Arrays.asList(correction.split("\\|"))), "", ""));
    }
  }

  private Lessons learn(int support) {
    return Learning.builder(current(), Labels.of(corrections))
        .support(support)
        .build()
        .run(studies.iterator());
  }

  @Test
  void whatSeveralCorrectionsShare_isProposedWithItsSupport() {
    study("CT", "Rö-Pulmo  nativ", "CT_CHEST");
    study("CT", "rö-pulmo nativ", "CT_CHEST");
    study("CT", "Pulmo KM", "CT_CHEST");
    study("CT", "Thorax", "CT_CHEST");
    study("CT", "CT Kopf nativ", "");
    Lessons lessons = learn(2);
    assertThat(lessons.proposals())
        .containsExactly(
            new Proposal(Kind.KEYWORD, "CT_CHEST", "pulmo", 3, 3, 0, 0),
            new Proposal(Kind.DESCRIPTION, "CT_CHEST", "Rö-Pulmo  nativ", 2, 2, 0, 0));
    assertThat(lessons.corrections()).isEqualTo(4);
    assertThat(lessons.wrong()).isEqualTo(3);
    assertThat(lessons.explained()).isEqualTo(3);
  }

  @Test
  void whatSpeaksAgainst_isCounted_andIsNoConflictInAnotherModality() {
    study("CT", "Status", "CT_CHEST");
    study("CT", "Status", "CT_CHEST");
    study("CT", "Status", "CT_HEAD");
    study("CT", "Status Kopf", "");
    study("CT", "Status", "");
    study("MR", "Status", "MR_HEAD");
    List<Proposal> proposals = learn(2).proposals();
    assertThat(proposals)
        .contains(
            new Proposal(Kind.DESCRIPTION, "CT_CHEST", "Status", 2, 2, 1, 0),
            new Proposal(Kind.KEYWORD, "CT_CHEST", "status", 2, 2, 1, 1));
    assertThat(proposals).noneMatch(Proposal::isClear);
  }

  @Test
  void whatNamesOneStudyAlone_orHoldsNumbers_isNotProposed() {
    study("CT", "Mustermann 19700101 Pulmo A1234", "CT_CHEST");
    study("CT", "Beispiel 19710101 Pulmo A1234", "CT_CHEST");
    assertThat(learn(2).proposals())
        .containsExactly(new Proposal(Kind.KEYWORD, "CT_CHEST", "pulmo", 2, 2, 0, 0));
  }

  @Test
  void whatTheTableHasAlready_andWhatIsRightToday_teachesNothing() {
    study("CT", "CT Kopf", "CT_HEAD");
    study("CT", "CT Kopf", "CT_HEAD");
    study("CT", "Thorax", "CT_CHEST");
    study("CT", "Thorax", "CT_CHEST");
    Lessons lessons = learn(1);
    assertThat(lessons.proposals()).isEmpty();
    assertThat(lessons.wrong()).isZero();
  }

  @Test
  void whatNoTextCanMend_isSaid() {
    study("MR", "Pulmo", "CT_CHEST");
    study("MR", "Pulmo", "CT_CHEST");
    study("CT", "Pulmo", "CT_CHEST|CT_HEAD");
    corrections.add(new Label("elsewhere", Truth.ofClasses(List.of("CT_HEAD")), "", ""));
    Lessons lessons = learn(1);
    assertThat(lessons.proposals()).isEmpty();
    assertThat(lessons.corrections()).isEqualTo(2);
    assertThat(lessons.otherModality()).isEqualTo(2);
    assertThat(lessons.missing()).isEqualTo(1);
    assertThat(LearningReport.sentence(lessons)).contains("another modality");
  }

  @Test
  void aClassThatTheCatalogueLacks_isRefused() {
    Labels labels = Labels.of(List.of(new Label("x", Truth.ofRegions("HEAD"), "", "")));
    assertThatThrownBy(() -> Learning.builder(current(), labels))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the correction of x names HEAD, which is no class of the catalogue ward");
  }

  @Test
  void theOverlayHoldsWhatWasAccepted_whateverItsCharacters() throws IOException {
    Path table = folder.resolve("site.csv");
    Lessons.writeOverlay(
        List.of(
            new Proposal(Kind.DESCRIPTION, "CT_CHEST", "Pulmo; \"nativ\", KM", 2, 2, 0, 0),
            new Proposal(Kind.DESCRIPTION, "CT_CHEST", "CT Kopf", 2, 2, 0, 0),
            new Proposal(Kind.KEYWORD, "CT_CHEST", "pulmo", 2, 2, 0, 0),
            new Proposal(Kind.KEYWORD, "MR_HEAD", "schädel", 2, 2, 0, 0)),
        table);
    Catalogue taught = Catalogues.overlay(catalogue, table);
    StudyClass chest = taught.find("CT_CHEST").orElseThrow();
    assertThat(chest.descriptions()).containsExactly("Pulmo; \"nativ\", KM", "CT Kopf");
    assertThat(chest.keywords().get("*")).containsExactly("thorax", "pulmo");
    assertThat(taught.find("CT_HEAD").orElseThrow().descriptions()).isEmpty();
    assertThat(taught.find("MR_HEAD").orElseThrow().keywords().get("*")).containsExactly("schädel");
  }

  @Test
  void acceptedEntries_areReadBack_andOthersAreRefused() throws Exception {
    study("CT", "=Pulmo", "CT_CHEST");
    study("CT", "=Pulmo", "CT_CHEST");
    Lessons lessons = learn(2);
    ReplayResult effect =
        Replay.builder(current(), current(), folder).build().run(studies.iterator());
    LearningReport.write(lessons, lessons.proposals(), effect, "Learning", folder);
    Path file = folder.resolve("proposals.csv");
    assertThat(file).content().contains("yes,description,CT_CHEST,'=Pulmo,2,2,0,0");
    assertThat(LearningReport.accepted(lessons, file)).isEqualTo(lessons.proposals()).hasSize(2);
    Files.writeString(file, Files.readString(file).replace("yes,keyword", "no,keyword"));
    assertThat(LearningReport.accepted(lessons, file)).hasSize(1);
    Files.writeString(file, "accept;kind;class;text\nyes;keyword;CT_CHEST;lunge\n");
    assertThatThrownBy(() -> LearningReport.accepted(lessons, file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("row 2: this entry is not proposed any more");
    Files.writeString(file, "class,text\nCT_CHEST,lunge\n");
    assertThatThrownBy(() -> LearningReport.accepted(lessons, file))
        .hasMessageContaining("has no column accept");
  }
}
