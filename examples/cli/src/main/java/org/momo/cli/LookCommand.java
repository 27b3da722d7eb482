package org.momo.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.momo.StudyClassifier;
import org.momo.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo look}: a sheet to look at, with each series' tags and what a network would see. */
@Command(
    name = "look",
    description = {
      "Writes an HTML sheet of the studies below a path: the answer and its reasons, and for each",
      "series the tags that speak and its projections. The sheet shows texts and pictures as they",
      "are, so it is to be kept like the studies themselves."
    },
    mixinStandardHelpOptions = true)
final class LookCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClassifierOptions classifier;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Where the studies are: a path, or a DICOMweb address.")
  private List<String> paths;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      defaultValue = "momo-look.html",
      description = "The sheet; default ${DEFAULT-VALUE}.")
  private Path sheet;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "160",
      description = "The longer side of each picture; default ${DEFAULT-VALUE}.")
  private int size;

  @Override
  public Integer call() throws IOException {
    if (size < 32 || size > 1024) {
      throw new CommandException("--size must be between 32 and 1024: was " + size + ".");
    }
    Places places = new Places(paths);
    long[] count = new long[1];
    try (StudyClassifier momo = classifier.build();
        Progress progress = Progress.start(spec.commandLine().getErr(), "studies");
        Stream<Study> studies = places.studies(problem -> {});
        BufferedWriter out = Files.newBufferedWriter(sheet)) {
      LookSheet html = new LookSheet(out, size);
      html.begin();
      studies.forEachOrdered(
          study -> {
            try {
              html.study(study, momo.classify(study));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            count[0]++;
            progress.step();
          });
      html.end();
    }
    if (count[0] == 0) {
      throw new CommandException("No DICOM study was found.");
    }
    spec.commandLine().getErr().println("Wrote " + count[0] + " studies to " + sheet);
    return Momo.DECIDED;
  }
}
