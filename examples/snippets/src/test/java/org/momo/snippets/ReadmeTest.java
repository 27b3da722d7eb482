package org.momo.snippets;

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

/** Every Java snippet of the README stands word for word in a source that is compiled. */
class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void everySnippetIsCompiled() throws IOException {
    Path root = root();
    String readme = Files.readString(root.resolve("README.md"));
    List<String> sources = new ArrayList<>();
    for (String folder : List.of("examples/snippets/src/main", "examples/plugin/src/main")) {
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          sources.add(squeeze(Files.readString(file)));
        }
      }
    }
    Matcher snippet = JAVA.matcher(readme);
    int found = 0;
    while (snippet.find()) {
      String text = squeeze(snippet.group(1));
      assertThat(sources).as(snippet.group(1)).anyMatch(source -> source.contains(text));
      found++;
    }
    assertThat(found).isGreaterThanOrEqualTo(3);
  }

  @Test
  void theReadmeStaysShort() throws IOException {
    assertThat(Files.readAllLines(root().resolve("README.md"))).hasSizeLessThan(110);
  }

  private static String squeeze(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("README.md"))) {
      here = here.getParent();
    }
    return here;
  }
}
