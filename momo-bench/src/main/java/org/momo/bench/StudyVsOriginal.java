package org.momo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.momo.StudyClassifier;
import org.momo.decision.Opinion;
import org.momo.decision.Prediction;
import org.momo.decision.Trace;
import org.momo.decision.Vote;

/**
 * A study of ten series that agree against the {@linkplain OriginalProcedure published procedure},
 * with the same network on the same runtime: {@code momo-bench/ratios study-vs-original}. The layer
 * is as it comes, and so stops when the rest could not change the outcome.
 */
final class StudyVsOriginal implements Ratio {

  @Override
  public String name() {
    return "study-vs-original";
  }

  @Override
  public Outcome measure(boolean quick) throws Exception {
    int layers = quick ? 18 : 50;
    int series = quick ? 4 : StudyPipelined.SERIES;
    int size = quick ? 320 : 512;
    int slices = quick ? 180 : 300;
    Path folder = Files.createTempDirectory("momo-bench");
    try {
      Path model = BenchNetwork.write(folder, layers, size);
      Path files = Files.createDirectories(folder.resolve("study"));
      for (int each = 1; each <= series; each++) {
        CtFiles.write(files, each, slices, size);
      }
      Measure ours = measure(files, model, true, quick ? 3 : 4);
      Measure all = measure(files, model, false, quick ? 3 : 4);
      long start = System.nanoTime();
      Map<String, float[]> scores =
          new OriginalProcedure(size)
              .judge(StudyPipelined.study(files), model.resolve("model.onnx"));
      double theirs = (System.nanoTime() - start) / 1e9;
      Map<String, String> answers = new LinkedHashMap<>();
      scores.forEach((uid, each) -> answers.put(uid, BenchNetwork.CLASSES.get(most(each))));
      if (answers.size() != series
          || !all.answers.equals(answers)
          || !answers.entrySet().containsAll(ours.answers.entrySet())
          || !ours.answer.equals(all.answer)) {
        throw new IllegalStateException(
            "the answers differ: " + ours + ", " + all + ", " + answers);
      }
      return new Measured(
          theirs / ours.seconds,
          "times as fast as the published procedure (network loaded and a cube of %d resampled for each series): %d series of %d x %d x %d int16, ResNet-%d at %d x %d, on %d processors, %.2f s against %.1f s; %d series decided, and all of them took %.2f s"
              .formatted(
                  size,
                  series,
                  slices,
                  size,
                  size,
                  layers,
                  size,
                  size,
                  Runtime.getRuntime().availableProcessors(),
                  ours.seconds,
                  theirs,
                  ours.answers.size(),
                  all.seconds));
    } finally {
      ProjectionBench.remove(folder);
    }
  }

  /** The best time of some turns, what each series voted for, and what came of it. */
  private record Measure(double seconds, Map<String, String> answers, String answer) {}

  private static Measure measure(Path files, Path model, boolean earlyStop, int turns)
      throws IOException {
    double best = Double.POSITIVE_INFINITY;
    Prediction prediction = null;
    try (StudyClassifier classifier =
        StudyPipelined.classifier(model, Map.of("early-stop", earlyStop))) {
      for (int turn = 0; turn < turns; turn++) {
        long start = System.nanoTime();
        prediction = classifier.classify(StudyPipelined.study(files));
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
    }
    Objects.requireNonNull(prediction, "turns");
    return new Measure(
        best, answers(prediction), prediction.decision().candidates().get(0).studyClass().code());
  }

  private static int most(float[] scores) {
    int most = 0;
    for (int i = 1; i < scores.length; i++) {
      most = scores[i] > scores[most] ? i : most;
    }
    return most;
  }

  private static Map<String, String> answers(Prediction prediction) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (Trace.Step step : prediction.trace().steps()) {
      if (step instanceof Trace.Asked asked && asked.opinion() instanceof Opinion.Votes cast) {
        for (Vote vote : cast.ballot().votes()) {
          answers.put(vote.evidence().series().orElseThrow(), vote.studyClass().code());
        }
      }
    }
    return answers;
  }
}
