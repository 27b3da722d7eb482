package org.momo.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.momo.decision.Ballot;
import org.momo.decision.Candidate;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Vote;
import org.momo.spi.DecisionLayer;
import org.momo.spi.DecisionLayerContract;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

class EvidenceLayerTest extends DecisionLayerContract {
  private static final Catalogue CATALOGUE = SmallCatalogue.catalogue();
  private final DecisionLayer layer = layer();

  @Override
  protected DecisionLayer layer() {
    return Studies.layer("evidence", CATALOGUE, Map.of());
  }

  @Override
  protected Catalogue catalogue() {
    return CATALOGUE;
  }

  private String winner(Studies study) throws Exception {
    return winner(study.study());
  }

  private String winner(Study study) throws Exception {
    return layer.consider(study) instanceof Opinion.Votes votes
        ? votes.ballot().winner().orElseThrow().code()
        : "-";
  }

  private double share(Studies study) throws Exception {
    return ballot(study).count().get(0).share();
  }

  private Ballot ballot(Studies study) throws Exception {
    return ((Opinion.Votes) layer.consider(study.study())).ballot();
  }

  private static Studies described(String modality, String description) {
    return Studies.with(Tag.STUDY_DESCRIPTION, description).series(modality);
  }

  @Test
  @DisplayName("A study with nothing but modality and description is decided by the description")
  void descriptionAlone() throws Exception {
    assertThat(winner(described("CT", "CT Thorax"))).isEqualTo("CT-CHEST");
    assertThat(share(described("CT", "CT Thorax"))).isBetween(0.85, 0.99);
    assertThat(winner(described("CT", "Thorax und Abdomen"))).isEqualTo("CT-CHEST-ABDOMEN");
  }

  @Test
  @DisplayName("A description that names another modality is no evidence")
  void otherModality() throws Exception {
    assertThat(winner(described("CT", "MR Thorax"))).isEqualTo("-");
  }

  @Test
  @DisplayName("Nothing said is nothing decided")
  void silence() throws Exception {
    assertThat(layer.consider(described("CT", "Unbekannt").study()))
        .isEqualTo(Opinion.abstain("nothing in the metadata speaks of what was examined"));
  }

  @Test
  @DisplayName("Series that show different regions make one combined examination")
  void seriesTogether() throws Exception {
    assertThat(
            winner(
                Studies.with()
                    .series("CT", Tag.SERIES_DESCRIPTION, "Thorax 1.0")
                    .series("CT", Tag.SERIES_DESCRIPTION, "Abdomen 5.0")
                    .series("CT", Tag.SERIES_DESCRIPTION, "Pelvis 5.0")))
        .isEqualTo("CT-CHEST-ABDOMEN-PELVIS");
  }

  @Test
  @DisplayName("Two requests in one study make one examination of both")
  void severalExaminations() throws Exception {
    Studies two =
        Studies.with(
                Tag.REQUEST_ATTRIBUTES_SEQUENCE,
                List.of(
                    Studies.item(Tag.REQUESTED_PROCEDURE_DESCRIPTION, "CT chest"),
                    Studies.item(Tag.REQUESTED_PROCEDURE_DESCRIPTION, "CT abdomen")))
            .series("CT");
    assertThat(winner(two)).isEqualTo("CT-CHEST-ABDOMEN");
    assertThat(share(two)).isGreaterThan(0.8);
  }

  @Test
  @DisplayName("Two attributes that contradict each other are no two examinations")
  void contradictingDescriptions() throws Exception {
    Studies study =
        Studies.with(
                Tag.STUDY_DESCRIPTION,
                "CT chest",
                Tag.PERFORMED_PROCEDURE_STEP_DESCRIPTION,
                "CT abdomen")
            .series("CT", Tag.SERIES_DESCRIPTION, "chest");
    assertThat(winner(study)).isEqualTo("CT-CHEST");
  }

