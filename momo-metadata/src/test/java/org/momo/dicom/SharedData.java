package org.momo.dicom;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The data for development beside the checkout, which no test needs to pass. */
public final class SharedData {
  private SharedData() {}

  /** The folder of real studies; skips the test where it is absent. */
  public static Path studies() {
    Optional<Path> found = find().map(shared -> shared.resolve("data").resolve("studies"));
    Assumptions.assumeTrue(
        found.filter(Files::isDirectory).isPresent(),
        "Skipped: the real studies are not there; set momo.shared to the folder that holds data.");
    return found.orElseThrow();
  }

  private static Optional<Path> find() {
    String named = System.getProperty("momo.shared", System.getenv("momo.shared"));
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    for (Path here = Path.of("").toAbsolutePath(); here != null; here = here.getParent()) {
      Path shared = here.resolve("shared");
      if (Files.isDirectory(shared.resolve("data"))) {
        return Optional.of(shared);
      }
    }
    return Optional.empty();
  }
}
