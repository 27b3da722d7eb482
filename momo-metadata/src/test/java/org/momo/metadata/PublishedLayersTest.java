package org.momo.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.metadata.published.PublishedClasses;
import org.momo.spi.ConfigurationException;
import org.momo.spi.DecisionLayer;
import org.momo.spi.DecisionLayerContract;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

/** The layers of the published system, with its matcher. */
class PublishedLayersTest {
  private static final Catalogue CATALOGUE = withCodes(PublishedClasses.catalogue());
  private static final Map<String, ?> PUBLISHED = Map.of("matcher", "published");

  private static Catalogue withCodes(Catalogue catalogue) {
    return catalogue.toBuilder()
        .put(
            StudyClass.builder("KARM", "CR")
                .name("KONVENTIONELL ARM")
                .procedureCodes(List.of("KEL", "KER", "LN:36643-5"))
                .keywords("*", List.of("oberarm", "unterarm"))
                .build())
        .build();
  }

  private static String ask(String layer, Map<String, ?> options, Study study) throws Exception {
    return Studies.brief(Studies.layer(layer, CATALOGUE, options).consider(study));
  }

  private static Study codes(String modality, Header... codes) {
    return Studies.with(Tag.PROCEDURE_CODE_SEQUENCE, List.of(codes)).series(modality).study();
  }

  @Test
  @DisplayName(
      "A procedure code is the answer: a class's own code, one of its table, one of a scheme")
  void procedureCode() throws Exception {
    assertThat(ask("procedure-code", Map.of(), codes("CT", Studies.code("99X", "CTT", ""))))
        .isEqualTo("CTT!");
    assertThat(ask("procedure-code", Map.of(), codes("CR", Studies.code("L", "kel", ""))))
        .isEqualTo("KARM!");
    assertThat(ask("procedure-code", Map.of(), codes("CR", Studies.code("LN", "36643-5", ""))))
        .isEqualTo("KARM!");
    assertThat(ask("procedure-code", Map.of(), codes("CR", Studies.code("L", "36643-5", ""))))
        .isEqualTo("-");
  }

  @Test
  @DisplayName("All items of the code sequence of all series count, and several classes get votes")
  void severalCodes() throws Exception {
    Study items = codes("CT", Studies.code("L", "X", ""), Studies.code("L", "CTT", ""));
    assertThat(ask("procedure-code", Map.of(), items)).isEqualTo("CTT!");
    Study series =
        Studies.with()
            .series("CT")
            .series("CT", Tag.PROCEDURE_CODE_SEQUENCE, List.of(Studies.code("L", "CTT", "")))
            .series("CT", Tag.PROCEDURE_CODE_SEQUENCE, List.of(Studies.code("L", "CTAB", "")))
            .study();
    assertThat(ask("procedure-code", Map.of(), series)).isEqualTo("CTT 1.0 CTAB 1.0");
  }

  @Test
  @DisplayName("Of the codes of an order, those of the study's modality count")
  void codesOfOtherModality() throws Exception {
    Study order = codes("CT", Studies.code("L", "MRS", ""), Studies.code("L", "CTS", ""));
    assertThat(ask("procedure-code", Map.of(), order)).isEqualTo("CTS!");
  }

  @Test
  @DisplayName("Requested codes count on request")
  void requestedCodes() throws Exception {
    Study study =
        Studies.with(Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE, List.of(Studies.code("L", "CTS", "")))
            .series("CT")
            .study();
    assertThat(ask("procedure-code", Map.of(), study)).isEqualTo("-");
    assertThat(ask("procedure-code", Map.of("requested", true), study)).isEqualTo("CTS!");
  }

  @Test
  @DisplayName("A whole description is the answer, whatever its case, blanks and umlauts")
  void descriptionExact() throws Exception {
    assertThat(ask("description-exact", Map.of(), described("CT", "ct_Thorax / Abdomen")))
        .isEqualTo("CTTA!");
    assertThat(ask("description-exact", Map.of(), described("CT", "CT Thorax Abdomen KM")))
        .isEqualTo("-");
    assertThat(ask("description-exact", Map.of(), described("MR", "CT Thorax"))).isEqualTo("-");
  }

