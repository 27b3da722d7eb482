package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.momo.catalogue.Catalogues;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code momo catalogue}: the classes that there are, or their table to edit. */
@Command(
    name = "catalogue",
    description = "Lists the study classes, or writes their tables for a site to edit.",
    mixinStandardHelpOptions = true)
final class CatalogueCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--catalogue",
      paramLabel = "NAME|FILE",
      defaultValue = "default",
      description = "default, essen-76, a CSV or XLSX table, or a folder of tables.")
  private String catalogue;

  @Option(names = "--modality", paramLabel = "GROUP", description = "Only classes of this group.")
  private @Nullable String modality;

  @Option(names = "--csv", description = "Print the table of classes as CSV.")
  private boolean csv;

  @Option(names = "--write", paramLabel = "FOLDER", description = "Write all tables to a folder.")
  private @Nullable Path folder;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Catalogue table = Catalogues.load(catalogue, Path.of("").toAbsolutePath());
    if (folder != null) {
      Catalogues.write(table, folder);
      spec.commandLine().getErr().println("Wrote the tables of " + table.name() + " to " + folder);
    } else if (csv) {
      Catalogues.writeClasses(table, out);
    } else {
      list(table, out);
    }
    return Momo.DECIDED;
  }

  private void list(Catalogue table, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    for (StudyClass studyClass : table.classes()) {
      if (modality == null || modality.equals(studyClass.modality())) {
        rows.add(
            List.of(
                studyClass.code(),
                studyClass.modality(),
                studyClass.regions().stream().map(Enum::name).collect(Collectors.joining("+")),
                studyClass.focus().orElse(""),
                studyClass.name()));
      }
    }
    if (rows.isEmpty()) {
      throw new CommandException(
          "The catalogue "
              + table.name()
              + " has no class of the modality group "
              + modality
              + ".");
    }
    TextTable.print(out, List.of("code", "modality", "regions", "focus", "name"), rows);
  }
}
