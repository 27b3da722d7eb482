package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.metadata.learned.TextModel;

class TrainTextCommandTest {
  @TempDir private Path folder;

  private Path labelled() throws IOException {
    StringBuilder rows = new StringBuilder("source\tlanguage\ttext\tmodality\tregion\n");
    for (String source : List.of("a", "b", "c")) {
      for (String form : List.of("%s", "CT %s", "%s with contrast", "%s \"low dose\"")) {
        rows.append(source + "\ten\t" + String.format(form, "chest") + "\tCT\tCHEST\n");
        rows.append(source + "\ten\t" + String.format(form, "knee") + "\tXR|CT\tLEXT\n");
        rows.append(source + "\ten\t" + String.format(form, "liver") + "\tMR\tABDOMEN|*\n");
      }
      rows.append(source + "\ten\tsomething\tCT\t*\n");
    }
    return Files.writeString(folder.resolve("names.tsv"), rows);
  }

  @Test
  void trains_a_model_and_says_how_right_it_was_on_sources_left_out() throws IOException {
    Path model = folder.resolve("a.model");
    CommandRun run =
        CommandRun.of(
            "train-text", labelled(), "--to", model, "--licence", "ours", "--abstain-below", "0");
    assertThat(run.err()).contains("36 texts learned, 3 rows without label or modality");
    assertThat(run.code()).isZero();
    assertThat(run.lines().get(0)).startsWith("left out of training");
    assertThat(run.lines().get(1)).matches("all +learned alone +36 +100.00 +100.00 +0.00 +0.00");
    assertThat(TextModel.read(model).card().text())
        .contains("licence: ours\n")
        .contains("right on sources left out: 36 of 36, abstaining below 0.00\n");
  }

  @Test
  void the_model_is_the_same_whatever_the_number_of_threads() throws IOException {
    Path names = labelled();
    Path one = folder.resolve("1.model");
    Path four = folder.resolve("4.model");
    assertThat(CommandRun.of("train-text", names, "--to", one, "--threads", 1).code()).isZero();
    assertThat(CommandRun.of("train-text", names, "--to", four, "--threads", 4).code()).isZero();
    assertThat(four).hasSameBinaryContentAs(one);
  }

  @Test
  void sources_that_are_named_are_not_learned_from() throws IOException {
    CommandRun run =
        CommandRun.of(
            "train-text",
            labelled(),
            "--to",
            folder.resolve("a.model"),
            "--holdout-source",
            "b",
            "--compare");
    assertThat(run.err()).contains("24 texts learned");
    assertThat(run.out()).contains("sources: 2\n").contains("recommended", "then learned");
  }

  @Test
  void says_what_is_wrong_with_a_file() throws IOException {
    Path model = folder.resolve("a.model");
    Path bad =
        Files.writeString(folder.resolve("bad.tsv"), "text\tmodality\tregion\nx\tCT\tCHEST\n");
    assertThat(CommandRun.of("train-text", bad, "--to", model).err())
        .contains("has no column source");
    Files.writeString(bad, "source\ttext\tmodality\tregion\ns\tx\tCT\tTAIL\n");
    assertThat(CommandRun.of("train-text", bad, "--to", model).err())
        .contains("bad.tsv, line 2: a region must be one of");
    assertThat(
            CommandRun.of("train-text", labelled(), "--to", model, "--holdout-source", "z").err())
        .contains("no labelled row of the source z; it has [a, b, c]");
    assertThat(model).doesNotExist();
  }
}