  @Test
  @DisplayName(
      "A phantom under a known code or description is nobody's where patients are asked for")
  void patientsOnly() throws Exception {
    Map<String, ?> patients = Map.of("patients-only", true);
    for (String name : List.of("ACR^Phantom", "Doe^Jane")) {
      String exact = name.startsWith("ACR") ? "-" : "CTT!";
      Study coded =
          Studies.with(
                  Tag.PATIENT_NAME,
                  name,
                  Tag.PROCEDURE_CODE_SEQUENCE,
                  List.of(Studies.code("L", "CTT", "")))
              .series("CT")
              .study();
      Study described =
          Studies.with(Tag.PATIENT_NAME, name, Tag.STUDY_DESCRIPTION, "CT Thorax")
              .series("CT")
              .study();
      assertThat(ask("procedure-code", Map.of(), coded)).isEqualTo("CTT!");
      assertThat(ask("procedure-code", patients, coded)).isEqualTo(exact);
      assertThat(ask("description-exact", Map.of(), described)).isEqualTo("CTT!");
      assertThat(ask("description-exact", patients, described)).isEqualTo(exact);
    }
  }

  @Test
  @DisplayName("Words of the description vote with a weight for each series")
  void descriptionPartial() throws Exception {
    Study study =
        Studies.with(Tag.STUDY_DESCRIPTION, "Thorax nativ").series("CT").series("CT").study();
    assertThat(ask("description-partial", PUBLISHED, study)).isEqualTo("CTT 3.0");
  }

  @Test
  @DisplayName("A part of a keyword has no vote unless it gets a weight")
  void weakDescription() throws Exception {
    Study study = described("CT", "Wirbelsaeul");
    assertThat(ask("description-partial", PUBLISHED, study)).isEqualTo("-");
    assertThat(ask("description-partial", Map.of("matcher", "published", "weak", 0.5), study))
        .isEqualTo("CTWS 0.5");
  }

  @Test
  @DisplayName("Each of the five tags of each series has one vote, and a scout can be silenced")
  void seriesVote() throws Exception {
    Study study =
        Studies.with(Tag.STUDY_DESCRIPTION, "Abdomen")
            .series("CT", Tag.SERIES_DESCRIPTION, "Topogram Thorax")
            .series(
                "CT",
                Tag.SERIES_DESCRIPTION,
                "Thorax 5.0",
                Tag.BODY_PART_EXAMINED,
                "CHEST",
                Tag.PROTOCOL_NAME,
                "Abdomen",
                Tag.PERFORMED_PROCEDURE_STEP_DESCRIPTION,
                "CT Lunge",
                Tag.REQUESTED_PROCEDURE_CODE_SEQUENCE,
                List.of(Studies.code("L", "1", "Lung")))
            .study();
    assertThat(ask("series-vote", PUBLISHED, study))
        .isEqualTo("CTT 1.0 CTT 1.0 CTT 1.0 CTT 1.0 CTT 1.0 CTAB 1.0");
    Map<String, ?> silenced =
        Map.of("matcher", "published", "blacklist", List.of("topogram"), "tags", "body-part");
    assertThat(ask("series-vote", silenced, study)).isEqualTo("CTT 1.0");
  }

  @Test
  @DisplayName("Reports and other series without a mapped modality do not vote")
  void reportsAreSilent() throws Exception {
    Study study =
        Studies.with()
            .series("CT", Tag.SERIES_DESCRIPTION, "Thorax")
            .series("SR", Tag.SERIES_DESCRIPTION, "Abdomen")
            .study();
    assertThat(ask("series-vote", PUBLISHED, study)).isEqualTo("CTT 1.0");
  }

  @Test
  @DisplayName("Equal votes: a series that repeats itself in three tags is one voice")
  void equalVotes() throws Exception {
    Study study =
        Studies.with(Tag.STUDY_DESCRIPTION, "Abdomen")
            .series(
                "CT",
                Tag.SERIES_DESCRIPTION,
                "Thorax",
                Tag.PROTOCOL_NAME,
                "Thorax",
                Tag.BODY_PART_EXAMINED,
                "CHEST")
            .study();
    assertThat(ask("equal-votes", PUBLISHED, study)).isEqualTo("CTAB 1.0 CTT 1.0");
  }

  @Test
  @DisplayName("Majority: more than half of the voices decide, else nobody")
  void majority() throws Exception {
    Studies two =
        Studies.with(Tag.STUDY_DESCRIPTION, "Thorax")
            .series("CT", Tag.SERIES_DESCRIPTION, "Abdomen");
    assertThat(ask("majority", PUBLISHED, two.study())).isEqualTo("-");
    assertThat(ask("majority", PUBLISHED, two.series("CT", Tag.PROTOCOL_NAME, "Thorax").study()))
        .isEqualTo("CTT 1.0 CTT 1.0");
  }

  @Test
  @DisplayName("A modality with one class needs no evidence")
  void singleClass() throws Exception {
    assertThat(ask("single-class", Map.of(), described("MG", ""))).isEqualTo("MAM!");
    assertThat(ask("single-class", Map.of(), described("CT", ""))).isEqualTo("-");
  }

