package org.momo.imaging.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.decision.Ballot;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Vote;
import org.momo.imaging.model.Workshop;
import org.momo.imaging.volume.MadeUp;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Consultation;
import org.momo.spi.DecisionLayer;
import org.momo.spi.InferenceException;
import org.momo.study.Study;
import org.momo.study.Tag;

class NetworkLayerTest {
  /** The first channel speaks for the chest, the second for the abdomen. */
  private static final Map<String, String> CT = ordered("CTT", "1 0 0 0", "CTAB", "0 1 0 0");

  private static final Map<String, String> MR = ordered("MRS", "1 0 0 0", "MRA", "0 1 0 0");

  /** What the leading class gets when it leads by so much. */
  private static final double BY_1 = 1 / (1 + Math.exp(-1));

  private static final double BY_2 = 1 / (1 + Math.exp(-2));

  @TempDir Path folder;
  private final Workshop workshop = new Workshop();
  private final List<String> notes = new ArrayList<>();

  @Test
  void each_series_has_one_vote_of_the_weight_of_its_confidence() throws Exception {
    Study study = new Crafted().series("CT", "a", 2, 0, 0).series("CT", "b", 0, 1, 0).study();

    List<Vote> votes = votes(Map.of(), study, model("ct", "CT", CT));

    assertThat(votes).extracting(v -> v.studyClass().code()).containsExactly("CTT", "CTAB");
    assertThat(votes.get(0).weight()).isCloseTo(BY_2, within(1e-9));
    assertThat(votes.get(1).weight()).isCloseTo(BY_1, within(1e-9));
    assertThat(votes.get(0).evidence())
        .isEqualTo(Evidence.inferred("1.2.3.1", "ct 1.10", "CTT with 0.881"));
    assertThat(notes).isEmpty();
  }

  @Test
  void temperature_calibrates_the_confidence() throws Exception {
    Study study = new Crafted().series("CT", "a", 2, 0, 0).study();
    Path model = Workshop.write(folder, "ct", "CT", CT, "output: logits\ntemperature: 2\n");
    assertThat(votes(Map.of(), study, model).get(0).weight()).isCloseTo(BY_1, within(1e-9));
  }

  @Test
  void below_the_published_threshold_there_is_no_vote() throws Exception {
    // Of eight classes one leads by 0.25: e^0.25 / (e^0.25 + 7) = 0.155. By 0.125 it is 0.139.
    Map<String, String> eight = new LinkedHashMap<>();
    for (int i = 1; i <= 8; i++) {
      eight.put("C" + i, (i == 3 ? "0.125" : "0") + " 0 0 0");
    }
    Path model = model("eight", "CT", eight);
    Study one = new Crafted().series("CT", "a", 1, 0, 0).study();
    Study two = new Crafted().series("CT", "a", 2, 0, 0).study();

    assertThat(opinion(Map.of(), one, model)).isEqualTo(Opinion.abstain("no series has a vote"));
    assertThat(notes)
        .containsExactly("series 1.2.3.1: C3 with 0.139 is below the minimum confidence of 0.15");
    assertThat(votes(Map.of(), two, model).get(0).weight())
        .isCloseTo(Math.exp(0.25) / (Math.exp(0.25) + 7), within(1e-7));
    assertThat(votes(Map.of("minimum-confidence", 0.1), one, model)).hasSize(1);
  }

  @Test
  void the_configuration_says_the_threshold_then_the_model() throws Exception {
    Study study = new Crafted().series("CT", "a", 1, 0, 0).study();
    Path strict =
        Workshop.write(folder, "ct", "CT", CT, "output: logits\nminimum-confidence: 0.8\n");

    assertThat(opinion(Map.of(), study, strict)).isInstanceOf(Opinion.Abstain.class);
    assertThat(votes(Map.of("minimum-confidence", 0.7), study, strict)).hasSize(1);
    // At the threshold there is a vote; only below it there is none.
    double exactly = votes(Map.of("minimum-confidence", 0), study, strict).get(0).weight();
    assertThat(votes(Map.of("minimum-confidence", exactly), study, strict)).hasSize(1);
  }

  @Test
  void equal_classes_have_no_vote() throws Exception {
    Study study = new Crafted().series("CT", "a", 4, 4, 0).series("CT", "b", 1, 0, 0).study();
    assertThat(codes(votes(Map.of(), study, model("ct", "CT", CT)))).containsExactly("CTT");
    assertThat(notes).containsExactly("series 1.2.3.1: 2 classes come first, CTT with 0.500");
  }

