package org.momo.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.momo.spi.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The command line. Results go to standard output and nothing else does; progress and errors go to
 * standard error.
 */
@Command(
    name = "momo",
    description = "Says which examination each study is, how sure that is, and why.",
    mixinStandardHelpOptions = true,
    version = "momo 0.1.0",
    subcommands = {
      ClassifyCommand.class,
      ExplainCommand.class,
      LookCommand.class,
      CatalogueCommand.class,
      LintCommand.class,
      ModelCommand.class,
      UnmappedCommand.class,
      EvaluateCommand.class,
      EvaluateTextsCommand.class,
      KappaCommand.class,
      MonteCarloCommand.class,
      HeadersCommand.class,
      ReplayCommand.class,
      LearnCommand.class,
      FoldsCommand.class,
      TrainTextCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 all studies decided, 2 some undecided, 1 error.",
    })
public final class Momo {
  /** Everything went well; every study has a class. */
  static final int DECIDED = 0;

  /** The command could not do what it was asked. */
  static final int ERROR = 1;

  /** Everything went well; some study has no class. */
  static final int UNDECIDED = 2;

  private Momo() {}

  /**
   * Runs a command and ends with its exit code.
   *
   * @param arguments the command and its arguments
   */
  public static void main(String[] arguments) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int code =
        run(
            new PrintWriter(out, false, StandardCharsets.UTF_8),
            new PrintWriter(err, true, StandardCharsets.UTF_8),
            arguments);
    System.exit(code);
  }

  /**
   * Runs a command.
   *
   * @param out takes the results
   * @param err takes progress and errors
   * @param arguments the command and its arguments
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line =
        new CommandLine(new Momo())
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(true)
            .setParameterExceptionHandler(Momo::wrongArguments)
            .setExecutionExceptionHandler(Momo::failed);
    int code = arguments.length == 0 ? usage(line) : line.execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  private static int usage(CommandLine line) {
    line.usage(line.getErr());
    return ERROR;
  }

  private static int wrongArguments(ParameterException fault, String[] arguments) {
    CommandLine line = fault.getCommandLine();
    line.getErr().println("momo: " + sentence(fault) + " See 'momo " + name(line) + "--help'.");
    return ERROR;
  }

  private static String name(CommandLine line) {
    return line.getParent() == null ? "" : name(line.getParent()) + line.getCommandName() + " ";
  }

  private static int failed(Exception fault, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (fault instanceof CommandException
        || fault instanceof ConfigurationException
        || fault instanceof IOException
        || fault instanceof UncheckedIOException
        || fault instanceof IllegalArgumentException) {
      line.getErr().println("momo: " + sentence(fault));
      return ERROR;
    }
    throw fault;
  }

  private static String sentence(Throwable fault) {
    String message =
        fault instanceof UncheckedIOException unchecked && unchecked.getCause() != null
            ? unchecked.getCause().getMessage()
            : fault.getMessage();
    String text = message == null ? fault.getClass().getSimpleName() : message.strip();
    if (fault instanceof java.nio.file.NoSuchFileException) {
      text = text + " does not exist";
    } else if (fault instanceof java.nio.file.AccessDeniedException) {
      text = text + " cannot be read: permission denied";
    }
    return text.endsWith(".") ? text : text + ".";
  }
}
