package org.momo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.momo.StepConfig;
import org.momo.StudyClassifier;
import org.momo.decision.Opinion;
import org.momo.decision.Prediction;
import org.momo.decision.Trace;
import org.momo.dicom.DicomSources;
import org.momo.study.Study;

/**
 * A study of ten series with pictures made while the network runs, against pictures and runs in
 * turn: {@code momo-bench/ratios study-pipelined}.
 */
final class StudyPipelined implements Ratio {
  static final int SERIES = 10;

  @Override
  public String name() {
    return "study-pipelined";
  }

  @Override
  public Outcome measure(boolean quick) throws Exception {
    int layers = quick ? 18 : 50;
    int slices = quick ? 60 : 200;
    int size = quick ? 256 : 512;
    int side = 224;
    Path folder = Files.createTempDirectory("momo-bench");
    try {
      Path model = BenchNetwork.write(folder, layers, side);
      Path files = Files.createDirectories(folder.resolve("study"));
      for (int series = 1; series <= SERIES; series++) {
        CtFiles.write(files, series, slices, size);
      }
      int processors = Runtime.getRuntime().availableProcessors();
      double[] best = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
      try (StudyClassifier inTurn = classifier(model, Map.of("threads", 1));
          StudyClassifier pipelined =
              classifier(model, Map.of("threads", Math.max(2, processors)))) {
        for (int turn = 0; turn < (quick ? 4 : 6); turn++) {
          long start = System.nanoTime();
          Prediction plain = inTurn.classify(study(files));
          best[0] = Math.min(best[0], (System.nanoTime() - start) / 1e6);
          start = System.nanoTime();
          Prediction ahead = pipelined.classify(study(files));
          best[1] = Math.min(best[1], (System.nanoTime() - start) / 1e6);
          if (!plain.equals(ahead) || votes(plain) != SERIES) {
            throw new IllegalStateException("the answers differ: " + plain + " and " + ahead);
          }
        }
      }
      return new Measured(
          best[0] / best[1],
          "times as fast as pictures and runs in turn: a study of %d series of %d x %d x %d int16, ResNet-%d at %d x %d, on %d processors, %.0f ms against %.0f ms"
              .formatted(
                  SERIES, slices, size, size, layers, side, side, processors, best[1], best[0]));
    } finally {
      ProjectionBench.remove(folder);
    }
  }

  static StudyClassifier classifier(Path model, Map<String, Object> options) {
    Map<String, Object> all = new LinkedHashMap<>(options);
    all.putIfAbsent("early-stop", false);
    StepConfig.Layer layer = StepConfig.Layer.of("imaging.network").withoutRules();
    for (Map.Entry<String, Object> option : all.entrySet()) {
      layer = layer.option(option.getKey(), option.getValue());
    }
    return StudyClassifier.builder().catalogue("essen-76").step(layer).networks(model).build();
  }

  static Study study(Path files) throws IOException {
    try (Stream<Study> studies = DicomSources.of(files).studies()) {
      return studies.findFirst().orElseThrow();
    }
  }

  /** How many series voted. */
  static int votes(Prediction prediction) {
    int votes = 0;
    for (Trace.Step step : prediction.trace().steps()) {
      if (step instanceof Trace.Asked asked && asked.opinion() instanceof Opinion.Votes cast) {
        votes += cast.ballot().votes().size();
      }
    }
    return votes;
  }
}