  @Test
  void an_unsure_network_abstains_by_its_entropy() throws Exception {
    // Two classes at 0.731 and 0.269 have 0.840 bits of one bit.
    Study study = new Crafted().series("CT", "a", 1, 0, 0).series("CT", "b", 0, 9, 0).study();
    Path model = model("ct", "CT", CT);

    assertThat(codes(votes(Map.of("most-entropy", 0.85), study, model)))
        .containsExactly("CTT", "CTAB");
    assertThat(codes(votes(Map.of("most-entropy", 0.83), study, model))).containsExactly("CTAB");
    assertThat(notes)
        .containsExactly(
            "series 1.2.3.1: CTT with 0.731 at an entropy of 0.840 is above the 0.83 that is"
                + " allowed");
  }

  @Test
  void a_modality_is_judged_as_the_group_that_the_catalogue_maps_it_to() throws Exception {
    Study study = new Crafted().series("DX", "a", 2, 0, 0).series("CR", "b", 2, 0, 0).study();
    Path model = model("cr", "CR", ordered("KTH", "1 0 0 0", "KAB", "0 1 0 0"));
    assertThat(codes(votes(Map.of(), study, model))).containsExactly("KTH", "KTH");
  }

  @Test
  void a_modality_of_one_class_needs_no_network() throws Exception {
    Study study =
        new Crafted().series("MG", "r cc", 0, 0, 0).series("MG", "text page", 0, 0, 0).study();

    List<Vote> votes = votes(Map.of(), study, model("ct", "CT", CT));

    assertThat(codes(votes)).containsExactly("MAM");
    assertThat(votes.get(0).weight()).isEqualTo(1);
    assertThat(votes.get(0).evidence().kind()).isEqualTo(Evidence.Kind.DECLARED);
  }

  @Test
  void a_modality_without_a_network_is_said_to_have_none() throws Exception {
    Study study = new Crafted().series("MR", "a", 2, 0, 0).study();
    assertThat(opinion(Map.of(), study, model("ct", "CT", CT)))
        .isEqualTo(Opinion.abstain("no series of the study can be shown to a network"));
    assertThat(notes).containsExactly("series 1.2.3.1: there is no network for the modality MR");
    assertThat(opinion(Map.of(), new Crafted().series("XX", "a", 1, 0, 0).study(), model()))
        .isEqualTo(Opinion.abstain("the catalogue has no class for the modality XX"));
  }

  @Test
  void a_pet_study_is_judged_by_its_ct_series_through_the_pet_map() throws Exception {
    Study study =
        new Crafted()
            .series("CT", "a", 2, 0, 0)
            .series("PT", "b", 9, 0, 0)
            .series("CT", "c", 0, 1, 0)
            .series("PT", "d", 9, 0, 0)
            .study();

    List<Vote> votes = votes(Map.of(), study, model("ct", "CT", CT));

    assertThat(codes(votes)).containsExactly("PCTGK", "PCTGK");
    assertThat(votes)
        .extracting(v -> v.evidence().seriesUid())
        .containsExactly("1.2.3.1", "1.2.3.3");
    assertThat(votes.get(0).evidence().note()).isEqualTo("CTT with 0.881");
    assertThat(notes).isEmpty();
  }

