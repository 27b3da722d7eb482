package org.momo.imaging.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;
import org.momo.imaging.plugin.ImagingPlugin;
import org.momo.spi.BuildContext;
import org.momo.spi.ConfigurationException;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Factory;
import org.momo.spi.InferenceBackend;
import org.momo.spi.Options;
import org.momo.spi.PixelDecoder;
import org.momo.spi.Preprocessor;
import org.momo.spi.Registry;
import org.momo.spi.VoteRule;

/** A small catalogue, this plugin's preprocessors, and one backend: what models are built with. */
public final class Workshop implements BuildContext, Registry {
  private final Map<String, Factory<? extends Preprocessor>> preprocessors = new TreeMap<>();
  private final Map<String, Factory<? extends DecisionLayer>> layers = new TreeMap<>();
  private final Catalogue catalogue;
  private InferenceBackend backend = new MeansBackend();

  public Workshop() {
    Catalogue.Builder classes = Catalogue.builder("small");
    for (int i = 1; i <= 8; i++) {
      classes.add(cls("C" + i, "CT", null));
    }
    catalogue =
        classes
            .add(cls("CTT", "CT", "PCTGK"))
            .add(cls("CTAB", "CT", "PCTGK"))
            .add(cls("CTH", "CT", "PCTH"))
            .add(cls("MRS", "MR", "MRPS"))
            .add(cls("MRA", "MR", "MRPAB"))
            .add(cls("KTH", "CR", null))
            .add(cls("KAB", "CR", null))
            .add(cls("MAM", "MG", null))
            .add(cls("PCTGK", "PT", null))
            .add(cls("PCTH", "PT", null))
            .add(cls("MRPS", "MRPET", null))
            .add(cls("MRPAB", "MRPET", null))
            .modalityGroup("CT", "CT")
            .modalityGroup("MR", "MR")
            .modalityGroup("CR", "CR")
            .modalityGroup("DX", "CR")
            .modalityGroup("MG", "MG")
            .modalityGroup("PT", "PT")
            .modalityGroup("NM", "NM")
            .build();
    new ImagingPlugin().contribute(this);
  }

  private static StudyClass cls(String code, String modality, String partner) {
    return StudyClass.builder(code, modality).petPartner(partner).build();
  }

  public StudyClass cls(String code) {
    return catalogue.find(code).orElseThrow();
  }

  /** Writes a package of one network for {@link MeansBackend}. */
  public static Path write(Path folder, String name, String modality, Map<String, String> network)
      throws IOException {
    return write(folder, name, modality, network, "output: logits\n");
  }

  /** Writes a package, with lines that the manifest has besides. */
  public static Path write(
      Path folder, String name, String modality, Map<String, String> network, String more)
      throws IOException {
    Path here = Files.createDirectories(folder.resolve(name));
    String weights = String.join("\n", network.values()) + "\n";
    Files.writeString(here.resolve("net.txt"), weights);
    Files.writeString(
        here.resolve("model.yaml"),
        manifest(name, modality, List.copyOf(network.keySet()), sha256(weights)) + more);
    return here;
  }

  public static String manifest(String name, String modality, List<String> classes, String hash) {
    return """
        format: 1
        name: %s
        version: 1.10
        modality: %s
        backend: test.means
        network: net.txt
        classes: [%s]
        input: {channels: 3, height: 16, width: 16, layout: nchw}
        picture: {interpolation: linear}
        licence: CC0
        training-data: none at all
        accuracy: {value: 0.5, samples: 2, measured-on: a coin}
        files: {net.txt: %s}
        """
        .formatted(name, modality, String.join(", ", classes), hash);
  }

  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public DecisionLayer buildLayer(String name, Map<String, ?> values) {
    Options options = Options.of("test imaging." + name, values);
    DecisionLayer layer = layers.get(name).create(options, this);
    options.requireAllRead();
    return layer;
  }

  @Override
  public Catalogue catalogue() {
    return catalogue;
  }

  @Override
  public Path baseFolder() {
    return Path.of("").toAbsolutePath();
  }

  @Override
  public Preprocessor preprocessor(String name, Options options) {
    Factory<? extends Preprocessor> factory = preprocessors.get(name);
    if (factory == null) {
      throw new ConfigurationException(
          options.where() + ": there is no preprocessor " + name + "; there are " + preprocessors);
    }
    Preprocessor made = factory.create(options, this);
    options.requireAllRead();
    return made;
  }

  @Override
  public InferenceBackend backend(String name, Options options) {
    options.requireAllRead();
    if (!name.equals("test.means")) {
      throw new ConfigurationException(options.where() + ": there is no backend " + name);
    }
    return backend;
  }

  /** Runs networks by another backend than {@link MeansBackend}. */
  public void use(InferenceBackend other) {
    backend = other;
  }

  @Override
  public List<PixelDecoder> decoders() {
    return List.of();
  }

  @Override
  public void layer(String name, Factory<? extends DecisionLayer> factory) {
    layers.put(name, factory);
  }

  @Override
  public void rule(String name, Factory<? extends VoteRule> factory) {}

  @Override
  public void preprocessor(String name, Factory<? extends Preprocessor> factory) {
    preprocessors.put("imaging." + name, factory);
  }

  @Override
  public void backend(String name, Factory<? extends InferenceBackend> factory) {}

  @Override
  public void decoder(String name, Factory<? extends PixelDecoder> factory) {}
}
