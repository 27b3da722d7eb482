package org.momo.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engines do to a process, seen in processes of their own by {@link Witness}. */
class DjlEnginesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"socket", "client"})
  void the_witness_sees_an_attempt_to_connect(String means) throws Exception {
    assertThat(witness(List.of(), List.of(), means))
        .anyMatch(line -> line.startsWith("attempt ") && line.contains("192.0.2.1"));
  }

  @Test
  void the_witness_sees_djl_call_home_when_nobody_keeps_it_from_it() throws Exception {
    assertThat(witness(List.of(), List.of(), "engine"))
        .anyMatch(line -> line.startsWith("attempt ") && line.contains("169.254.169.254"));
  }

  @Test
  void asking_for_names_connects_to_nothing_and_leaves_no_property() throws Exception {
    assertThat(witness(List.of(), List.of(), "names"))
        .containsExactly("names [PyTorch, RPC]", "changed []", "default PyTorch");
  }

  @Test
  void running_networks_connects_to_nothing_and_leaves_no_property() throws Exception {
    List<String> seen =
        witness(
            List.of(),
            List.of(),
            "run",
            Generated.unpack("resnet18-w2.pt", folder).toString(),
            Generated.unpack("tiny.safetensors", folder).toString());
    assertThat(seen).containsExactly("ran djl.pytorch[2.7.1]", "changed []", "default PyTorch");
  }

  @Test
  void what_the_host_has_set_is_as_it_was() throws Exception {
    List<String> options =
        List.of("-Dai.djl.offline=false", "-DOPT_OUT_TRACKING=no", "-Dai.djl.default_engine=RPC");
    assertThat(witness(options, List.of(), "start")).containsExactly("changed []", "default RPC");
  }

  @Test
  void a_missing_engine_is_named() throws Exception {
    assertThat(witness(List.of(), List.of("pytorch-"), "start"))
        .contains(
            "error There is no DJL engine named PyTorch on the class path; add"
                + " ai.djl.pytorch:pytorch-engine, and its native library")
        .noneMatch(line -> line.startsWith("attempt "));
  }

  @Test
  void a_missing_native_library_is_named_and_not_looked_for_on_the_web() throws Exception {
    assertThat(witness(List.of(), List.of("pytorch-native", "pytorch-jni"), "start"))
        .contains(
            "error The DJL engine PyTorch does not start; add its native library to the class path,"
                + " ai.djl.pytorch:pytorch-jni and ai.djl.pytorch:pytorch-native-cpu with the"
                + " classifier of this platform")
        .noneMatch(line -> line.startsWith("attempt "));
  }

  @Test
  void an_unknown_engine_lists_the_known_ones() throws Exception {
    assertThat(witness(List.of(), List.of(), "unknown"))
        .contains(
            "error There is no DJL engine named Abacus on the class path; there are [PyTorch,"
                + " RPC]");
  }

  /**
   * What the witness prints.
   *
   * @param options of the virtual machine
   * @param without parts of names of jars that are left out of the class path; then DJL's cache is
   *     empty, too
   */
  private List<String> witness(List<String> options, List<String> without, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> without.stream().noneMatch(new File(entry).getName()::contains))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(Witness.class.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile());
    Map<String, String> environment = builder.environment();
    List.of("DJL_OFFLINE", "OPT_OUT_TRACKING", "DJL_DEFAULT_ENGINE").forEach(environment::remove);
    if (!without.isEmpty()) {
      environment.put("DJL_CACHE_DIR", folder.resolve("cache").toString());
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("errors"))).isZero();
    return output.lines().toList();
  }
}
