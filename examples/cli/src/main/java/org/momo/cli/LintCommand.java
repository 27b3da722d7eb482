package org.momo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.momo.catalogue.Catalogues;
import org.momo.catalogue.LintFinding;
import org.momo.decision.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code momo lint}: what is wrong, or looks wrong, in a table of study classes. */
@Command(
    name = "lint",
    description = "Looks for mistakes in a table of study classes before it goes live.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exit codes: 0 no errors, 1 at least one error."})
final class LintCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--catalogue",
      paramLabel = "NAME|FILE",
      defaultValue = "default",
      description = "default, essen-76, a CSV or XLSX table, or a folder of tables.")
  private String catalogue;

  @Option(
      names = "--overlay",
      paramLabel = "FILE",
      description =
          "A site's own table, laid over the catalogue; then only what it brings up is listed. May"
              + " be repeated.")
  private List<Path> overlays = List.of();

  @Option(names = "--errors", description = "Leave hints and warnings out.")
  private boolean errorsOnly;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Catalogue table = Catalogues.load(catalogue, Path.of("").toAbsolutePath());
    List<LintFinding> findings = new ArrayList<>();
    if (overlays.isEmpty()) {
      findings.addAll(Catalogues.lint(table));
    } else {
      List<LintFinding> before = Catalogues.lint(table);
      for (Path overlay : overlays) {
        table = Catalogues.overlay(table, overlay);
      }
      findings.addAll(Catalogues.lint(table));
      findings.removeAll(before);
    }
    long errors = 0;
    for (LintFinding finding : findings) {
      boolean error = finding.severity() == LintFinding.Severity.ERROR;
      errors += error ? 1 : 0;
      if (error || !errorsOnly) {
        out.println(finding);
      }
    }
    spec.commandLine()
        .getErr()
        .println(
            table.classes().size()
                + " classes, "
                + table.concepts().size()
                + " concepts: "
                + errors
                + " errors, "
                + (findings.size() - errors)
                + " other findings");
    return errors == 0 ? Momo.DECIDED : Momo.ERROR;
  }
}
