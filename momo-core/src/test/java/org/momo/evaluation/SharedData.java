package org.momo.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** Data that lies beside the checkout, where there is any. */
public final class SharedData {
  private SharedData() {}

  /** A file or folder below {@code shared/data}; the test is skipped where it is not there. */
  public static Path find(String name) {
    String told = System.getProperty("momo.shared", System.getenv("momo.shared"));
    Path shared = told == null ? null : Path.of(told);
    for (Path dir = Path.of("").toAbsolutePath(); shared == null && dir != null; ) {
      Path beside = dir.resolve("shared");
      shared = Files.isDirectory(beside.resolve("data")) ? beside : null;
      dir = dir.getParent();
    }
    Path found = shared == null ? null : shared.resolve("data").resolve(name);
    Assumptions.assumeTrue(
        found != null && Files.exists(found), "skipped: there is no shared/data/" + name);
    return Objects.requireNonNull(found);
  }
}
