package org.momo.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Optimizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.momo.djl.TrainingReport.Epoch;
import org.momo.spi.Tensor;

/**
 * Transfer learning: the first layers of a network stay as they are, the last are trained. The
 * defaults are those of Jonske et al. (European Radiology 2022): of a residual network the last
 * stage and of a DenseNet the last dense layer, and all behind it, by Adam at 1e-4 with batches of
 * 24, a fifth of the pictures turned and a fifth mirrored, until the loss no longer falls.
 *
 * <pre>{@code
 * TrainingReport report =
 *     Training.builder().epochs(50).seed(7).build().fit(network, training, validation);
 * }</pre>
 *
 * <p>The layers that stay run as they will when the network serves: their normalisations use their
 * running statistics and do not change them. What these layers give is kept from epoch to epoch
 * where pictures are not altered and there is room.
 *
 * <p>The same seed, pictures and machine give the same network. DJL lets one training run in a
 * process at a time.
 *
 * <p>This class is immutable.
 */
public final class Training {
  private final Builder with;

  private Training(Builder with) {
    this.with = with;
  }

  /**
   * Begins with the published settings.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * How to train.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder implements Cloneable {
    private String from = "";
    private boolean published = true;
    private int epochs = 100;
    private int batch = 24;
    private double learningRate = 1e-4;
    private double decay = 0.99;
    private double weightDecay = 1e-4;
    private int patience = 5;
    private double augmentation = 0.2;
    private long seed;
    private long cache = 1L << 30;
    private Consumer<Epoch> onEpoch = epoch -> {};

    private Builder() {}

    /**
     * The first layer to be trained; all behind it are, too.
     *
     * @param prefix the beginning of a parameter's name, such as {@code layer3} or {@code fc};
     *     empty for the whole network
     * @return this builder
     */
    public Builder trainFrom(String prefix) {
      from = Objects.requireNonNull(prefix, "prefix");
      published = false;
      return this;
    }

    /**
     * How many times all pictures are shown at most.
     *
     * @param most 1 or more; 100 unless said
     * @return this builder
     */
    public Builder epochs(int most) {
      epochs = atLeastOne("epochs", most);
      return this;
    }

    /**
     * How many pictures make a step.
     *
     * @param size 2 or more, since a normalisation needs more than one; 24 unless said
     * @return this builder
     */
    public Builder batch(int size) {
      if (size < 2) {
        throw new IllegalArgumentException("batch must be 2 or more: was " + size);
      }
      batch = size;
      return this;
    }

    /**
     * How long the first steps are.
     *
     * @param rate more than 0; 1e-4 unless said
     * @return this builder
     */
    public Builder learningRate(double rate) {
      learningRate = between("learningRate", rate, Double.MIN_NORMAL, 10);
      return this;
    }

    /**
     * What the learning rate is multiplied by after each epoch.
     *
     * @param factor more than 0 and not more than 1; 0.99 unless said
     * @return this builder
     */
    public Builder decay(double factor) {
      decay = between("decay", factor, Double.MIN_NORMAL, 1);
      return this;
    }

    /**
     * How strongly parameters are drawn to 0.
     *
     * @param strength 0 or more; 1e-4 unless said
     * @return this builder
     */
    public Builder weightDecay(double strength) {
      weightDecay = between("weightDecay", strength, 0, 1);
      return this;
    }

    /**
     * When to stop: when the mean validation loss of that many epochs is more than 0.99 of that of
     * as many before.
     *
     * @param epochs 1 or more; 5 unless said
     * @return this builder
     */
    public Builder patience(int epochs) {
      patience = atLeastOne("patience", epochs);
      return this;
    }

    /**
     * How many of the pictures are turned by 90, 180 or 270 degrees, and how many are mirrored.
     *
     * @param part 0 to 1, for each; 0.2 unless said
     * @return this builder
     */
    public Builder augmentation(double part) {
      augmentation = between("augmentation", part, 0, 1);
      return this;
    }

