package org.momo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.momo.outsidecd.OutsideCd;

/** Folders, names, the order of files and the number of threads mean nothing. */
class SameAnswersTest {
  private static Path folder;
  private static List<Path> files;
  private static List<String> expected;

  @BeforeContainer
  static void burn() throws IOException {
    folder = Files.createTempDirectory("momo-same-answers");
    Path cd = folder.resolve("cd");
    OutsideCd.write(cd);
    try (Stream<Path> all = Files.walk(cd)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    expected = answers(cd, 1);
    assertThat(expected).hasSize(7);
  }

  @AfterContainer
  static void tidy() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Property(tries = 25)
  void theSameFilesGiveTheSameAnswersWhateverTheirNamesAndFolders(
      @ForAll long seed, @ForAll boolean flat, @ForAll boolean eightThreads) throws IOException {
    Random random = new Random(seed);
    Path copy = Files.createTempDirectory(folder, "copy");
    List<Path> shuffled = new ArrayList<>(files);
    Collections.shuffle(shuffled, random);
    for (int i = 0; i < shuffled.size(); i++) {
      Path into =
          flat ? copy : copy.resolve("d" + random.nextInt(5)).resolve("e" + random.nextInt(3));
      Files.createDirectories(into);
      Files.copy(shuffled.get(i), into.resolve(Integer.toHexString(random.nextInt()) + "_" + i));
    }
    assertThat(answers(copy, eightThreads ? 8 : 1)).isEqualTo(expected);
  }

  private static List<String> answers(Path place, int jobs) {
    return CommandRun.of("classify", place, "--format", "jsonl", "--jobs", jobs).lines().stream()
        .map(line -> line.replaceAll("\"source\":\"[^\"]*\"", ""))
        .toList();
  }
}
