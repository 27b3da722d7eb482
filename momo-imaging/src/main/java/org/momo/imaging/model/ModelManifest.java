package org.momo.imaging.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.momo.spi.ConfigurationException;
import org.momo.spi.Options;

/**
 * What a {@code model.yaml} says. An example:
 *
 * <pre>{@code
 * format: 1
 * name: ct-body
 * version: 2026.2
 * modality: CT
 * network: model.onnx
 * classes: [CTAB, CTB, CTT]
 * input: {channels: 3, height: 224, width: 224, layout: nchw}
 * picture: {size: 224, convention: centred, interpolation: cubic, thin-below: 40}
 * preprocessors:
 *   - imaging.window: {centre: 40, width: 400}
 *   - imaging.imagenet
 * output: logits
 * temperature: 1.4
 * minimum-confidence: 0.2
 * licence: Apache-2.0
 * training-data: 12,000 series of one hospital, 2015 to 2024
 * accuracy: {value: 0.86, samples: 1200, measured-on: 300 studies of another hospital}
 * files:
 *   model.onnx: 3f0c…
 * }</pre>
 *
 * <p>The backend follows from the network's file name, unless {@code backend} names one: {@code
 * onnx.runtime} runs {@code .onnx}; {@code djl.pytorch} runs TorchScript in {@code .pt}, and
 * parameters in {@code .safetensors} or {@code .pth}, whose network {@code attributes} name:
 *
 * <pre>{@code
 * network: parameters.safetensors
 * attributes: {architecture: densenet161}
 * }</pre>
 *
 * <p>{@code attributes} are handed to the backend as they are.
 *
 * <p>This class is immutable.
 */
