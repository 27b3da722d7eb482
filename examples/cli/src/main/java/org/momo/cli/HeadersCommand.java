package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.momo.dicom.DicomJsonWriter;
import org.momo.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo headers}: an archive of headers, for evaluations and replays without pixels. */
@Command(
    name = "headers",
    description = {
      "Keeps the headers of studies in one file, DICOM JSON with one study a line.",
      "evaluate, replay and learn read it in place of the studies, without pixels. It holds no"
          + " name, number, date, sex or age of a patient; descriptions stay as they were typed.",
      "A phantom that nothing but its name gives away is not known as one in an archive."
    },
    mixinStandardHelpOptions = true)
final class HeadersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "STUDIES",
      arity = "1..*",
      description = "Where the studies are: a path, or a DICOMweb address.")
  private List<String> paths;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The archive; replaced when the new one is complete.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Places places = new Places(paths);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    long count = 0;
    try (Progress progress = Progress.start(err, "studies");
        Stream<Study> studies = places.studies(problem -> {});
        Writer out = Files.newBufferedWriter(part)) {
      for (Iterator<Study> each = studies.iterator(); each.hasNext(); count++) {
        DicomJsonWriter.write(each.next(), out);
        progress.step();
      }
    }
    if (count == 0) {
      Files.delete(part);
      throw places.nothingFound();
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    err.println(
        String.format(Locale.ROOT, "Wrote the headers of %,d studies to %s", count, file)
            + (places.skipped().isEmpty() ? "" : "; skipped: " + places.skipped()));
    return Momo.DECIDED;
  }
}
