package org.momo.evaluation.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.momo.evaluation.EvaluationResult;
import org.momo.evaluation.EvaluationResult.ErrorCase;
import org.momo.evaluation.EvaluationResult.SubjectResult;
import org.momo.evaluation.Verdict;

/** The errors that are too many for the report's own page. */
final class ErrorPages {
  private static final int ON_A_PAGE = 500;

  private ErrorPages() {}

  /** Whether a configuration's errors of a kind have pages of their own. */
  interface Wanted {
    boolean are(int subject, Verdict verdict);
  }

  static String name(int subject, Verdict verdict, int page) {
    String kind = verdict == Verdict.NONE ? "undecided" : verdict.name().toLowerCase(Locale.ROOT);
    return "configuration" + (subject + 1) + "-" + kind + "-" + page + ".html";
  }

  static void write(EvaluationResult result, Wanted wanted, String title, Path folder)
      throws IOException {
    if (Files.isDirectory(folder)) {
      // Pages of an earlier report that had more errors.
      try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "configuration*.html")) {
        for (Path file : old) {
          Files.delete(file);
        }
      }
    }
    List<Map<Verdict, Book>> books = new ArrayList<>();
    for (int i = 0; i < result.subjects().size(); i++) {
      Map<Verdict, Book> bySort = new EnumMap<>(Verdict.class);
      for (Verdict verdict : List.of(Verdict.MAJOR, Verdict.MINOR, Verdict.NONE)) {
        if (wanted.are(i, verdict)) {
          String heading =
              title
                  + ": "
                  + result.subjects().get(i).name()
                  + ", "
                  + EvaluationReport.plural(verdict);
          bySort.put(verdict, new Book(folder, i, verdict, heading));
        }
      }
      books.add(bySort);
    }
    if (books.stream().allMatch(Map::isEmpty)) {
      return;
    }
    Files.createDirectories(folder);
    List<String> names = result.subjects().stream().map(SubjectResult::name).toList();
    result.errors(
        error -> {
          Book book = books.get(names.indexOf(error.subject())).get(error.verdict());
          if (book != null) {
            book.add(error);
          }
        });
    for (Map<Verdict, Book> each : books) {
      for (Book book : each.values()) {
        book.close();
      }
    }
  }

  /** Pages of one configuration and kind, written one after the other. */
  private static final class Book {
    private final Path folder;
    private final int subject;
    private final Verdict verdict;
    private final String heading;
    private final List<ErrorCase> waiting = new ArrayList<>();
    private int page;

    Book(Path folder, int subject, Verdict verdict, String heading) {
      this.folder = folder;
      this.subject = subject;
      this.verdict = verdict;
      this.heading = heading;
    }

    void add(ErrorCase error) throws IOException {
      if (waiting.size() == ON_A_PAGE) {
        write(false);
      }
      waiting.add(error);
    }

    void close() throws IOException {
      write(true);
    }

    private void write(boolean last) throws IOException {
      page++;
      Page out = new Page(heading);
      out.raw(
          "<nav aria-label=\"Pages\"><a href=\"../report.html\">Report</a>"
              + (page == 1
                  ? ""
                  : "<a href=\"" + name(subject, verdict, page - 1) + "\">Previous page</a>")
              + (last ? "" : "<a href=\"" + name(subject, verdict, page + 1) + "\">Next page</a>")
              + "</nav><p class=\"soft\">Page "
              + page
              + ". Open a line to see what each layer said.</p>");
      for (int i = 0; i < waiting.size(); i++) {
        out.raw(EvaluationReport.line("e" + ((page - 1) * ON_A_PAGE + i + 1), waiting.get(i)));
      }
      waiting.clear();
      out.write(folder.resolve(name(subject, verdict, page)));
    }
  }
}