  @Test
  @DisplayName("What was scheduled and what was commented in a few words is read too")
  void requests() throws Exception {
    assertThat(
            winner(
                Studies.with(
                        Tag.REQUEST_ATTRIBUTES_SEQUENCE,
                        List.of(
                            Studies.item(
                                Tag.SCHEDULED_PROTOCOL_CODE_SEQUENCE,
                                List.of(Studies.code("99X", "1", "Thorax")))))
                    .series("CT")))
        .isEqualTo("CT-CHEST");
    assertThat(winner(Studies.with(Tag.STUDY_COMMENTS, "knee").series("MR")))
        .isEqualTo("MR-LEXT.KNEE");
    assertThat(winner(Studies.with(Tag.VIEW_NAME, "Liver").series("US"))).isEqualTo("US-ABDOMEN");
    assertThat(winner(Studies.with(Tag.POSITION_REFERENCE_INDICATOR, "Brain").series("MR")))
        .isEqualTo("MR-HEAD");
  }

  @Test
  @DisplayName("Long comments tell of the patient and are not read")
  void longComments() throws Exception {
    String history = "Fell on the knee three weeks ago, pain on walking, asks for an examination";
    assertThat(winner(Studies.with(Tag.STUDY_COMMENTS, history).series("MR"))).isEqualTo("-");
  }

  @Test
  @DisplayName("How images were made does not take away the organ that words name")
  void focus() throws Exception {
    assertThat(
            winner(
                Studies.with(Tag.STUDY_DESCRIPTION, "knee")
                    .series("MR", Tag.RECEIVE_COIL_NAME, "Knee")
                    .series("MR", Tag.RECEIVE_COIL_NAME, "Knee")
                    .series("MR", Tag.RECEIVE_COIL_NAME, "Knee")))
        .isEqualTo("MR-LEXT.KNEE");
  }

  @Test
  @DisplayName("A body part is trusted as far as its kind deserves")
  void kindsOfBodyParts() throws Exception {
    double knee = share(Studies.with(Tag.BODY_PART_EXAMINED, "KNEE").series("MR"));
    double head = share(Studies.with(Tag.BODY_PART_EXAMINED, "HEAD").series("MR"));
    double neck = share(Studies.with(Tag.BODY_PART_EXAMINED, "NECK").series("MR"));
    assertThat(knee).isGreaterThan(head);
    assertThat(head).isGreaterThan(neck);
  }

  @Test
  @DisplayName("A captured screen counts less than images")
  void capturedScreens() throws Exception {
    assertThat(
            winner(
                Studies.with()
                    .series(
                        "CT",
                        Tag.SOP_CLASS_UID,
                        "1.2.840.10008.5.1.4.1.1.7",
                        Tag.SERIES_DESCRIPTION,
                        "Abdomen")
                    .series("CT", Tag.SERIES_DESCRIPTION, "Head")))
        .isEqualTo("CT-HEAD");
  }

  @Test
  @DisplayName("A body part that contradicts the description is an error, not a second region")
  void contradiction() throws Exception {
    Studies study =
        Studies.with(Tag.STUDY_DESCRIPTION, "Spine", Tag.BODY_PART_EXAMINED, "NECK").series("CT");
    assertThat(winner(study)).isEqualTo("CT-SPINE");
    assertThat(share(study)).isLessThan(share(described("CT", "Spine")));
  }

  @Test
  @DisplayName("Agreement of independent tags makes sure, repetition hardly")
  void agreement() throws Exception {
    double one = share(Studies.with().series("CT", Tag.SERIES_DESCRIPTION, "Thorax"));
    double repeated =
        share(
            Studies.with()
                .series("CT", Tag.SERIES_DESCRIPTION, "Thorax", Tag.PROTOCOL_NAME, "Thorax"));
    double agreed =
        share(
            Studies.with(Tag.STUDY_DESCRIPTION, "Thorax")
                .series("CT", Tag.SERIES_DESCRIPTION, "Thorax", Tag.BODY_PART_EXAMINED, "CHEST"));
    assertThat(repeated).isGreaterThan(one);
    assertThat(agreed).isGreaterThan(repeated);
  }

  @Test
  @DisplayName("A body part alone decides, but with less confidence")
  void bodyPartAlone() throws Exception {
    Studies study = Studies.with(Tag.BODY_PART_EXAMINED, "LSPINE").series("MR");
    assertThat(winner(study)).isEqualTo("MR-SPINE_L");
    assertThat(share(study)).isBetween(0.5, 0.75);
  }

