package org.momo.snippets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.momo.StudyClassifier;
import org.momo.decision.Prediction;
import org.momo.dicom.DicomSources;
import org.momo.evaluation.TemperatureScaling;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;

/** What the README shows, method by method. */
final class ReadmeSnippets {
  private ReadmeSnippets() {}

  static void classifyFolder() throws IOException {
    try (StudyClassifier momo = StudyClassifier.builder().build();
        Stream<Study> studies = DicomSources.of(Path.of("/media/cdrom")).studies()) {
      studies
          .map(momo::classify)
          .forEach(p -> System.out.println(p.studyUid() + " " + p.decision() + " " + p.trace()));
    }
  }

  /** Of the shape of dcm4che's class of that name. */
  interface Attributes {
    String[] getStrings(int tag);
  }

  static List<Study> fromYourOwnToolkit(List<Attributes> dataSets) {
    List<Study> studies =
        Study.group(dataSets.stream().map(a -> Instance.of(Header.of(a::getStrings))).toList());
    return studies;
  }

  static Prediction withNetworks(Study study, Path... models) {
    try (StudyClassifier momo = StudyClassifier.builder().networks(models).build()) {
      return momo.classify(study);
    }
  }

  static double temperature(double[][] logits, int[] labels) {
    TemperatureScaling scaling =
        TemperatureScaling.fit(logits, labels, TemperatureScaling.Objective.LIKELIHOOD, 10);
    return scaling.temperature();
  }
}