  @Test
  void a_study_that_has_nothing_to_show_says_so() throws Exception {
    assertThat(opinion(Map.of(), new Crafted().series("PT", "a", 9, 0, 0).study(), model()))
        .isEqualTo(Opinion.abstain("PET images are not judged, and the study has no others"));
    Study report =
        Study.group(
                List.of(
                    MadeUp.image("CT", 1, 16, 16)
                        .with(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.88.11")
                        .instance()))
            .get(0);
    assertThat(opinion(Map.of(), report, model()))
        .isEqualTo(Opinion.abstain("the study holds no image"));
  }

  @Test
  void a_pet_study_with_mr_is_judged_by_its_mr_series() throws Exception {
    Study study =
        new Crafted()
            .series("PT", "a", 9, 0, 0)
            .series("MR", "b", 2, 0, 0)
            .series("MR", "c", 0, 2, 0)
            .study();
    assertThat(codes(votes(Map.of(), study, model("ct", "CT", CT), model("mr", "MR", MR))))
        .containsExactly("MRPS", "MRPAB");
  }

  @Test
  void a_class_that_stands_for_none_of_the_study_has_no_vote() throws Exception {
    // A PET of mostly CT with one MR series: its MR classes stand for those of PET with MR.
    Study mixed =
        new Crafted()
            .series("CT", "a", 2, 0, 0)
            .series("CT", "b", 2, 0, 0)
            .series("MR", "c", 2, 0, 0)
            .series("PT", "d", 0, 0, 0)
            .study();
    assertThat(codes(votes(Map.of(), mixed, model("ct", "CT", CT), model("mr", "MR", MR))))
        .containsExactly("PCTGK", "PCTGK");
    assertThat(notes)
        .containsExactly("series 1.2.3.3: no class of mr 1.10 stands for one of a PT study");

    // One class has a PET partner, the other has not.
    Path half = model("half", "CT", ordered("CTT", "1 0 0 0", "C1", "0 1 0 0"));
    Study pet =
        new Crafted()
            .series("CT", "a", 2, 0, 0)
            .series("CT", "b", 0, 2, 0)
            .series("PT", "c", 0, 0, 0)
            .study();
    assertThat(codes(votes(Map.of(), pet, half))).containsExactly("PCTGK");
    assertThat(notes)
        .containsExactly(
            "series 1.2.3.2: C1 with 0.881, which stands for no class of the study's modality");

    Study scintigraphy =
        new Crafted().series("CT", "a", 2, 0, 0).series("NM", "b", 0, 0, 0).study();
    assertThat(opinion(Map.of(), scintigraphy, model())).isInstanceOf(Opinion.Abstain.class);
  }

  @Test
  void the_published_words_keep_a_series_from_voting() throws Exception {
    Crafted crafted = new Crafted().series("CT", "Thorax 5.0", 2, 0, 0);
    List<String> words =
        List.of(
            "localizer",
            "patient",
            "protocol",
            "dosis",
            "report",
            "topogram",
            "scout",
            "screen",
            "save",
            "scoring",
            "evidence",
            "document",
            "result",
            "text");
    words.forEach(word -> crafted.series("CT", "x" + word.toUpperCase() + "y", 2, 0, 0));

    assertThat(codes(votes(Map.of(), crafted.study(), model()))).containsExactly("CTT");
    assertThat(notes).hasSize(14);
    assertThat(notes.get(0))
        .isEqualTo("series 1.2.3.2: the series' description holds the word 'localizer'");
    assertThat(votes(Map.of("blacklist", List.of()), crafted.study(), model())).hasSize(15);
    assertThat(votes(Map.of("blacklist", List.of("Thorax", "SCREEN")), crafted.study(), model()))
        .hasSize(13);
  }

  @Test
  void a_series_that_cannot_be_read_costs_itself() throws Exception {
    Study study = new Crafted().unreadable("CT", "a").series("CT", "b", 1, 0, 0).study();
    assertThat(codes(votes(Map.of(), study, model()))).containsExactly("CTT");
    assertThat(notes).hasSize(1).first().asString().startsWith("series 1.2.3.1: ");
  }

  @Test
  void several_networks_answer_by_the_mean_of_their_probabilities() throws Exception {
    // The second network has its classes in another order, and sees the abdomen in channel 3.
    Path second = model("second", "CT", ordered("CTAB", "0 0 1 0", "CTT", "0 0 0 0"));
    Study study = new Crafted().series("CT", "a", 1, 0, 2).series("CT", "b", 2, 0, 0).study();

    List<Vote> votes = votes(Map.of(), study, model("ct", "CT", CT), second);

    // CTT: 0.731 and 0.119; CTAB: 0.269 and 0.881.
    assertThat(codes(votes)).containsExactly("CTAB", "CTT");
    assertThat(votes.get(0).weight()).isCloseTo((1 - BY_1 + BY_2) / 2, within(1e-7));
    assertThat(votes.get(1).weight()).isCloseTo((BY_2 + 0.5) / 2, within(1e-7));
    assertThat(votes.get(0).evidence().matched()).isEqualTo("ct 1.10 + second 1.10");
  }

  @Test
  void networks_that_do_not_go_together_are_refused() throws Exception {
    Path ct = model("ct", "CT", CT);
    assertRefused(
        Map.of(),
        "networks of one modality must tell the same classes apart",
        ct,
        model("other", "CT", ordered("CTT", "1 0 0 0", "CTH", "0 1 0 0")));
    assertRefused(Map.of(), "would count twice; leave one of them out", ct, ct);
    assertRefused(
        Map.of(),
        "PET images are not judged",
        model("pt", "PT", ordered("PCTGK", "1 0 0 0", "PCTH", "0 1 0 0")));
  }

  @Test
  void what_is_wrong_is_said_at_once() throws Exception {
    Path ct = model("ct", "CT", CT);
    assertRefused(Map.of(), "needs the option 'models': the paths of model packages");
    assertRefused(Map.of(), "there is no model package", folder.resolve("nowhere"));
    assertRefused(
        Map.of("minimum-confidence", 1.5), "minimum-confidence must be between 0.0 and 1.0", ct);
    assertRefused(Map.of("most-entropy", -1), "most-entropy must be between", ct);
    assertRefused(Map.of("threads", 0), "threads must be between 1 and 1024", ct);
    assertRefused(Map.of("batch", 0), "batch must be between 1 and 256", ct);
    assertRefused(Map.of("speed", 3), "does not know the option speed", ct);
    assertRefused(
        Map.of("backends", Map.of("onnx.runtime", Map.of("threads", 2))),
        "does not know the option onnx.runtime",
        ct);
    Path manifest = ct.resolve("model.yaml");
    java.nio.file.Files.writeString(
        manifest, java.nio.file.Files.readString(manifest).replace("test.means", "vendor.chip"));
    assertRefused(Map.of(), manifest + ": ", ct);
    assertRefused(Map.of(), "there is no backend vendor.chip", ct);
  }

  @Test
  void one_type_of_series_cannot_outvote_the_rest() throws Exception {
    Crafted crafted = new Crafted().series("CT", "Thorax 1.0", 2, 0, 0);
    for (int i = 1; i <= 4; i++) {
      crafted.series("CT", "dyn_" + i, 0, 2, 0);
    }
    Path model = model("ct", "CT", CT);

    assertThat(weights(votes(Map.of(), crafted.study(), model)))
        .containsEntry("CTAB", 4 * BY_2)
        .containsEntry("CTT", BY_2);
    Map<String, Double> one = weights(votes(Map.of("most-per-type", 1), crafted.study(), model));
    assertThat(one.get("CTAB")).isCloseTo(BY_2, within(1e-9));
    assertThat(one.get("CTT")).isCloseTo(BY_2, within(1e-9));
    assertThat(notes)
        .containsExactly("4 series are of types that have more than 1 each, and count less");
    Map<String, Double> three = weights(votes(Map.of("most-per-type", 3), crafted.study(), model));
    assertThat(three.get("CTAB")).isCloseTo(3 * BY_2, within(1e-9));
  }

  @Test
  void no_more_series_are_asked_than_allowed() throws Exception {
    Crafted crafted = new Crafted();
    for (int i = 0; i < 5; i++) {
      crafted.series("CT", "s" + i, 2, 0, 0);
    }
    assertThat(votes(Map.of("most-series", 3), crafted.study(), model())).hasSize(3);
    assertThat(notes)
        .containsExactly("only the first 3 series are asked, by the option most-series");
  }

  @Test
  void a_network_that_fails_fails_the_layer() throws Exception {
    Map<String, String> failing = ordered("CTT", "1 0 0 0", "CTAB", "0 1 0 0\nfail");
    Path model = model("ct", "CT", failing);
    for (int threads : new int[] {1, 2}) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(
              () ->
                  opinion(
                      Map.of("threads", threads),
                      new Crafted().series("CT", "a", 2, 0, 0).study(),
                      model))
          .withMessageContaining("the run failed");
    }
  }

