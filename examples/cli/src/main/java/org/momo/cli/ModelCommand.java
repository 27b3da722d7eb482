package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.momo.StepConfig;
import org.momo.StudyClassifier;
import org.momo.imaging.model.ModelManifest;
import org.momo.imaging.model.ModelPackage;
import org.momo.spi.ConfigurationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo model}: what model packages say of themselves, and whether they can be used. */
@Command(
    name = "model",
    description = "Shows or checks model packages: trained networks with what they need.",
    mixinStandardHelpOptions = true,
    subcommands = {ModelCommand.Show.class, ModelCommand.Check.class})
final class ModelCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say show or check.");
  }

  private static String sentence(Exception fault) {
    String message = fault.getMessage();
    return message == null ? fault.getClass().getSimpleName() : message.strip();
  }

  /** {@code momo model show}. */
  @Command(
      name = "show",
      description = "Prints what packages say of themselves. Their networks are not looked at.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders or zips.")
    private List<Path> places;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      for (int i = 0; i < places.size(); i++) {
        if (i > 0) {
          out.println();
        }
        rows(ModelPackage.manifestOf(places.get(i))).forEach(out::println);
      }
      return Momo.DECIDED;
    }

    private static List<String> rows(ModelManifest m) {
      List<String> rows = new ArrayList<>();
      row(rows, "model", m.toString());
      row(rows, "modality", m.modality());
      row(rows, "classes", m.classes().size() + ": " + String.join(", ", m.classes()));
      row(rows, "network", m.network() + ", run by " + m.backend());
      m.attributes().forEach((name, value) -> row(rows, "  " + name, value));
      row(rows, "input", "[n, %d, %d, %d]".formatted(m.channels(), m.height(), m.width()));
      row(
          rows,
          "picture",
          "%d x %d, %s, %s, projections from %d slices on"
              .formatted(
                  m.picture().size(),
                  m.picture().size(),
                  m.picture().convention().name().toLowerCase(Locale.ROOT),
                  m.picture().interpolation().name().toLowerCase(Locale.ROOT),
                  m.picture().thinBelow()));
      for (ModelManifest.Step step : m.preprocessors()) {
        row(rows, "  then", step.name() + (step.options().isEmpty() ? "" : " " + step.options()));
      }
      row(
          rows,
          "output",
          m.output().name().toLowerCase(Locale.ROOT)
              + " at the temperature "
              + m.temperature()
              + (m.minimumConfidence().isPresent()
                  ? ", votes from a confidence of " + m.minimumConfidence().getAsDouble() + " on"
                  : ""));
      row(
          rows,
          "accuracy",
          String.format(
              Locale.ROOT,
              "%.1f %% of %d, measured on %s",
              100 * m.accuracy().value(),
              m.accuracy().samples(),
              m.accuracy().measuredOn()));
      row(rows, "trained on", m.trainingData());
      row(rows, "licence", m.licence());
      m.files().forEach((name, hash) -> row(rows, "file", name + " " + hash));
      return rows;
    }

    private static void row(List<String> rows, String name, String value) {
      rows.add(String.format(Locale.ROOT, "%-12s%s", name, value));
    }
  }

  /** {@code momo model check}. */
  @Command(
      name = "check",
      description = {
        "Checks packages whole: manifest, hashes, shapes, classes against the catalogue, and one run"
            + " on a test image; of several, also whether they go together."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Exit codes: 0 all can be used, 1 at least one cannot."})
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Folders or zips.")
    private List<Path> places;

    @Option(
        names = "--catalogue",
        paramLabel = "NAME|FILE",
        defaultValue = "default",
        description = "default, essen-76, a CSV or XLSX table, or a folder of tables.")
    private String catalogue;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      boolean good = true;
      for (Path place : places) {
        try {
          load(List.of(place));
          ModelManifest manifest = ModelPackage.manifestOf(place);
          out.println(
              place
                  + ": good; "
                  + manifest
                  + " tells "
                  + manifest.classes().size()
                  + " classes of "
                  + manifest.modality()
                  + " apart");
        } catch (ConfigurationException | IOException e) {
          good = false;
          out.println(place + ": cannot be used; " + sentence(e));
        }
      }
      if (good && places.size() > 1) {
        try {
          load(places);
        } catch (ConfigurationException e) {
          good = false;
          out.println("together: cannot be used; " + sentence(e));
        }
      }
      return good ? Momo.DECIDED : Momo.ERROR;
    }

    private void load(List<Path> some) {
      StudyClassifier.builder()
          .catalogue(catalogue)
          .step(StepConfig.Layer.of("imaging.network"))
          .networks(some.toArray(Path[]::new))
          .build()
          .close();
    }
  }
}
