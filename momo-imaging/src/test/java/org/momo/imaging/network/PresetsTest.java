package org.momo.imaging.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.momo.MomoConfig;
import org.momo.StepConfig;
import org.momo.StudyClassifier;
import org.momo.decision.Candidate;
import org.momo.decision.Decision;
import org.momo.decision.Prediction;
import org.momo.study.Study;

/**
 * The shipped pipelines with real networks: convolutional ones, trained here, run by ONNX Runtime.
 * A series of the texture k is of the network's class k.
 */
class PresetsTest {
  private static final int CHEST = 0;
  private static final int ABDOMEN = 1;
  private static final int SKULL = 2;

  @TempDir static Path folder;
  private static TrainedNetwork trained;
  private static Path ct;
  private static Path mr;
  private static Path defaultCt;

  @BeforeAll
  static void train() throws IOException {
    trained = new TrainedNetwork(1, 0, 1, 2, 3, 4, 5);
    ct = trained.write(folder, "ct", "CT", List.of("CTT", "CTAB", "CTS", "CTB", "CTH", "CTWS"));
    mr = new TrainedNetwork(2, 0, 1, 2).write(folder, "mr", "MR", List.of("MRTH", "MRA", "MRS"));
    defaultCt =
        trained.write(
            folder,
            "default-ct",
            "CT",
            List.of("CT_CHEST", "CT_ABDOMEN", "CT_HEAD", "CT_PELVIS", "CT_NECK", "CT_SPINE"));
  }

  /** The description says chest, in words among others; the pictures are of the abdomen. */
  @ParameterizedTest
  @CsvSource({
    "nwe-layer-5, CTT, metadata.description-partial",
    "nwe-layer-4, CTT, metadata.description-partial",
    "nwe-layer-3, CTAB, imaging.network",
    "nwe-layer-2, CTAB, imaging.network",
    "network-only, CTAB, imaging.network",
    "merged-series-nwe, CTT, metadata.description-partial",
    // 1.5 for each of three series is more than three confidences: networks need not be asked.
    "merged-all, CTT, metadata.description-partial",
  })
  void the_place_of_the_network_decides_who_is_heard_first(
      String preset, String code, String decidedBy) {
    Study study = three("Thorax nativ", ABDOMEN);
    assertDecided(essen(preset, study), code, decidedBy);
  }

  /** Six letters of a keyword are a weak match: it decides nothing, and weighs 0.5 a series. */
  @ParameterizedTest
  @CsvSource({
    "nwe-layer-5, CTT, imaging.network",
    "nwe-layer-4, CTT, imaging.network",
    "merged-series-nwe, CTT, imaging.network",
    "merged-all, CTT, metadata.description-partial+imaging.network",
  })
  void networks_decide_what_words_cannot(String preset, String code, String decidedBy) {
    assertDecided(essen(preset, three("abdome", CHEST)), code, decidedBy);
  }

  /** One series says chest, one skull: a tie of the texts, which the pictures break. */
  @Test
  void votes_of_texts_and_networks_are_added_up() {
    Random random = new Random(4);
    short[][] first = slices(SKULL, random);
    short[][] second = slices(SKULL, random);
    Study study =
        new Crafted().slices("CT", "Thorax", first).slices("CT", "Schaedel", second).study();
    assertThat(essen("no-network", study).decision())
        .isInstanceOfSatisfying(
            Decision.Undecided.class,
            undecided -> assertThat(undecided.reason()).isEqualTo(Decision.Reason.TIE));

    double pictures = trained.probabilities(first)[SKULL] + trained.probabilities(second)[SKULL];
    assertThat(pictures).isGreaterThan(1.6);
    for (String preset : List.of("nwe-layer-5", "merged-series-nwe", "merged-all")) {
      Prediction prediction = essen(preset, study);
      assertDecided(prediction, "CTS", "metadata.series-vote+imaging.network");
      List<Candidate> candidates = prediction.decision().candidates();
      assertThat(candidates.get(0).weight()).isCloseTo(1 + pictures, within(1e-4));
      assertThat(candidates.get(1).weight()).isEqualTo(1);
      assertThat(((Decision.Decided) prediction.decision()).confidence())
          .isCloseTo((1 + pictures) / (2 + pictures), within(1e-4));
    }
    // Asked first, the network needs no text.
    assertDecided(essen("nwe-layer-4", study), "CTS", "imaging.network");
  }