  @Test
  void a_network_that_gives_no_number_for_some_image_fails_the_layer() throws Exception {
    // The dry run's image has a mean of about 1023, and gives less than the largest float.
    Path model = model("ct", "CT", ordered("CTT", "3e35 0 0 0", "CTAB", "0 0 0 0"));
    assertThatExceptionOfType(InferenceException.class)
        .isThrownBy(
            () -> opinion(Map.of(), new Crafted().series("CT", "a", 9999, 0, 0).study(), model))
        .withMessageContaining("not finite");
  }

  @Test
  void a_study_that_takes_too_long_fails_the_layer() throws Exception {
    Crafted crafted = new Crafted();
    for (int i = 0; i < 200; i++) {
      crafted.series("CT", "s" + i, 2, 0, 0);
    }
    for (int threads : new int[] {1, 2}) {
      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(
              () ->
                  opinion(
                      Map.of("time-limit", 0.001, "threads", threads), crafted.study(), model()))
          .withMessageContaining("longer than the time-limit of 0.001 s");
    }
  }

  @Test
  void series_that_cannot_change_the_outcome_are_not_asked() throws Exception {
    Crafted crafted = new Crafted();
    for (int i = 0; i < 9; i++) {
      crafted.series("CT", "s" + i, 9, 0, 0);
    }
    Path model = model("ct", "CT", CT);
    // Four series cannot be outvoted by the five that are left less one: the fifth decides.
    assertThat(counted(Map.of(), crafted.study(), Ballot.empty(), 1, 0, model)).hasSize(5);
    assertThat(notes)
        .containsExactly(
            "4 of 9 series are not asked, since none of their votes can change the outcome");
    assertThat(counted(Map.of("early-stop", false), crafted.study(), Ballot.empty(), 1, 0, model))
        .hasSize(9);
    // With 2 votes for another class more are needed, and with a threshold of 0.7 too.
    assertThat(counted(Map.of(), crafted.study(), ballot("CTAB", 2), 1, 0, model)).hasSize(6);
    assertThat(counted(Map.of(), crafted.study(), Ballot.empty(), 1, 0.7, model)).hasSize(7);
    // Votes that weigh ten times are as many.
    assertThat(counted(Map.of(), crafted.study(), Ballot.empty(), 10, 0, model)).hasSize(5);
    // The metadata have said enough already.
    assertThat(counted(Map.of(), crafted.study(), ballot("CTAB", 10), 1, 0, model)).isEmpty();
    assertThat(counted(Map.of(), crafted.study(), ballot("CTAB", 10), 10, 0, model)).hasSize(6);
  }

