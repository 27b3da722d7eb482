package org.momo.imaging.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.momo.StepConfig;
import org.momo.StudyClassifier;
import org.momo.decision.Candidate;
import org.momo.decision.Decision;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Prediction;
import org.momo.decision.Trace;
import org.momo.decision.Vote;
import org.momo.imaging.model.MeansBackend;
import org.momo.imaging.model.Workshop;
import org.momo.imaging.plugin.ImagingPlugin;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Plugin;
import org.momo.spi.Registry;
import org.momo.study.Study;

/**
 * What must not matter: threads, batches, the order of series, and leaving out what cannot matter.
 */
class NetworkVotePropertyTest {
  private static final List<String> CODES = List.of("CTT", "CTAB", "CTH");

  private static Path folder;
  private static Path model;

  @BeforeContainer
  static void write() throws IOException {
    folder = Files.createTempDirectory("momo-votes");
    model =
        Workshop.write(
            folder,
            "ct",
            "CT",
            NetworkLayerTest.ordered("CTT", "1 0 0 0", "CTAB", "0 1 0 0", "CTH", "0 0 1 0"));
  }

  @AfterContainer
  static void delete() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 40)
  void threads_and_batches_do_not_matter(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 12) int series,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll @IntRange(min = 1, max = 5) int batch) {
    Study study = study(series(random, series));
    DecisionLayer before = before(random);
    boolean together = random.nextBoolean();

    Prediction plain = classify(study, Map.of("threads", 1, "batch", 1), before, together, 0);
    Prediction busy =
        classify(study, Map.of("threads", threads, "batch", batch), before, together, 0);

    assertThat(busy).isEqualTo(plain);
  }

  @Property(tries = 40)
  void the_order_of_series_does_not_matter(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 10) int count) {
    List<int[]> series = series(random, count);
    Map<String, Object> options =
        random.nextBoolean() ? Map.of("most-per-type", 2) : Map.of("early-stop", false);
    Prediction one = classify(study(series), options, before(new Random(5)), false, 0);
    List<int[]> shuffled = new ArrayList<>(series);
    Collections.shuffle(shuffled, random);
    Prediction other = classify(study(shuffled), options, before(new Random(5)), false, 0);

    assertThat(outcome(other)).isEqualTo(outcome(one));
  }

  @Property(tries = 150)
  void stopping_early_does_not_matter(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 12) int series) {
    Study study = study(series(random, series));
    DecisionLayer before = before(random);
    boolean together = random.nextBoolean();
    double threshold = random.nextInt(3) * 0.3;
    Map<String, Object> cap =
        random.nextBoolean() ? Map.of("most-per-type", 1 + random.nextInt(3)) : Map.of();

    Prediction early = classify(study, cap, before, together, threshold);
    Map<String, Object> all = new LinkedHashMap<>(cap);
    all.put("early-stop", false);
    Prediction late = classify(study, all, before, together, threshold);

    assertThat(outcome(early)).isEqualTo(outcome(late));
    assertThat(votes(early)).isLessThanOrEqualTo(votes(late));
    if (late.decision() instanceof Decision.Undecided) {
      // What stays undecided was asked to its end, so that its candidates are whole.
      assertThat(early.decision()).isEqualTo(late.decision());
    }
  }

  private static String outcome(Prediction prediction) {
    if (prediction.decision() instanceof Decision.Decided decided) {
      return decided.studyClass().code();
    }
    Decision.Undecided undecided = (Decision.Undecided) prediction.decision();
    return undecided.reason()
        + " "
        + undecided.candidates().stream()
            .map(Candidate::studyClass)
            .map(Object::toString)
            .sorted()
            .toList();
  }

  private static int votes(Prediction prediction) {
    int votes = 0;
    for (Trace.Step step : prediction.trace().steps()) {
      if (step instanceof Trace.Asked asked && asked.opinion() instanceof Opinion.Votes cast) {
        votes += cast.ballot().votes().size();
      }
    }
    return votes;
  }

  /** Each of type, first, middle, last. Few values, so that ties come about. */
  private static List<int[]> series(Random random, int count) {
    List<int[]> series = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      series.add(
          new int[] {random.nextInt(4), random.nextInt(4), random.nextInt(4), random.nextInt(4)});
    }
    return series;
  }

  private static Study study(List<int[]> series) {
    Crafted crafted = new Crafted();
    String[] types = {"axial", "coronal", "lung", "scout"};
    for (int[] each : series) {
      crafted.series("CT", types[each[0]], each[1], each[2], each[3]);
    }
    return crafted.study();
  }

  /** A layer that votes for up to two classes, with whole weights. */
  private static DecisionLayer before(Random random) {
    Workshop workshop = new Workshop();
    List<Vote> votes = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      votes.add(
          new Vote(
              workshop.cls(CODES.get(random.nextInt(3))),
              1 + random.nextInt(5),
              Evidence.inferred(null, "before", "")));
    }
    return study -> Opinion.votes(votes);
  }

  private static Prediction classify(
      Study study,
      Map<String, Object> options,
      DecisionLayer before,
      boolean together,
      double threshold) {
    StepConfig.Layer networks = StepConfig.Layer.of("imaging.network").weight(1.5);
    for (Map.Entry<String, Object> option : options.entrySet()) {
      networks = networks.option(option.getKey(), option.getValue());
    }
    List<StepConfig.Layer> layers =
        together ? List.of(StepConfig.Layer.of("before", before), networks) : List.of(networks);
    try (StudyClassifier classifier =
        StudyClassifier.builder()
            .discovery(false)
            .plugin(new ImagingPlugin())
            .plugin(new Means())
            .catalogue(new Workshop().catalogue())
            .step(new StepConfig.Merge(layers, List.of(), threshold))
            .networks(model)
            .build()) {
      return classifier.classify(study);
    }
  }

  /** Offers the tests' backend. */
  private static final class Means implements Plugin {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public void contribute(Registry registry) {
      registry.backend("means", (options, context) -> new MeansBackend());
    }
  }
}
