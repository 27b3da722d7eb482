package org.momo.spi;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A trained network as a backend needs to know it.
 *
 * <p>This class is immutable.
 *
 * @param name the model's name
 * @param version the model's version
 * @param file the network: ONNX, TorchScript, or parameters of a known architecture
 * @param channels what the network takes: channels of {@code [n, c, h, w]}
 * @param height rows of {@code [n, c, h, w]}
 * @param width columns of {@code [n, c, h, w]}
 * @param classes the class codes in the order of the network's outputs
 * @param attributes what else the manifest says for the backend, such as {@code architecture}
 */
public record ModelSpec(
    String name,
    String version,
    Path file,
    int channels,
    int height,
    int width,
    List<String> classes,
    Map<String, String> attributes) {

  /**
   * Checks and copies the parts.
   *
   * @param name the model's name
   * @param version the model's version
   * @param file the network: ONNX, TorchScript, or parameters of a known architecture
   * @param channels what the network takes: channels of {@code [n, c, h, w]}
   * @param height rows of {@code [n, c, h, w]}
   * @param width columns of {@code [n, c, h, w]}
   * @param classes the class codes in the order of the network's outputs
   * @param attributes what else the manifest says for the backend, such as {@code architecture}
   * @throws NullPointerException if a part is null
   * @throws IllegalArgumentException if a dimension is less than 1 or there are no classes
   */
  public ModelSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(file, "file");
    classes = List.copyOf(classes);
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "model " + name + " must take at least one channel, row and column");
    }
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("model " + name + " has no classes");
    }
  }
}