  @Test
  @DisplayName("What a scout says counts less than what a series of images says")
  void scouts() throws Exception {
    assertThat(
            winner(
                Studies.with()
                    .series(
                        "CT",
                        Tag.IMAGE_TYPE,
                        "ORIGINAL\\PRIMARY\\LOCALIZER",
                        Tag.SERIES_DESCRIPTION,
                        "Abdomen Topogram")
                    .series("CT", Tag.SERIES_DESCRIPTION, "Thorax 1.0")))
        .isEqualTo("CT-CHEST");
  }

  @Test
  @DisplayName("A PET of the breast is a PET for breast cancer: the whole body")
  void bodyPartOfPet() throws Exception {
    assertThat(
            winner(
                Studies.with(Tag.STUDY_DESCRIPTION, "PET-CT STUDY")
                    .series(
                        "PT",
                        Tag.BODY_PART_EXAMINED,
                        "BREAST",
                        Tag.SERIES_TYPE,
                        "WHOLE BODY\\IMAGE")))
        .isEqualTo("PT-WHOLEBODY");
  }

  @Test
  @DisplayName("Whole body as the body part of a CT proves nothing")
  void wholeBodyCt() throws Exception {
    assertThat(winner(Studies.with(Tag.BODY_PART_EXAMINED, "WHOLEBODY").series("CT")))
        .isEqualTo("-");
  }

  @Test
  @DisplayName(
      "Coils, filters, kernels, gating, views and standard study types speak where no words do")
  void acquisition() throws Exception {
    assertThat(winner(Studies.with().series("MR", Tag.RECEIVE_COIL_NAME, "SENSE-Knee-8")))
        .isEqualTo("MR-LEXT");
    assertThat(winner(Studies.with().series("CT", Tag.FILTER_TYPE, "HEAD FILTER")))
        .isEqualTo("CT-HEAD");
    assertThat(
            winner(
                Studies.with()
                    .series(
                        "CT",
                        Tag.GANTRY_DETECTOR_TILT,
                        "-22.0",
                        Tag.RECONSTRUCTION_DIAMETER,
                        "220")))
        .isEqualTo("CT-HEAD");
    assertThat(winner(Studies.with().series("CT", Tag.CONVOLUTION_KERNEL, "LUNG")))
        .isEqualTo("CT-CHEST");
    assertThat(winner(Studies.with().series("CT", Tag.SERIES_DESCRIPTION, "0.75 B25f 70 %")))
        .isEqualTo("CT-HEART");
    assertThat(winner(Studies.with().series("CR", Tag.VIEW_POSITION, "MLO")))
        .isEqualTo("XR-BREAST");
    assertThat(
            winner(Studies.with().series("US", Tag.IMAGE_TYPE, "ORIGINAL\\PRIMARY\\THYROID\\0001")))
        .isEqualTo("US-NECK");
    assertThat(
            winner(
                Studies.with()
                    .series(
                        "XA",
                        Tag.NUMBER_OF_FRAMES,
                        "75",
                        Tag.POSITIONER_PRIMARY_ANGLE,
                        "-30",
                        Tag.POSITIONER_SECONDARY_ANGLE,
                        "25")))
        .isEqualTo("XA-HEART");
    assertThat(winner(Studies.with().series("MR", Tag.PROTOCOL_NAME, "t2_flair_tra")))
        .isEqualTo("MR-HEAD");
    assertThat(winner(Studies.with().series("US", Tag.MANUFACTURER_MODEL_NAME, "Vivid E95")))
        .isEqualTo("US-HEART");
    assertThat(
            winner(
                Studies.with()
                    .series("NM", Tag.IMAGE_TYPE, "ORIGINAL\\PRIMARY\\WHOLE BODY\\EMISSION")))
        .isEqualTo("NM-WHOLEBODY");
  }

  @Test
  @DisplayName("Series without anatomy say nothing")
  void noAnatomy() throws Exception {
    assertThat(winner(Studies.with().series("MR", Tag.SERIES_DESCRIPTION, "Ax T1 post")))
        .isEqualTo("-");
  }

  @Test
  @DisplayName("A small field shows the spine, whichever part of the trunk the machine was set to")
  void smallField() throws Exception {
    assertThat(
            winner(
                Studies.with(Tag.BODY_PART_EXAMINED, "NECK")
                    .series("CT", Tag.RECONSTRUCTION_DIAMETER, "147")))
        .isEqualTo("CT-SPINE");
  }

