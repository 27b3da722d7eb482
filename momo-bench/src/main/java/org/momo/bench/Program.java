package org.momo.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs rivals that are programs of their own, such as Python scripts and compiled C. */
final class Program {

  private static final int MINUTES_AT_MOST = 20;

  private Program() {}

  /**
   * Whether a program is installed: whether the command runs and ends well.
   *
   * @param command a quick command, such as {@code python3 -c "import scipy"}
   * @return true when its exit code is 0
   */
  static boolean works(String... command) {
    try {
      return run(ProcessBuilder.Redirect.DISCARD, command).exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * What a program prints on standard output. Its standard error is passed on.
   *
   * @param command the program and its arguments
   * @return the text, decoded as UTF-8
   * @throws IOException when the program cannot be started, fails, or takes longer than 20 minutes
   */
  static String output(String... command) throws IOException {
    Ended ended = run(ProcessBuilder.Redirect.INHERIT, command);
    if (ended.exitCode() != 0) {
      throw new IOException(command[0] + " ended with exit code " + ended.exitCode() + ".");
    }
    return ended.output();
  }

  private static Ended run(ProcessBuilder.Redirect errors, String... command) throws IOException {
    Process process = new ProcessBuilder(List.of(command)).redirectError(errors).start();
    try {
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      if (!process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES)) {
        throw new IOException(command[0] + " took longer than " + MINUTES_AT_MOST + " minutes.");
      }
      return new Ended(process.exitValue(), new String(output, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(command[0] + " was interrupted.", e);
    } finally {
      process.destroy();
    }
  }

  private record Ended(int exitCode, String output) {}

  /**
   * A program that runs for as long as it is asked: it says a line when it is ready, one for each
   * line that it is sent, and one at the end. So two of them can take turns, and what slows the
   * machine slows both. This class is not thread-safe.
   */
  static final class Asked implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    /**
     * Starts a program and waits until it is ready. Its standard error is passed on.
     *
     * @param command the program and its arguments
     * @throws IOException when it cannot be started or ends at once
     */
    Asked(String... command) throws IOException {
      name = command[0];
      process =
          new ProcessBuilder(List.of(command))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      answers = process.inputReader(StandardCharsets.UTF_8);
      questions = process.outputWriter(StandardCharsets.UTF_8);
      try {
        answer();
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    /** The answer to one more line. */
    String ask() throws IOException {
      questions.write("\n");
      questions.flush();
      return answer();
    }

    /** Says that this was all, and gives the last line. */
    String end() throws IOException {
      questions.close();
      return answer();
    }

    private String answer() throws IOException {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException(name + " ended before it answered.");
      }
      return line;
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