  @Test
  void pet_studies_are_judged_by_what_came_with_them() {
    Study petCt = new Crafted().texture("PT", "a", SKULL).texture("CT", "b", CHEST).study();
    Study petMr = new Crafted().texture("MR", "a", SKULL).texture("PT", "b", CHEST).study();
    Study petAlone = new Crafted().texture("PT", "a", CHEST).study();
    for (String preset :
        List.of(
            "nwe-layer-5",
            "nwe-layer-4",
            "nwe-layer-3",
            "nwe-layer-2",
            "merged-series-nwe",
            "merged-all",
            "network-only")) {
      assertDecided(essen(preset, petCt), "PCTGK", "imaging.network");
      assertDecided(essen(preset, petMr), "MRPS", "imaging.network");
      assertThat(essen(preset, petAlone).decision()).isInstanceOf(Decision.Undecided.class);
    }
  }

  @Test
  void mammography_needs_no_network() {
    Study study = new Crafted().texture("MG", "r cc", 0).study();
    assertDecided(essen("network-only", study), "MAM", "imaging.network");
    assertDecided(essen("nwe-layer-5", study), "MAM", "metadata.single-class");
  }

  @Test
  void rules_are_for_the_votes_of_networks_only_where_a_configuration_says_so() {
    Study study =
        new Crafted()
            .texture("CT", "a", CHEST)
            .texture("CT", "b", CHEST)
            .texture("CT", "c", ABDOMEN)
            .study();
    assertDecided(essen("network-only", study), "CTT", "imaging.network");
    Prediction ruled =
        classify(
            StudyClassifier.builder()
                .catalogue("essen-76")
                .step(StepConfig.Layer.of("imaging.network").rules("default"))
                .networks(ct, mr),
            study);
    assertDecided(ruled, "CTTA", "imaging.network");
  }

  @Test
  void a_leader_below_the_threshold_stays_undecided() {
    Study study =
        new Crafted()
            .texture("CT", "a", CHEST)
            .texture("CT", "b", CHEST)
            .texture("CT", "c", ABDOMEN)
            .study();
    Prediction prediction =
        classify(
            StudyClassifier.builder()
                .catalogue("essen-76")
                .preset("network-only")
                .threshold(0.8)
                .networks(ct),
            study);
    Decision.Undecided undecided = (Decision.Undecided) prediction.decision();
    assertThat(undecided.reason()).isEqualTo(Decision.Reason.BELOW_THRESHOLD);
    assertThat(codes(undecided.candidates())).isEqualTo("CTT CTAB");
  }

  @Test
  void votes_of_equal_weight_are_a_tie() throws IOException {
    // The mean of a channel is the score of its class.
    byte[] means =
        new OnnxFile(3, 32, 32, 2)
            .constant("weights", new float[] {1, 0, 0, 1, 0, 0}, 3, 2)
            .node("GlobalAveragePool", "means", "image")
            .node("Flatten", "flat", "means")
            .node("MatMul", "scores", "flat", "weights")
            .bytes();
    Path model = TrainedNetwork.write(folder, "means", "CT", List.of("CTT", "CTAB"), means, "");
    Study study = new Crafted().series("CT", "a", 2, 0, 0).series("CT", "b", 0, 2, 0).study();

    Prediction prediction =
        classify(
            StudyClassifier.builder().catalogue("essen-76").preset("network-only").networks(model),
            study);

    Decision.Undecided undecided = (Decision.Undecided) prediction.decision();
    assertThat(undecided.reason()).isEqualTo(Decision.Reason.TIE);
    assertThat(codes(undecided.candidates())).isEqualTo("CTAB CTT");
    // Between 0 and 1, the one channel that is 1 leads by 1.
    assertThat(undecided.candidates().get(0).weight())
        .isCloseTo(1 / (1 + Math.exp(-1)), within(1e-6));
  }

