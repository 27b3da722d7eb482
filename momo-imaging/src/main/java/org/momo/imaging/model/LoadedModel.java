package org.momo.imaging.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;
import org.momo.spi.BuildContext;
import org.momo.spi.ConfigurationException;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceException;
import org.momo.spi.InferenceSession;
import org.momo.spi.Options;
import org.momo.spi.Preprocessor;
import org.momo.spi.Tensor;
import org.momo.spi.UnsuitableImageException;

/**
 * A model package, checked whole and ready to judge: its classes are the catalogue's, its
 * preprocessors make what the network takes, and the network has run once.
 *
 * <p>This class is thread-safe.
 */
public final class LoadedModel implements AutoCloseable {
  private static final float[] TEST_LEAST = {-1024, 0};
  private static final float[] TEST_MOST = {3071, 1};

  private final ModelPackage files;
  private final String group;
  private final List<StudyClass> classes;
  private final List<Preprocessor> preprocessors;
  private final InferenceSession session;

  private LoadedModel(
      ModelPackage files,
      String group,
      List<StudyClass> classes,
      List<Preprocessor> preprocessors,
      InferenceSession session) {
    this.files = files;
    this.group = group;
    this.classes = classes;
    this.preprocessors = preprocessors;
    this.session = session;
  }

  /**
   * Loads a package.
   *
   * @param files the package; the model closes it, also where loading fails
   * @param backend runs the network; it stays open
   * @param context gives the catalogue and the preprocessors
   * @return the model
   * @throws ConfigurationException if a class is not of the catalogue or of another modality, a
   *     preprocessor is not known or makes another shape than the network takes, or the network
   *     cannot be opened or run
   */
  public static LoadedModel load(
      ModelPackage files, InferenceBackend backend, BuildContext context) {
    InferenceSession session = null;
    try {
      ModelManifest manifest = files.manifest();
      String group =
          context.catalogue().modalityGroup(manifest.modality()).orElse(manifest.modality());
      List<StudyClass> classes = classes(manifest, group, context.catalogue());
      List<Preprocessor> preprocessors = preprocessors(manifest, context);
      session = backend.open(files.spec());
      LoadedModel model = new LoadedModel(files, group, classes, preprocessors, session);
      model.dryRun();
      return model;
    } catch (InferenceException e) {
      close(files, session, e);
      throw new ConfigurationException(
          files.manifest().where() + ": " + Objects.requireNonNullElse(e.getMessage(), ""), e);
    } catch (RuntimeException | Error e) {
      close(files, session, e);
      throw e;
    }
  }

