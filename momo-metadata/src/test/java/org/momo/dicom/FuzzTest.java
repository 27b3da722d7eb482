package org.momo.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A short run of {@link Fuzz} from generated seeds; the long one takes its seeds from a folder. */
class FuzzTest {
  private static final int MUTANTS = 20_000;
  private static final int MEDIA = 700;

  @Test
  void no_mutant_brings_another_exception_or_takes_too_much() {
    List<byte[]> seeds = Fuzz.seeds();
    Fuzz fuzz = new Fuzz(20261124);
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = fuzz.mutate(seeds.get(i % seeds.size()));
      // Only exceptions and allocations: the time depends on the machine, the long run holds it.
      String failure = fuzz.failure(mutant);
      if (failure != null && !failure.startsWith("took")) {
        failures.add(failure);
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void generated_files_are_read_alike_whole_and_in_pieces() {
    assertThat(Fuzz.seeds()).allMatch(Fuzz::sameInPieces);
  }

  @Test
  void real_files_are_read_alike_whole_and_in_pieces() throws IOException {
    List<String> otherwise = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SharedData.studies())) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!Fuzz.sameInPieces(Files.readAllBytes(file))) {
          otherwise.add(file.getFileName().toString());
        }
      }
    }
    assertThat(otherwise).isEmpty();
  }

  @Test
  void no_damaged_medium_brings_another_exception_or_takes_too_much() {
    Fuzz fuzz = new Fuzz(20261128);
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < MEDIA; i++) {
      String failure = fuzz.failureOfMedium(fuzz.mutate(fuzz.medium(i)));
      if (failure != null && !failure.startsWith("took")) {
        failures.add(failure);
      }
    }
    assertThat(failures).isEmpty();
  }
}