    /**
     * What the order of pictures and their alterations come from.
     *
     * @param value any number; 0 unless said
     * @return this builder
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * How much memory may be used to keep what the layers give that are not trained.
     *
     * @param bytes 0 or more; 1 GiB unless said
     * @return this builder
     */
    public Builder cache(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("cache must be 0 or more: was " + bytes);
      }
      cache = bytes;
      return this;
    }

    /**
     * Whom to tell of each epoch.
     *
     * @param listener is called by the thread that trains
     * @return this builder
     */
    public Builder onEpoch(Consumer<Epoch> listener) {
      onEpoch = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * The training.
     *
     * @return as this builder says now
     */
    public Training build() {
      try {
        return new Training((Builder) clone());
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be 1 or more: was " + value);
      }
      return value;
    }

    private static double between(String name, double value, double least, double most) {
      if (!(value >= least && value <= most)) {
        throw new IllegalArgumentException(
            name + " must be between " + least + " and " + most + ": was " + value);
      }
      return value;
    }
  }

  /**
   * Trains a network, which has the best parameters afterwards. Nobody else may use it meanwhile.
   *
   * @param network the network
   * @param training what it learns from, two pictures or more
   * @param validation what decides when to stop and what to keep; none of it may be in {@code
   *     training}, or it decides nothing
   * @return how it went
   * @throws IOException if a picture cannot be read
   * @throws IllegalArgumentException if a label is no class of the network, or a picture has
   *     another shape than the first
   */
  public TrainingReport fit(Network network, LabelledPictures training, LabelledPictures validation)
      throws IOException {
    if (training.size() < 2 || validation.size() < 1) {
      throw new IllegalArgumentException(
          "training needs two pictures or more, and one to validate: were "
              + training.size()
              + " and "
              + validation.size());
    }
    requireLabels(network, training);
    requireLabels(network, validation);
    return new Run(network, training, validation).train();
  }

  private static void requireLabels(Network network, LabelledPictures pictures) {
    for (int i = 0; i < pictures.size(); i++) {
      int label = pictures.label(i);
      if (label < 0 || label >= network.classes()) {
        throw new IllegalArgumentException(
            "labels must be between 0 and " + (network.classes() - 1) + ": was " + label);
      }
    }
  }

  private static int split(List<Layer> layers, String from) {
    for (int i = 0; i < layers.size(); i++) {
      if (from.isEmpty()
          || layers.get(i).parameters().stream()
              .anyMatch(each -> each.name().startsWith(from + "."))) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no layer " + from + " to train from");
  }

  /** One training. */
  private final class Run {
    private final Network network;
    private final LabelledPictures training;
    private final LabelledPictures validation;
    private final List<Layer> trained;
    private final LayerBlock body;
    private final LayerBlock tail;
    private final int[] pictureShape;
    private final int[] featureShape;
    private final Map<Integer, float[]> kept = new LinkedHashMap<>();
    private final Map<Integer, float[]> keptForValidation = new LinkedHashMap<>();
    private final Random random = new Random(with.seed);

    Run(Network network, LabelledPictures training, LabelledPictures validation)
        throws IOException {
      this.network = network;
      this.training = training;
      this.validation = validation;
      List<Layer> layers = network.layers();
      String from = with.published ? network.architecture().transfer() : with.from;
      int split = split(layers, from);
      this.trained = layers.subList(split, layers.size());
      this.body = network.layerBlock().part(0, split);
      this.tail = network.layerBlock().part(split, layers.size());
      this.pictureShape = training.picture(0).shape();
      if (pictureShape.length != 3 || pictureShape[0] != network.channels()) {
        throw new IllegalArgumentException(
            "pictures must be [" + network.channels() + ", h, w]: was " + training.picture(0));
      }
      Layer.output(layers, pictureShape);
      this.featureShape = Layer.output(layers.subList(0, split), pictureShape);
    }

    TrainingReport train() throws IOException {
      List<Epoch> epochs = new ArrayList<>();
      Map<Layer.Named, float[]> bestParameters = Map.of();
      int best = 0;
      int steps = (training.size() + with.batch - 1) / with.batch;
      DefaultTrainingConfig config =
          new DefaultTrainingConfig(new SoftmaxCrossEntropyLoss())
              .optDevices(new Device[] {Device.cpu()})
              .optOptimizer(
                  Optimizer.adam()
                      .optLearningRateTracker((id, step) -> rate((step - 1) / steps))
                      .optWeightDecays((float) with.weightDecay)
                      .build());
      try (Model model = DjlEngines.engine(DjlEngines.PYTORCH).newModel("training", Device.cpu())) {
        model.setBlock(tail);
        try (Trainer trainer = model.newTrainer(config)) {
          trainer.initialize(shape(2));
          while (epochs.size() < with.epochs && !isSettled(epochs)) {
            double loss = epoch(trainer);
            Epoch epoch = validated(loss);
            epochs.add(epoch);
            if (epochs.size() == 1 || epoch.validationLoss() < epochs.get(best).validationLoss()) {
              best = epochs.size() - 1;
              bestParameters = parameters();
            }
            with.onEpoch.accept(epoch);
          }
        }
      } finally {
        for (Parameter parameter : tail.getParameters().values()) {
          parameter.getArray().setRequiresGradient(false);
        }
      }
      bestParameters.forEach(
          (parameter, values) -> tail.getParameters().get(parameter.name()).getArray().set(values));
      return new TrainingReport(epochs, best, epochs.size() < with.epochs);
    }

    private float rate(int epoch) {
      return (float) (with.learningRate * Math.pow(with.decay, epoch));
    }

    private boolean isSettled(List<Epoch> epochs) {
      int n = epochs.size();
      if (n < 2 * with.patience) {
        return false;
      }
      double before = sum(epochs.subList(n - 2 * with.patience, n - with.patience));
      double now = sum(epochs.subList(n - with.patience, n));
      return !(now <= 0.99 * before);
    }

    private static double sum(List<Epoch> epochs) {
      return epochs.stream().mapToDouble(Epoch::validationLoss).sum();
    }

    private double epoch(Trainer trainer) throws IOException {
      Loss loss = trainer.getLoss();
      int[] order = order();
      double sum = 0;
      for (int from = 0; from < order.length; ) {
        // A single picture at the end goes with those before it.
        int to = order.length - from <= with.batch + 1 ? order.length : from + with.batch;
        try (NDManager step = trainer.getManager().newSubManager()) {
          NDArray features = step.create(features(order, from, to), shape(to - from));
          NDArray labels = step.create(labels(order, from, to));
          try (GradientCollector collector = trainer.newGradientCollector()) {
            NDArray each = loss.evaluate(new NDList(labels), trainer.forward(new NDList(features)));
            collector.backward(each);
            sum += each.getFloat() * (double) (to - from);
          }
          trainer.step();
        }
        from = to;
      }
      return sum / order.length;
    }

    private int[] order() {
      int[] order = new int[training.size()];
      Arrays.setAll(order, i -> i);
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
      return order;
    }

    private float[] labels(int[] order, int from, int to) {
      float[] labels = new float[to - from];
      for (int i = from; i < to; i++) {
        labels[i - from] = training.label(order[i]);
      }
      return labels;
    }

    private float[] features(int[] order, int from, int to) throws IOException {
      int size = size(featureShape);
      float[] all = new float[Math.multiplyExact(to - from, size)];
      for (int i = from; i < to; i++) {
        float[] one =
            with.augmentation == 0
                ? features(training, order[i], kept)
                : body(Alteration.draw(random, with.augmentation).of(picture(training, order[i])));
        System.arraycopy(one, 0, all, (i - from) * size, size);
      }
      return all;
    }

    /** What the layers that stay give for a picture as it is. */
    private float[] features(LabelledPictures pictures, int index, Map<Integer, float[]> known)
        throws IOException {
      float[] found = known.get(index);
      if (found == null) {
        found = body(picture(pictures, index));
        long bytes = 4L * found.length * (kept.size() + keptForValidation.size() + 1);
        if (bytes <= with.cache) {
          known.put(index, found);
        }
      }
      return found;
    }

    private Tensor picture(LabelledPictures pictures, int index) throws IOException {
      Tensor picture = pictures.picture(index);
      if (!Arrays.equals(picture.shape(), pictureShape)) {
        throw new IllegalArgumentException(
            "pictures must all be " + Arrays.toString(pictureShape) + ": was " + picture);
      }
      return picture;
    }

    private float[] body(Tensor picture) {
      int[] shape = picture.shape();
      Tensor one = picture.reshape(1, shape[0], shape[1], shape[2]);
      return Runs.oneByOne(network.manager(), body, one, size(featureShape)).data();
    }

    private Epoch validated(double trainingLoss) throws IOException {
      double loss = 0;
      int right = 0;
      for (int i = 0; i < validation.size(); i++) {
        float[] logits = logits(features(validation, i, keptForValidation));
        int label = validation.label(i);
        loss += negativeLogLikelihood(logits, label);
        right += largest(logits) == label ? 1 : 0;
      }
      int n = validation.size();
      return new Epoch(trainingLoss, loss / n, (double) right / n);
    }

    private float[] logits(float[] features) {
      try (NDManager run = network.manager().newSubManager()) {
        NDArray input = run.create(features, shape(1));
        ParameterStore store = new ParameterStore(run, false);
        return tail.forward(store, new NDList(input), false).singletonOrThrow().toFloatArray();
      }
    }

    private Map<Layer.Named, float[]> parameters() {
      Map<Layer.Named, float[]> parameters = new LinkedHashMap<>();
      for (Layer layer : trained) {
        for (Layer.Named each : layer.parameters()) {
          parameters.put(each, network.values(each));
        }
      }
      return parameters;
    }

    private Shape shape(int n) {
      long[] shape = new long[featureShape.length + 1];
      Arrays.setAll(shape, i -> i == 0 ? n : featureShape[i - 1]);
      return new Shape(shape);
    }
  }

  private static int size(int[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private static double negativeLogLikelihood(float[] logits, int label) {
    double most = logits[largest(logits)];
    double sum = 0;
    for (float each : logits) {
      sum += Math.exp(each - most);
    }
    return most + Math.log(sum) - logits[label];
  }

  private static int largest(float[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
