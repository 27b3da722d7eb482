package org.momo.djl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Writes a network as a model package, the folder that MOMO serves from: {@code model.onnx}, and
 * {@code model.yaml} with what a user must know of it and the SHA-256 of the file.
 *
 * <pre>{@code
 * new ModelPackageWriter("ct-body", "2026.2", "CT", List.of("CTAB", "CTB", "CTT"))
 *     .input(224, 224)
 *     .preprocessor("imaging.window", Map.of("centre", "40", "width", "400"))
 *     .licence("Apache-2.0")
 *     .trainingData("12,000 series of one hospital, 2015 to 2024")
 *     .accuracy(0.86, 1200, "300 studies of another hospital")
 *     .write(network, Path.of("ct-body"));
 * }</pre>
 *
 * <p>This class is not thread-safe.
 */
public final class ModelPackageWriter {
  private static final String NETWORK = "model.onnx";

  private final String name;
  private final String version;
  private final String modality;
  private final List<String> classes;
  private final Map<String, String> picture = new LinkedHashMap<>();
  private final List<String> preprocessors = new ArrayList<>();
  private int height = 512;
  private int width = 512;
  private double temperature = 1;
  private OptionalDouble minimumConfidence = OptionalDouble.empty();
  private String licence = "";
  private String trainingData = "";
  private String accuracy = "";

  /**
   * Begins a package.
   *
   * @param name the model's name
   * @param version the model's version
   * @param modality the series that the network judges
   * @param classes the class codes in the order of the network's outputs
   */
  public ModelPackageWriter(String name, String version, String modality, List<String> classes) {
    this.name = Objects.requireNonNull(name, "name");
    this.version = Objects.requireNonNull(version, "version");
    this.modality = Objects.requireNonNull(modality, "modality");
    this.classes = List.copyOf(classes);
  }

  /**
   * The pictures that the network takes.
   *
   * @param rows 1 or more; 512 unless said
   * @param columns 1 or more; 512 unless said
   * @return this writer
   */
  public ModelPackageWriter input(int rows, int columns) {
    height = rows;
    width = columns;
    return this;
  }

  /**
   * How a series becomes a picture, where it is not as usual.
   *
   * @param option an option of {@code picture} in {@code model.yaml}, such as {@code convention}
   * @param value its value
   * @return this writer
   */
  public ModelPackageWriter picture(String option, String value) {
    picture.put(Objects.requireNonNull(option, "option"), Objects.requireNonNull(value, "value"));
    return this;
  }

  /**
   * Adds a step of preprocessing, the same as in training.
   *
   * @param name the preprocessor's full name
   * @param options its options, as texts
   * @return this writer
   */
  public ModelPackageWriter preprocessor(String name, Map<String, String> options) {
    preprocessors.add(
        options.isEmpty() ? quoted(name) : "{" + quoted(name) + ": " + flow(options) + "}");
    return this;
  }

  /**
   * What logits are divided by, so that confidence is what can be relied on.
   *
   * @param value more than 0, as temperature scaling found it; 1 unless said
   * @return this writer
   */
  public ModelPackageWriter temperature(double value) {
    temperature = value;
    return this;
  }

  /**
   * Below which confidence a series does not vote.
   *
   * @param value 0 to 1; left to the configuration unless said
   * @return this writer
   */
  public ModelPackageWriter minimumConfidence(double value) {
    minimumConfidence = OptionalDouble.of(value);
    return this;
  }

  /**
   * The licence. It must be said.
   *
   * @param text an SPDX identifier, or words
   * @return this writer
   */
  public ModelPackageWriter licence(String text) {
    licence = Objects.requireNonNull(text, "text");
    return this;
  }

  /**
   * What the network was trained on. It must be said.
   *
   * @param text words for people, without anything that tells who a patient was
   * @return this writer
   */
  public ModelPackageWriter trainingData(String text) {
    trainingData = Objects.requireNonNull(text, "text");
    return this;
  }

  /**
   * How often the network was right. It must be said.
   *
   * @param value right answers as a part of all, 0 to 1
   * @param samples how many answers there were, 1 or more
   * @param measuredOn what on, in words; not on what decided when training stopped
   * @return this writer
   */
  public ModelPackageWriter accuracy(double value, int samples, String measuredOn) {
    if (!(value >= 0 && value <= 1) || samples < 1) {
      throw new IllegalArgumentException(
          "accuracy must be between 0 and 1, of one sample or more: was "
              + value
              + " of "
              + samples);
    }
    accuracy =
        "{value: " + value + ", samples: " + samples + ", measured-on: " + quoted(measuredOn) + "}";
    return this;
  }

  /**
   * Writes the package.
   *
   * @param network has as many classes as the package names
   * @param folder is made where there is none; what it holds under the two names is replaced
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if the network has another number of classes
   * @throws IllegalStateException if licence, training data or accuracy has not been said
   */
  public void write(Network network, Path folder) throws IOException {
    if (network.classes() != classes.size()) {
      throw new IllegalArgumentException(
          "the network has "
              + network.classes()
              + " classes, and the package names "
              + classes.size());
    }
    if (licence.isBlank() || trainingData.isBlank() || accuracy.isEmpty()) {
      throw new IllegalStateException(
          "a model package says its licence, its training data and its accuracy");
    }
    Files.createDirectories(folder);
    Path file = folder.resolve(NETWORK);
    network.writeOnnx(file, height, width);
    Files.writeString(folder.resolve("model.yaml"), manifest(network, sha256(file)));
  }

  private String manifest(Network network, String hash) {
    StringBuilder yaml = new StringBuilder();
    line(yaml, "format", "1");
    line(yaml, "name", quoted(name));
    line(yaml, "version", quoted(version));
    line(yaml, "modality", quoted(modality));
    line(yaml, "network", NETWORK);
    line(
        yaml,
        "classes",
        classes.stream()
            .map(ModelPackageWriter::quoted)
            .collect(Collectors.joining(", ", "[", "]")));
    line(
        yaml,
        "input",
        String.format(
            Locale.ROOT,
            "{channels: %d, height: %d, width: %d, layout: nchw}",
            network.channels(),
            height,
            width));
    if (!picture.isEmpty()) {
      line(yaml, "picture", flow(picture));
    }
    if (!preprocessors.isEmpty()) {
      line(yaml, "preprocessors", "[" + String.join(", ", preprocessors) + "]");
    }
    line(yaml, "output", "logits");
    line(yaml, "temperature", Double.toString(temperature));
    minimumConfidence.ifPresent(least -> line(yaml, "minimum-confidence", Double.toString(least)));
    line(yaml, "licence", quoted(licence));
    line(yaml, "training-data", quoted(trainingData));
    line(yaml, "accuracy", accuracy);
    line(yaml, "files", "{" + NETWORK + ": " + quoted(hash) + "}");
    return yaml.toString();
  }

  private static void line(StringBuilder yaml, String key, String value) {
    yaml.append(key).append(": ").append(value).append('\n');
  }

  private static String flow(Map<String, String> options) {
    return options.entrySet().stream()
        .map(each -> quoted(each.getKey()) + ": " + quoted(each.getValue()))
        .sorted()
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** A text in double quotes, as YAML 1.2 and JSON read it. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
