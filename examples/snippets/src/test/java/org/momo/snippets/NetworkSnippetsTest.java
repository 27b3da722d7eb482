package org.momo.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every snippet in the Javadoc of {@code org.momo.djl} stands in a source that is compiled. */
class NetworkSnippetsTest {
  private static final Pattern SNIPPET =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n *\\* \\}</pre>", Pattern.DOTALL);

  @Test
  void every_snippet_is_compiled() throws IOException {
    Path root = root();
    String compiled =
        squeeze(
            Files.readString(
                root.resolve(
                    "examples/snippets/src/main/java/org/momo/snippets/NetworkSnippets.java")));
    int found = 0;
    for (Path source : sources(root.resolve("momo-djl/src/main/java"))) {
      Matcher snippet = SNIPPET.matcher(Files.readString(source));
      while (snippet.find()) {
        assertThat(compiled)
            .as(source.getFileName().toString())
            .contains(squeeze(snippet.group(1).replaceAll("(?m)^ *\\*", "")));
        found++;
      }
    }
    assertThat(found).isEqualTo(4);
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".java")).toList();
    }
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