  @Test
  void the_recommended_pipeline_asks_networks_where_texts_do_not_do() {
    StudyClassifier.Builder builder = StudyClassifier.builder().networks(defaultCt);
    assertDecided(classify(builder, three("CT Thorax", ABDOMEN)), "CT_CHEST", "metadata.evidence");
    assertDecided(classify(builder, three("", ABDOMEN)), "CT_ABDOMEN", "imaging.network");
  }

  @Test
  void the_documented_configuration_is_one() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/org/momo/imaging/network/package-info.java"));
    int from = source.indexOf("<pre>{@code") + "<pre>{@code".length();
    String example =
        source
            .substring(from, source.indexOf("}</pre>", from))
            .replaceAll("(?m)^ \\* ?", "")
            .replaceAll("networks: .*", "networks: [ct, mr]");
    MomoConfig config = MomoConfig.parse("documented", example, folder);
    assertDecided(
        classify(StudyClassifier.builder().config(config), three("", ABDOMEN)),
        "CTAB",
        "imaging.network");
  }

  @Test
  void backends_get_their_options() {
    Study study = three("", ABDOMEN);
    assertDecided(
        classify(backends(Map.of("onnx.runtime", Map.of("threads", 1))), study),
        "CTAB",
        "imaging.network");
    assertThatThrownBy(() -> backends(Map.of("onnx.runtime", Map.of("colour", 1))).build())
        .hasMessageContaining("imaging.network.backends.onnx.runtime")
        .hasMessageContaining("does not know the option colour");
  }

  private static StudyClassifier.Builder backends(Map<String, ?> options) {
    return StudyClassifier.builder()
        .catalogue("essen-76")
        .preset("network-only")
        .options("imaging.network", Map.of("backends", options))
        .networks(ct);
  }

  @Test
  void networks_add_nothing_to_a_pipeline_without_them() {
    Study study = three("", ABDOMEN);
    assertThat(essen("no-network", study).decision()).isInstanceOf(Decision.Undecided.class);
  }

  private static Study three(String description, int texture) {
    return new Crafted(description)
        .texture("CT", "a", texture)
        .texture("CT", "b", texture)
        .texture("CT", "c", texture)
        .study();
  }

  private static short[][] slices(int texture, Random random) {
    return new short[][] {
      Textures.slice(texture, random),
      Textures.slice(texture, random),
      Textures.slice(texture, random)
    };
  }

  private static Prediction essen(String preset, Study study) {
    StudyClassifier.Builder builder =
        StudyClassifier.builder().catalogue("essen-76").preset(preset);
    return classify(preset.equals("no-network") ? builder : builder.networks(ct, mr), study);
  }

  private static Prediction classify(StudyClassifier.Builder builder, Study study) {
    try (StudyClassifier classifier = builder.build()) {
      return classifier.classify(study);
    }
  }

  private static void assertDecided(Prediction prediction, String code, String decidedBy) {
    assertThat(prediction.decision())
        .as(() -> String.format(Locale.ROOT, "%s", prediction.trace()))
        .isInstanceOfSatisfying(
            Decision.Decided.class,
            decided -> {
              assertThat(decided.studyClass().code()).isEqualTo(code);
              assertThat(decided.decidedBy()).isEqualTo(decidedBy);
            });
  }

  private static String codes(List<Candidate> candidates) {
    return candidates.stream().map(c -> c.studyClass().code()).collect(Collectors.joining(" "));
  }
}
