package org.momo.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a process of its own, {@link MemoryWitness}, sees: above all native memory over many runs.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "/proc tells how much memory is resident")
class OnnxProcessTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"runs,10000", "sessions,500", "refusals,500"})
  void native_memory_does_not_grow(String what, int times) throws Exception {
    assertThat(grown(what, times)).isLessThan(12 * MIB);
  }

  @Test
  void what_is_forgotten_would_be_seen() throws Exception {
    assertThat(grown("forgotten", 10_000)).isGreaterThan(60 * MIB);
  }

  @Test
  void a_native_library_that_is_not_there_is_a_clear_error() throws Exception {
    Process process = start("runs", 1, "-Dos.arch=abacus");
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(folder.resolve("errors"))
        .content()
        .contains(
            "ConfigurationException: test: the native library of ONNX Runtime does not load on this"
                + " machine; use a release of com.microsoft.onnxruntime that supports it");
  }

  private Process start(String what, int times, String option) throws Exception {
    Path model = folder.resolve("tiny.onnx");
    Files.write(model, TinyOnnx.meansTimes(new float[] {1, 0, 0, 1, 1, -1}, 3, 32, 32));
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xms64m",
                    "-Xmx64m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC",
                    "-XX:MaxDirectMemorySize=1g",
                    option,
                    "-cp",
                    System.getProperty("java.class.path"),
                    MemoryWitness.class.getName(),
                    what,
                    model.toString(),
                    String.valueOf(times)))
            .redirectError(folder.resolve("errors").toFile())
            .start();
    process.getOutputStream().close();
    return process;
  }

  private long grown(String what, int times) throws Exception {
    Process process = start(what, times, "-ea");
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String printed = Files.readString(folder.resolve("errors"));
    assertThat(process.exitValue()).as(printed).isZero();
    // A library prints nothing, not even what its runtime refuses; newer Javas warn of native code.
    assertThat(
            printed.lines().filter(line -> !line.isBlank() && !line.matches("(SLF4J|WARNING).*")))
        .isEmpty();
    return Long.parseLong(output);
  }
}
