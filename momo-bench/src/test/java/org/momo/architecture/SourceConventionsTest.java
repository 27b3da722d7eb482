package org.momo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What compiled classes no longer show. */
class SourceConventionsTest {

  private static final Path ROOT = root();
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "^public (?:(?:abstract|final|sealed|non-sealed) )*(?:class|interface|record) (\\w+)",
          Pattern.MULTILINE);
  private static final Pattern THREADS =
      Pattern.compile(
          "This (?:class|interface) is (?:immutable|thread-safe|not thread-safe)|"
              + "(?:I|i)mplementations (?:are|must be|need not be) (?:immutable|thread-safe)|"
              + "must be thread-safe");
  private static final Pattern LEFT_UNDONE = Pattern.compile("\\b(?:TODO|FIXME|XXX)\\b");

  @Test
  void every_public_type_says_whether_threads_may_share_it() throws IOException {
    List<String> silent = new ArrayList<>();
    for (Path file : librarySources()) {
      String text = Files.readString(file);
      Matcher type = PUBLIC_TYPE.matcher(text);
      if (type.find() && !type.group(1).endsWith("Exception")) {
        String javadoc = text.substring(0, type.start()).replaceAll("\\s*\\n \\* ?", " ");
        if (!THREADS.matcher(javadoc).find()) {
          silent.add(ROOT.relativize(file).toString());
        }
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void nothing_is_left_for_later() throws IOException {
    List<String> unfinished = new ArrayList<>();
    for (Path file : librarySources()) {
      if (LEFT_UNDONE.matcher(Files.readString(file)).find()) {
        unfinished.add(ROOT.relativize(file).toString());
      }
    }
    assertThat(unfinished).isEmpty();
  }

  private static List<Path> librarySources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.sorted().toList()) {
        Path main = module.resolve("src/main/java");
        if (module.getFileName().toString().startsWith("momo-") && Files.isDirectory(main)) {
          try (Stream<Path> files = Files.walk(main)) {
            files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
          }
        }
      }
    }
    assertThat(sources).hasSizeGreaterThan(50);
    return sources;
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("momo-api"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