public final class ModelManifest {
  private static final Pattern FILE_NAME =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,3}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final int MOST_FILES = 64;
  private static final int MOST_CLASSES = 10_000;
  private static final int LARGEST_SIDE = 4096;
  private static final int LONGEST_TEXT = 2000;

  private final String where;
  private final String name;
  private final String version;
  private final String modality;
  private final String backend;
  private final String network;
  private final List<String> classes;
  private final int channels;
  private final int height;
  private final int width;
  private final PictureSpec picture;
  private final List<Step> preprocessors;
  private final OutputKind output;
  private final double temperature;
  private final OptionalDouble minimumConfidence;
  private final String licence;
  private final String trainingData;
  private final Accuracy accuracy;
  private final Map<String, String> files;
  private final Map<String, String> attributes;

  /**
   * One step of the preprocessing.
   *
   * <p>This class is immutable.
   *
   * @param name the preprocessor's full name
   * @param options what the manifest says of it: texts, lists and maps
   */
  public record Step(String name, Map<String, Object> options) {
    /**
     * Copies the options.
     *
     * @param name the preprocessor's full name
     * @param options what the manifest says of it
     */
    public Step {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
  }

  /**
   * How often a model was right, as its makers measured.
   *
   * <p>This class is immutable.
   *
   * @param value right answers as a part of all, 0 to 1
   * @param samples how many answers there were, 1 or more
   * @param measuredOn what on, in words
   */
  public record Accuracy(double value, int samples, String measuredOn) {}

  private ModelManifest(String where, Map<String, Object> values) {
    this.where = where;
    this.files = files(where, values.remove("files"));
    this.attributes = texts(where, "attributes", values.remove("attributes"));
    this.preprocessors = steps(where, values.remove("preprocessors"));
    Options options = Options.of(where, values);
    if (options.integer("format", 0, 0, Integer.MAX_VALUE) != 1) {
      throw new ConfigurationException(where + ": format must be 1");
    }
    this.name = text(options, "name");
    this.version = text(options, "version");
    this.modality = text(options, "modality");
    this.network = text(options, "network");
    this.backend = options.string("backend").orElseGet(() -> backendOf(where, network));
    this.classes = classes(options);
    Options input = options.options("input");
    this.channels = required(input, "channels", 1, 64);
    this.height = required(input, "height", 1, LARGEST_SIDE);
    this.width = required(input, "width", 1, LARGEST_SIDE);
    input.choice("layout", "nchw", List.of("nchw"));
    this.picture = PictureSpec.read(options.options("picture"), height, width);
    this.output =
        OutputKind.valueOf(
            choice(options, "output", List.of("logits", "probabilities")).toUpperCase(Locale.ROOT));
    this.temperature = options.number("temperature", 1, 1e-3, 1e3);
    this.minimumConfidence =
        options.has("minimum-confidence")
            ? OptionalDouble.of(options.number("minimum-confidence", 0, 0, 1))
            : OptionalDouble.empty();
    this.licence = text(options, "licence");
    this.trainingData = text(options, "training-data");
    Options measured = options.options("accuracy");
    this.accuracy =
        new Accuracy(
            measured.number("value", Double.NaN, 0, 1),
            required(measured, "samples", 1, Integer.MAX_VALUE),
            text(measured, "measured-on"));
    if (Double.isNaN(accuracy.value())) {
      throw new ConfigurationException(measured.where() + " needs the option 'value'");
    }
    options.requireAllRead();
    if (!files.containsKey(network)) {
      throw new ConfigurationException(
          where + ": files has no SHA-256 of the network " + network + "; add it");
    }
    if (isParameters(network) && !attributes.containsKey("architecture")) {
      throw new ConfigurationException(
          where
              + ": "
              + network
              + " holds parameters alone; say whose, for instance 'attributes: {architecture:"
              + " resnet152}'");
    }
  }

  /**
   * Reads a manifest.
   *
   * @param where how messages name it
   * @param yaml its text
   * @return the manifest
   * @throws ConfigurationException if it is no YAML, something is missing, out of range or not
   *     known; the message names the place
   */
  public static ModelManifest parse(String where, String yaml) {
    return new ModelManifest(where, ManifestYaml.read(where, yaml));
  }

  private static String backendOf(String where, String network) {
    if (network.endsWith(".onnx")) {
      return "onnx.runtime";
    }
    if (network.endsWith(".pt") || isParameters(network)) {
      return "djl.pytorch";
    }
    throw new ConfigurationException(
        where
            + ": say the backend that runs "
            + network
            + ", for instance 'backend: onnx.runtime'");
  }

  private static boolean isParameters(String network) {
    return network.endsWith(".safetensors") || network.endsWith(".pth");
  }

  private static String text(Options options, String name) {
    String text = options.requiredString(name).strip();
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      throw new ConfigurationException(
          options.where() + ": " + name + " must have between 1 and " + LONGEST_TEXT + " letters");
    }
    return text;
  }

  private static String choice(Options options, String name, List<String> choices) {
    if (!options.has(name)) {
      throw new ConfigurationException(options.where() + " needs the option '" + name + "'");
    }
    return options.choice(name, choices.get(0), choices);
  }

  private static int required(Options options, String name, int least, int most) {
    if (!options.has(name)) {
      throw new ConfigurationException(options.where() + " needs the option '" + name + "'");
    }
    return options.integer(name, least, least, most);
  }

  private static List<String> classes(Options options) {
    List<String> classes = options.strings("classes").orElse(List.of());
    if (classes.size() < 2 || classes.size() > MOST_CLASSES) {
      throw new ConfigurationException(
          options.where()
              + ": classes must name between 2 and "
              + MOST_CLASSES
              + " codes in the order of the network's outputs: were "
              + classes.size());
    }
    LinkedHashSet<String> seen = new LinkedHashSet<>();
    for (String code : classes) {
      if (!seen.add(code)) {
        throw new ConfigurationException(
            options.where() + ": classes names " + code + " twice; each output has its own class");
      }
    }
    return classes;
  }

  private static Map<String, String> files(String where, @Nullable Object value) {
    Map<String, String> files = new TreeMap<>();
    for (Map.Entry<String, String> file : texts(where, "files", value).entrySet()) {
      String hash = file.getValue().toLowerCase(Locale.ROOT);
      if (!FILE_NAME.matcher(file.getKey()).matches()) {
        throw new ConfigurationException(
            where
                + ": files may name files of the package only, in letters, digits, '.', '_', '-'"
                + " and '/': was \""
                + file.getKey()
                + "\"");
      }
      if (!SHA_256.matcher(hash).matches()) {
        throw new ConfigurationException(
            where + ": files." + file.getKey() + " must be a SHA-256 of 64 hexadecimal digits");
      }
      files.put(file.getKey(), hash);
    }
    if (files.isEmpty() || files.size() > MOST_FILES) {
      throw new ConfigurationException(
          where
              + ": files must give the SHA-256 of between 1 and "
              + MOST_FILES
              + " files: were "
              + files.size());
    }
    return Collections.unmodifiableMap(files);
  }

  private static Map<String, String> texts(String where, String name, @Nullable Object value) {
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new ConfigurationException(where + ": " + name + " must be a map of names to texts");
    }
    Map<String, String> texts = new TreeMap<>();
    map.forEach(
        (key, each) -> {
          if (!(each instanceof String text)) {
            throw new ConfigurationException(
                where + ": " + name + "." + key + " must be a text, in one line");
          }
          texts.put(String.valueOf(key), text);
        });
    return Collections.unmodifiableMap(texts);
  }

  private static List<Step> steps(String where, @Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list) || list.size() > MOST_FILES) {
      throw new ConfigurationException(where + ": preprocessors must be a short list");
    }
    List<Step> steps = new ArrayList<>();
    for (Object each : list) {
      if (each instanceof String step) {
        steps.add(new Step(step, Map.of()));
        continue;
      }
      if (!(each instanceof Map<?, ?> map) || map.size() != 1) {
        throw new ConfigurationException(
            where
                + ": preprocessors["
                + steps.size()
                + "] must be a name, or one name with its options");
      }
      Map.Entry<?, ?> only = map.entrySet().iterator().next();
      if (!(only.getValue() instanceof Map<?, ?> options)) {
        throw new ConfigurationException(
            where + ": preprocessors[" + steps.size() + "] needs a map of options");
      }
      Map<String, Object> copy = new LinkedHashMap<>();
      options.forEach((key, option) -> copy.put(String.valueOf(key), option));
      steps.add(new Step(String.valueOf(only.getKey()), copy));
    }
    return List.copyOf(steps);
  }

  /**
   * How messages name the manifest.
   *
   * @return a path, or what the reader said
   */
  public String where() {
    return where;
  }

  /**
   * The model's name.
   *
   * @return not empty
   */
  public String name() {
    return name;
  }

  /**
   * The model's version.
   *
   * @return not empty
   */
  public String version() {
    return version;
  }

  /**
   * The series that the network judges.
   *
   * @return a modality group of the catalogue, or a DICOM Modality that the catalogue maps to one
   */
  public String modality() {
    return modality;
  }

  /**
   * The backend that runs the network.
   *
   * @return its full name, such as {@code onnx.runtime}
   */
  public String backend() {
    return backend;
  }

  /**
   * The network's file.
   *
   * @return one of {@link #files}
   */
  public String network() {
    return network;
  }

  /**
   * The class codes in the order of the network's outputs.
   *
   * @return two or more, each once
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * Channels of {@code [n, c, h, w]}.
   *
   * @return 1 or more
   */
  public int channels() {
    return channels;
  }

  /**
   * Rows of {@code [n, c, h, w]}.
   *
   * @return 1 or more
   */
  public int height() {
    return height;
  }

  /**
   * Columns of {@code [n, c, h, w]}.
   *
   * @return 1 or more
   */
  public int width() {
    return width;
  }

  /**
   * How a series becomes a picture.
   *
   * @return where the manifest does not say, as large as the larger side of the input
   */
  public PictureSpec picture() {
    return picture;
  }

  /**
   * What happens to the picture before the network sees it.
   *
   * @return the steps in order; may be empty
   */
  public List<Step> preprocessors() {
    return preprocessors;
  }

  /**
   * What the network gives.
   *
   * @return logits or probabilities
   */
  public OutputKind output() {
    return output;
  }

  /**
   * What logits are divided by before the softmax, so that confidence is what can be relied on.
   *
   * @return more than 0; 1 where the manifest does not say
   */
  public double temperature() {
    return temperature;
  }

  /**
   * Below which confidence a series does not vote.
   *
   * @return 0 to 1, or empty where the manifest leaves it to the configuration
   */
  public OptionalDouble minimumConfidence() {
    return minimumConfidence;
  }

  /**
   * The licence.
   *
   * @return in the makers' words
   */
  public String licence() {
    return licence;
  }

  /**
   * What the network was trained on.
   *
   * @return in the makers' words
   */
  public String trainingData() {
    return trainingData;
  }

  /**
   * How often the network was right.
   *
   * @return as its makers measured
   */
  public Accuracy accuracy() {
    return accuracy;
  }

  /**
   * The files of the package and their SHA-256.
   *
   * @return names in alphabetical order to 64 lower-case hexadecimal digits
   */
  public Map<String, String> files() {
    return files;
  }

  /**
   * What else the backend is told.
   *
   * @return names in alphabetical order to texts
   */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** Name and version. */
  @Override
  public String toString() {
    return name + " " + version;
  }
}
