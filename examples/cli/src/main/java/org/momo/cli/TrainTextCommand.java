package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.momo.catalogue.Catalogues;
import org.momo.decision.Catalogue;
import org.momo.metadata.learned.LabelledText;
import org.momo.metadata.learned.ModelCard;
import org.momo.metadata.learned.TextModel;
import org.momo.metadata.learned.TextModelTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code momo train-text}: a text model of labelled texts, measured on sources left out. */
@Command(
    name = "train-text",
    description = {
      "Trains the model of the layer metadata.learned on labelled texts.",
      "FILE is a TSV with a header: source, text, modality, region (names joined by +,",
      "alternatives by |, * for not labelled, - for none), and, where it is there, language.",
      "Accuracy is measured on sources that are left out of training: on those that are named,",
      "else on each fifth of the sources by a model of the others, before the model that is",
      "written is trained on all."
    },
    mixinStandardHelpOptions = true)
final class TrainTextCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The labelled texts.")
  private Path file;

  @Option(names = "--to", paramLabel = "FILE", required = true, description = "The model.")
  private Path to;

  @Option(
      names = "--holdout-source",
      paramLabel = "SOURCE",
      arity = "1..*",
      description = "Sources to leave out of training, and to measure on.")
  private @Nullable List<String> heldOut;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The order in which texts are learned; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "momo-text",
      description = "The model's name and version, as evidence gives it; default ${DEFAULT-VALUE}.")
  private String name;

  @Option(
      names = "--licence",
      paramLabel = "TEXT",
      defaultValue = "not stated",
      description = "The terms of the training set, for the model's card.")
  private String licence;

  @Option(
      names = "--training-set",
      paramLabel = "TEXT",
      description = "What the training set is, for the model's card; default the file's name.")
  private @Nullable String trainingSet;

  @Option(
      names = "--abstain-below",
      paramLabel = "P",
      defaultValue = "0.8",
      description = "The layer's threshold in the report; default ${DEFAULT-VALUE}.")
  private double least;

  @Option(
      names = "--compare",
      description = "Also report the recommended layers, alone and together with the model.")
  private boolean compare;

  @Option(
      names = "--catalogue",
      paramLabel = "NAME|FILE",
      defaultValue = "default",
      description = "default, essen-76, a CSV or XLSX table, or a folder of tables.")
  private String catalogue;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many threads train; the model does not depend on it.")
  private int threads;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (threads < 1 || threads > 256) {
      throw new CommandException("--threads must be between 1 and 256: was " + threads + ".");
    }
    if (!(least >= 0 && least <= 1)) {
      throw new CommandException("--abstain-below must be between 0 and 1: was " + least + ".");
    }
    Path folder = to.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new CommandException("The folder of " + to + " does not exist; make it first.");
    }
    Catalogue table = Catalogues.load(catalogue, Path.of("").toAbsolutePath());
    LabelledTexts texts = LabelledTexts.read(file, table);
    List<String> out = heldOut == null ? List.of() : heldOut;
    requireSources(texts, out);
    TextModelTrainer trainer = TextModelTrainer.of(seed);
    ModelCard card =
        new ModelCard(
            name,
            trainingSet != null ? trainingSet : String.valueOf(file.getFileName()),
            licence,
            new TreeMap<>());
    TextTrial trial = new TextTrial(table, trainer, card, threads, compare, least);
    trial.run(texts.rows(), out);
    List<LabelledText> learned = new ArrayList<>();
    for (LabelledTexts.Row row : texts.rows()) {
      if (!out.contains(row.text().source())) {
        learned.add(row.text());
      }
    }
    TextModel model = measured(trainer.train(learned, card, threads), trial);
    model.write(to);
    PrintWriter results = spec.commandLine().getOut();
    trial.print(results);
    results.println();
    results.print(model.card().text());
    spec.commandLine()
        .getErr()
        .println(
            learned.size()
                + " texts learned, "
                + texts.unlabelled()
                + " rows without label or modality left out; "
                + to
                + " has "
                + Files.size(to)
                + " bytes");
    return Momo.DECIDED;
  }

  private TextModel measured(TextModel model, TextTrial trial) {
    SortedMap<String, String> facts = new TreeMap<>(model.card().facts());
    int[] alone = trial.alone();
    facts.put(
        "right on sources left out",
        String.format(Locale.ROOT, "%d of %d, abstaining below %.2f", alone[0], alone[1], least));
    ModelCard card = model.card();
    return model.with(new ModelCard(card.name(), card.trainingSet(), card.licence(), facts));
  }

  private void requireSources(LabelledTexts texts, List<String> named) {
    TreeSet<String> known = new TreeSet<>();
    texts.rows().forEach(row -> known.add(row.text().source()));
    for (String source : named) {
      if (!known.contains(source)) {
        throw new CommandException(
            file + " has no labelled row of the source " + source + "; it has " + known + ".");
      }
    }
  }
}