  private static void close(
      ModelPackage files, @Nullable InferenceSession session, Throwable cause) {
    try (files) {
      if (session != null) {
        session.close();
      }
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private static List<StudyClass> classes(
      ModelManifest manifest, String group, Catalogue catalogue) {
    List<StudyClass> classes = new ArrayList<>();
    for (String code : manifest.classes()) {
      StudyClass found =
          catalogue
              .find(code)
              .orElseThrow(
                  () ->
                      new ConfigurationException(
                          manifest.where()
                              + ": the catalogue "
                              + catalogue.name()
                              + " has no class "
                              + code
                              + ", which the network gives"));
      if (!found.modality().equals(group)) {
        throw new ConfigurationException(
            manifest.where()
                + ": the class "
                + code
                + " is of the modality "
                + found.modality()
                + ", and the network judges "
                + group);
      }
      classes.add(found);
    }
    return List.copyOf(classes);
  }

  private static List<Preprocessor> preprocessors(ModelManifest manifest, BuildContext context) {
    List<Preprocessor> steps = new ArrayList<>();
    for (ModelManifest.Step step : manifest.preprocessors()) {
      String place = manifest.where() + ": preprocessors[" + steps.size() + "] " + step.name();
      steps.add(context.preprocessor(step.name(), Options.of(place, step.options())));
    }
    return List.copyOf(steps);
  }

  /** Shows the network a grey wedge, in Hounsfield units or, where these do not suit, 0 to 1. */
  private void dryRun() throws InferenceException {
    UnsuitableImageException last = null;
    for (int i = 0; i < TEST_LEAST.length; i++) {
      try {
        Tensor even = prepare(wedge(TEST_LEAST[i], TEST_MOST[i], false));
        Tensor steep = prepare(wedge(TEST_LEAST[i], TEST_MOST[i], true));
        probabilities(even);
        requireLogits(even, steep);
        return;
      } catch (UnsuitableImageException e) {
        last = e;
      }
    }
    throw new ConfigurationException(
        manifest().where() + ": its preprocessors find every test image unsuitable", last);
  }

  /** Probabilities that pass for logits would make every answer look unsure. */
  private void requireLogits(Tensor... inputs) throws InferenceException {
    if (manifest().output() != OutputKind.LOGITS) {
      return;
    }
    for (Tensor input : inputs) {
      double sum = 0;
      boolean positive = true;
      for (float value : session.run(input).data()) {
        sum += value;
        positive &= value >= 0;
      }
      // Logits may sum to 1 by chance, but hardly twice.
      if (!positive || Math.abs(sum - 1) >= 1e-5) {
        return;
      }
    }
    throw new ConfigurationException(
        manifest().where()
            + ": output is logits, and what the network gives sums to 1: say 'output:"
            + " probabilities'");
  }

  private Tensor wedge(float least, float most, boolean steep) {
    int size = manifest().picture().size();
    float[] values = new float[3 * size * size];
    for (int i = 0; i < values.length; i++) {
      double part = (double) (i % size) / (size - 1);
      values[i] = (float) (least + (most - least) * (steep ? part * part * part : part));
    }
    return Tensor.of(values, 3, size, size);
  }

  /**
   * What the package says of itself.
   *
   * @return the manifest
   */
  public ModelManifest manifest() {
    return files.manifest();
  }

  /**
   * The series that the network judges.
   *
   * @return a modality group of the catalogue
   */
  public String modalityGroup() {
    return group;
  }

  /**
   * The classes in the order of the network's outputs.
   *
   * @return classes of the catalogue
   */
  public List<StudyClass> classes() {
    return classes;
  }

  /**
   * Makes of a picture what the network takes.
   *
   * @param picture {@code [3, size, size]} as the manifest's {@link ModelManifest#picture} asks
   * @return {@code [1, c, h, w]}
   * @throws UnsuitableImageException if the picture cannot be shown to the network
   */
  public Tensor prepare(Tensor picture) throws UnsuitableImageException {
    Tensor image = picture;
    for (Preprocessor step : preprocessors) {
      image = step.process(image);
    }
    ModelManifest manifest = manifest();
    if (image.rank() != 3
        || image.dimension(0) != manifest.channels()
        || image.dimension(1) != manifest.height()
        || image.dimension(2) != manifest.width()) {
      throw new ConfigurationException(
          manifest.where()
              + ": the preprocessors make "
              + image
              + ", and the network takes ["
              + manifest.channels()
              + ", "
              + manifest.height()
              + ", "
              + manifest.width()
              + "]; add imaging.resize, or set the picture's size");
    }
    return image.reshape(1, manifest.channels(), manifest.height(), manifest.width());
  }

  /**
   * Runs the network on one image.
   *
   * @param input what {@link #prepare} made
   * @return the calibrated probability of each class, in the order of {@link #classes}; sums to 1
   * @throws InferenceException if the run fails, or gives what are no probabilities though the
   *     manifest says so
   */
  public double[] probabilities(Tensor input) throws InferenceException {
    return probabilities(List.of(input)).get(0);
  }

  /**
   * Runs the network on several images at once.
   *
   * @param inputs one or more that {@link #prepare} made
   * @return for each image the calibrated probability of each class, in the order of {@link
   *     #classes}; sums to 1
   * @throws InferenceException if the run fails, or gives what are no probabilities though the
   *     manifest says so
   */
  public List<double[]> probabilities(List<Tensor> inputs) throws InferenceException {
    int count = classes.size();
    Tensor output = session.run(inputs.size() == 1 ? inputs.get(0) : joined(inputs));
    if (output.rank() != 2
        || output.dimension(0) != inputs.size()
        || output.dimension(1) != count) {
      throw new InferenceException(
          "Model "
              + manifest()
              + ": it gave "
              + output
              + " for "
              + inputs.size()
              + " images, and has "
              + count
              + " classes.");
    }
    for (float value : output.data()) {
      if (!Float.isFinite(value)) {
        throw new InferenceException(
            "Model " + manifest() + ": it gave a value that is not finite.");
      }
    }
    List<double[]> probabilities = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      probabilities.add(probabilities(output.data(), i * count));
    }
    return probabilities;
  }

  private Tensor joined(List<Tensor> inputs) {
    int size = manifest().channels() * manifest().height() * manifest().width();
    float[] values = new float[Math.multiplyExact(inputs.size(), size)];
    for (int i = 0; i < inputs.size(); i++) {
      System.arraycopy(inputs.get(i).data(), 0, values, i * size, size);
    }
    return Tensor.of(
        values, inputs.size(), manifest().channels(), manifest().height(), manifest().width());
  }

  private double[] probabilities(float[] values, int at) throws InferenceException {
    int count = classes.size();
    double temperature = manifest().temperature();
    if (manifest().output() == OutputKind.LOGITS) {
      return Probabilities.ofLogits(values, at, count, temperature);
    }
    double[] result = Probabilities.ofProbabilities(values, at, count, temperature);
    if (result == null) {
      throw new InferenceException(
          "Model "
              + manifest()
              + ": its manifest says that it gives probabilities, and what it gave is negative or"
              + " does not sum to 1.");
    }
    return result;
  }

  /**
   * Lets go of the network, and deletes what was unpacked.
   *
   * @throws IOException if deleting fails
   */
  @Override
  public void close() throws IOException {
    try (files) {
      session.close();
    }
  }

  /** Name and version. */
  @Override
  public String toString() {
    return manifest().toString();
  }
}