  @Test
  @DisplayName("Words outweigh the way the images were made")
  void wordsBeforeAcquisition() throws Exception {
    assertThat(
            winner(
                Studies.with(Tag.STUDY_DESCRIPTION, "Neck")
                    .series("CT", Tag.FILTER_TYPE, "HEAD FILTER")))
        .isEqualTo("CT-NECK");
  }

  @Test
  @DisplayName("A code of the anatomic region is declared evidence")
  void anatomyCode() throws Exception {
    Studies study =
        Studies.with(Tag.ANATOMIC_REGION_SEQUENCE, List.of(Studies.code("SCT", "T-KNEE", "")))
            .series("DX");
    assertThat(winner(study)).isEqualTo("XR-LEXT.KNEE");
    assertThat(ballot(study).votes().get(0).evidence().kind()).isEqualTo(Evidence.Kind.DECLARED);
  }

  @Test
  @DisplayName("Phantoms, quality checks and animals are nobody's examination")
  void nobody() throws Exception {
    assertThat(winner(described("MR", "Weekly QC head coil"))).isEqualTo("-");
    assertThat(winner(described("CT", "PHANTOM_THORAX"))).isEqualTo("-");
    assertThat(
            winner(
                Studies.with(
                        Tag.STUDY_DESCRIPTION,
                        "Thorax",
                        Tag.PATIENT_SPECIES_DESCRIPTION,
                        "Canine species")
                    .series("CR")))
        .isEqualTo("-");
    assertThat(
            winner(
                Studies.with(
                        Tag.STUDY_DESCRIPTION,
                        "Thorax",
                        Tag.PATIENT_SPECIES_DESCRIPTION,
                        "Homo sapiens")
                    .series("CR")))
        .isEqualTo("XR-CHEST");
  }

  @Test
  @DisplayName("Shares are probabilities: with the blank weight they make 1")
  void probabilities() throws Exception {
    Ballot ballot =
        ballot(
            Studies.with(Tag.BODY_PART_EXAMINED, "LIVER", Tag.STUDY_DESCRIPTION, "Thorax")
                .series("CT"));
    double sum = ballot.blank();
    for (Candidate candidate : ballot.count()) {
      sum += candidate.weight();
    }
    assertThat(sum).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(ballot.blank()).isPositive();
  }

  @Test
  @DisplayName("Below the threshold the layer abstains and says what it leaned to")
  void threshold() throws Exception {
    DecisionLayer strict = Studies.layer("evidence", CATALOGUE, Map.of("abstain-below", 0.9));
    Study study = Studies.with(Tag.BODY_PART_EXAMINED, "LIVER").series("CT").study();
    assertThat(((Opinion.Abstain) strict.consider(study)).reason())
        .startsWith("what speaks for CT-ABDOMEN is weak or contradicted: 0.62")
        .endsWith("is less than 0.90");
  }

  @Test
  @DisplayName("Evidence names tag, series and keyword, and holds nothing else of the text")
  void evidence() throws Exception {
    Ballot ballot =
        ballot(Studies.with().series("CT", Tag.SERIES_DESCRIPTION, "Thorax Mustermann Erika 1.0"));
    for (Vote vote : ballot.votes()) {
      assertThat(vote.evidence().matched()).isEqualTo("thorax");
      assertThat(vote.evidence().series()).contains("2.25.7.1");
      assertThat(vote.evidence().attribute()).isPresent();
    }
  }

  @Test
  @DisplayName("The order in which instances arrive does not change a bit of the opinion")
  void order() throws Exception {
    Studies study =
        Studies.with(Tag.STUDY_DESCRIPTION, "Thorax")
            .series("CT", Tag.SERIES_DESCRIPTION, "Abdomen", Tag.BODY_PART_EXAMINED, "CHEST")
            .series("CT", Tag.SERIES_DESCRIPTION, "Thorax", Tag.CONVOLUTION_KERNEL, "LUNG")
            .series("SR", Tag.SERIES_DESCRIPTION, "Pelvis");
    Opinion expected = layer.consider(study.study());
    List<Instance> instances = new ArrayList<>(study.instances());
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(instances, new Random(seed));
      assertThat(layer.consider(Study.group(instances).get(0))).isEqualTo(expected);
    }
  }
}