  @Test
  @DisplayName("A PET series makes a CT study to a PET study")
  void petWithCt() throws Exception {
    Study study =
        Studies.with(Tag.STUDY_DESCRIPTION, "PET CT Schaedel")
            .series("CT")
            .series("CT")
            .series("PT")
            .study();
    assertThat(ask("description-partial", PUBLISHED, study)).isEqualTo("PCTSC 4.5");
  }

  @Test
  @DisplayName("A study of a modality without classes gets no opinion but a reason")
  void unmapped() throws Exception {
    DecisionLayer layer = Studies.layer("series-vote", CATALOGUE, PUBLISHED);
    assertThat(layer.consider(described("OT", "Thorax")))
        .isEqualTo(Opinion.abstain("the catalogue has no class for the modality OT"));
    assertThat(layer.consider(described("", "Thorax")))
        .isEqualTo(Opinion.abstain("no series says what its modality is"));
  }

  @Test
  @DisplayName("Evidence names tag, series and keyword, and never holds the whole text")
  void evidence() throws Exception {
    Study study =
        Studies.with().series("CT", Tag.SERIES_DESCRIPTION, "Thorax Herr Mustermann").study();
    Opinion.Votes votes =
        (Opinion.Votes) Studies.layer("series-vote", CATALOGUE, PUBLISHED).consider(study);
    Vote vote = votes.ballot().votes().get(0);
    assertThat(vote.evidence().kind()).isEqualTo(Evidence.Kind.MATCHED);
    assertThat(vote.evidence().matched()).isEqualTo("thorax");
    assertThat(vote.evidence().series()).contains("2.25.7.1");
    assertThat(vote.evidence().attribute().orElseThrow().tag()).isEqualTo(Tag.SERIES_DESCRIPTION);
  }

  @Test
  @DisplayName("A wrong option is refused with the words that there are")
  void wrongOptions() {
    assertThatThrownBy(() -> Studies.layer("series-vote", CATALOGUE, Map.of("matcher", "magic")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "layers[0] metadata.series-vote: matcher must be one of words, published: was magic");
    assertThatThrownBy(() -> Studies.layer("series-vote", CATALOGUE, Map.of("tags", "nose")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tags must be among study-description, series-description");
    assertThatThrownBy(() -> Studies.layer("series-vote", CATALOGUE, Map.of("min-exact", 3)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("does not know the option min-exact");
  }

  @Test
  @DisplayName("The order of instances and the place of a code among them do not matter")
  void orderDoesNotMatter() throws Exception {
    Studies made =
        Studies.with(Tag.STUDY_DESCRIPTION, "Thorax")
            .series("CT", Tag.SERIES_DESCRIPTION, "Abdomen")
            .series("CT", Tag.SERIES_DESCRIPTION, "Thorax")
            .series("CR", Tag.SERIES_DESCRIPTION, "Hand");
    List<Instance> shuffled = new ArrayList<>(made.instances());
    for (String layer : List.of("description-partial", "series-vote", "equal-votes", "majority")) {
      String expected = ask(layer, PUBLISHED, made.study());
      for (int seed = 0; seed < 10; seed++) {
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(ask(layer, PUBLISHED, Study.group(shuffled).get(0))).isEqualTo(expected);
      }
    }
  }

  private static Study described(String modality, String description) {
    return Studies.with(Tag.STUDY_DESCRIPTION, description).series(modality).study();
  }

  /** Every layer keeps the promises of the contract. */
  abstract static class Contract extends DecisionLayerContract {
    private final String name;
    private final Map<String, ?> options;

    Contract(String name, Map<String, ?> options) {
      this.name = name;
      this.options = options;
    }

    @Override
    protected DecisionLayer layer() {
      return Studies.layer(name, CATALOGUE, options);
    }

    @Override
    protected Catalogue catalogue() {
      return CATALOGUE;
    }
  }

  @Nested
  class ProcedureCode extends Contract {
    ProcedureCode() {
      super("procedure-code", Map.of("requested", true, "performed", true, "anatomy", true));
    }
  }

  @Nested
  class DescriptionExact extends Contract {
    DescriptionExact() {
      super("description-exact", Map.of());
    }
  }

  @Nested
  class DescriptionPartial extends Contract {
    DescriptionPartial() {
      super("description-partial", Map.of("matcher", "published", "weak", 0.5));
    }
  }

  @Nested
  class SeriesVote extends Contract {
    SeriesVote() {
      super("series-vote", PUBLISHED);
    }
  }

  @Nested
  class EqualVotes extends Contract {
    EqualVotes() {
      super("equal-votes", PUBLISHED);
    }
  }

  @Nested
  class Majority extends Contract {
    Majority() {
      super("majority", PUBLISHED);
    }
  }

  @Nested
  class SingleClass extends Contract {
    SingleClass() {
      super("single-class", Map.of());
    }
  }
}