  private List<Vote> counted(
      Map<String, Object> options,
      Study study,
      Ballot soFar,
      double weight,
      double threshold,
      Path model)
      throws Exception {
    notes.clear();
    try (DecisionLayer layer = layer(options, model)) {
      Opinion opinion =
          layer.consider(study, new Asked(soFar, weight, threshold, true, notes::add));
      return opinion instanceof Opinion.Votes votes ? votes.ballot().votes() : List.of();
    }
  }

  private Ballot ballot(String code, double weight) {
    return Ballot.of(
        List.of(new Vote(workshop.cls(code), weight, Evidence.inferred(null, "before", ""))));
  }

  private List<Vote> votes(Map<String, Object> options, Study study, Path... models)
      throws Exception {
    return ((Opinion.Votes) opinion(options, study, models)).ballot().votes();
  }

  private Opinion opinion(Map<String, Object> options, Study study, Path... models)
      throws Exception {
    notes.clear();
    try (DecisionLayer layer = layer(options, models)) {
      return layer.consider(study, new Asked(Ballot.empty(), 1, 0, false, notes::add));
    }
  }

  private DecisionLayer layer(Map<String, Object> options, Path... models) {
    Map<String, Object> all = new HashMap<>(options);
    all.put("models", List.of(models).stream().map(Path::toString).toList());
    return workshop.buildLayer("network", all);
  }

  private void assertRefused(Map<String, Object> options, String message, Path... models) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> layer(options, models))
        .withMessageContaining(message);
  }

  private Path model() throws IOException {
    return model("ct", "CT", CT);
  }

  private Path model(String name, String modality, Map<String, String> network) throws IOException {
    return Workshop.write(folder, name, modality, network);
  }

  private static List<String> codes(List<Vote> votes) {
    return votes.stream().map(v -> v.studyClass().code()).toList();
  }

  private static Map<String, Double> weights(List<Vote> votes) {
    Map<String, Double> weights = new HashMap<>();
    votes.forEach(v -> weights.merge(v.studyClass().code(), v.weight(), Double::sum));
    return weights;
  }

  static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** How the engine would ask. */
  record Asked(
      Ballot soFar,
      double weight,
      double threshold,
      boolean countsDirectly,
      java.util.function.Consumer<String> notes)
      implements Consultation {
    @Override
    public void note(String text) {
      notes.accept(text);
    }
  }
}
