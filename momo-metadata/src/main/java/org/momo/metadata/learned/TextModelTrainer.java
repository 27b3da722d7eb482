package org.momo.metadata.learned;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.momo.decision.Region;

/*
 * Stochastic gradient descent with AdaGrad's step sizes [1] on the cross entropy of the softmax
 * over sets of regions. Where several sets are accepted, their probabilities count together: the
 * gradient pulls towards each as far as the model believes in it already.
 *
 * The temperature [2] is found on texts that did not train: each third of the sources is judged by
 * a model of the other two thirds, since the names of one hospital resemble each other. The model
 * itself is trained on all of them.
 *
 * [1] Duchi, Hazan, Singer: Adaptive Subgradient Methods, JMLR 12 (2011).
 * [2] Guo, Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks, ICML 2017.
 */
/**
 * Trains text models.
 *
 * <p>The same texts and seed give the same bytes, whatever the number of threads. This class is
 * immutable.
 *
 * @param seed of the order in which texts are learned
 * @param bits the logarithm of the table's rows, 8 to 18; a model takes 14 to 15 bytes a row
 * @param epochs how often each text is learned, 1 to 100
 * @param rate the step size, above 0
 * @param decay the strength of the L2 penalty, at least 0
 */
public record TextModelTrainer(long seed, int bits, int epochs, double rate, double decay) {
  private static final int FOLDS = 3;
  private static final double SMALL = 1e-8;

  /** What few texts got right by chance must not make a model too sure. */
  private static final double LEAST_HEAT = 0.5;

  private static final double MOST_HEAT = 10;

  /**
   * Checks the settings.
   *
   * @param seed of the order in which texts are learned
   * @param bits the logarithm of the table's rows
   * @param epochs how often each text is learned
   * @param rate the step size
   * @param decay the strength of the L2 penalty
   * @throws IllegalArgumentException if a setting is out of range
   */
  public TextModelTrainer {
    if (bits < TextModel.FEWEST_BITS || bits > TextModel.MOST_BITS) {
      throw new IllegalArgumentException(
          "bits must be between "
              + TextModel.FEWEST_BITS
              + " and "
              + TextModel.MOST_BITS
              + ": was "
              + bits);
    }
    if (epochs < 1 || epochs > 100) {
      throw new IllegalArgumentException("epochs must be between 1 and 100: was " + epochs);
    }
    if (!(rate > 0 && rate <= 10)) {
      throw new IllegalArgumentException("rate must be above 0 and at most 10: was " + rate);
    }
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay must be at least 0 and below 1: was " + decay);
    }
  }

  /**
   * The settings that did best on sources that were left out.
   *
   * @param seed of the order in which texts are learned
   * @return a trainer
   */
  public static TextModelTrainer of(long seed) {
    return new TextModelTrainer(seed, 15, 12, 0.5, 1e-5);
  }

  /** A text as numbers. */
  private record Example(String source, String text, int[] rows, int[] accepted) {}

  /** The sets of regions that occur, in a fixed order. */
  private record Labels(List<Region> regions, int[] masks) {
    static Labels of(List<LabelledText> texts) {
      Set<Region> used = EnumSet.noneOf(Region.class);
      texts.forEach(text -> text.accepted().forEach(used::addAll));
      if (used.isEmpty()) {
        throw new IllegalArgumentException("the labels name no region; there is nothing to learn");
      }
      List<Region> regions = new ArrayList<>(used);
      Set<Integer> masks = new TreeSet<>();
      texts.forEach(text -> text.accepted().forEach(set -> masks.add(mask(regions, set))));
      if (masks.size() > TextModel.MOST_SETS) {
        throw new IllegalArgumentException(
            "a model knows at most "
                + TextModel.MOST_SETS
                + " sets of regions: these are "
                + masks.size());
      }
      return new Labels(List.copyOf(regions), masks.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int mask(List<Region> regions, Set<Region> set) {
      int mask = 0;
      for (Region region : set) {
        mask |= 1 << regions.indexOf(region);
      }
      return mask;
    }

    int[] accepted(LabelledText text) {
      return text.accepted().stream()
          .mapToInt(set -> Arrays.binarySearch(masks, mask(regions, set)))
          .sorted()
          .distinct()
          .toArray();
    }
  }

  /**
   * Trains a model.
   *
   * @param texts labelled texts of at least one source
   * @param card the model's name, training set and licence; sizes and settings are added to its
   *     facts
   * @param threads how many threads may work at once, at least 1; the answer does not depend on it
   * @return the model
   * @throws IllegalArgumentException if there is no text, or no region in any label
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  public TextModel train(List<LabelledText> texts, ModelCard card, int threads)
      throws InterruptedException {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("there is no labelled text to learn from");
    }
    Labels labels = Labels.of(texts);
    Features features = new Features(bits);
    List<Example> examples = new ArrayList<>(texts.size());
    for (LabelledText text : texts) {
      int[] rows = features.of(text.text(), text.group());
      if (rows.length > 0) {
        examples.add(new Example(text.source(), text.text(), rows, labels.accepted(text)));
      }
    }
    ModelCard complete = complete(card, texts);
    int[] folds = folds(examples);
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads));
    try {
      List<Future<double[][]>> held = new ArrayList<>();
      for (int fold = 0; fold < FOLDS; fold++) {
        int out = fold;
        held.add(pool.submit(() -> heldOut(examples, folds, out, labels, complete)));
      }
      Future<TextModel> model = pool.submit(() -> fit(examples, labels, complete));
      double[][] scores = new double[examples.size()][];
      for (int fold = 0; fold < FOLDS; fold++) {
        double[][] part = held.get(fold).get();
        for (int i = 0; i < part.length; i++) {
          scores[i] = folds[i] == fold ? part[i] : scores[i];
        }
      }
      return model.get().at(temperature(examples, scores));
    } catch (ExecutionException e) {
      throw new IllegalStateException("training failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private ModelCard complete(ModelCard card, List<LabelledText> texts) {
    TreeMap<String, String> facts = new TreeMap<>(card.facts());
    Map<String, Integer> sources = new TreeMap<>();
    Map<String, Integer> languages = new TreeMap<>();
    for (LabelledText text : texts) {
      sources.merge(text.source(), 1, Integer::sum);
      languages.merge(text.language().isEmpty() ? "unknown" : text.language(), 1, Integer::sum);
    }
    facts.put("texts", String.valueOf(texts.size()));
    facts.put("sources", String.valueOf(sources.size()));
    StringBuilder spoken = new StringBuilder();
    languages.forEach(
        (language, count) -> {
          if (spoken.length() < 512) {
            spoken.append(spoken.isEmpty() ? "" : ", ").append(language).append(' ').append(count);
          }
        });
    facts.put("languages", spoken.toString().replaceAll("\\p{Cntrl}", "?"));
    facts.put(
        "settings",
        "seed "
            + seed
            + ", rows 2^"
            + bits
            + ", epochs "
            + epochs
            + ", rate "
            + rate
            + ", decay "
            + decay);
    return new ModelCard(card.name(), card.trainingSet(), card.licence(), facts);
  }

  /** Sources by size into folds, each into the smallest; a single source is split by text. */
  private static int[] folds(List<Example> examples) {
    Map<String, Integer> sizes = new TreeMap<>();
    examples.forEach(example -> sizes.merge(example.source, 1, Integer::sum));
    int[] folds = new int[examples.size()];
    if (sizes.size() < FOLDS) {
      Map<String, Integer> texts = new TreeMap<>();
      for (int i = 0; i < folds.length; i++) {
        folds[i] = texts.computeIfAbsent(examples.get(i).text, t -> texts.size()) % FOLDS;
      }
      return folds;
    }
    List<String> largest = new ArrayList<>(sizes.keySet());
    largest.sort(Comparator.comparingInt((String source) -> -sizes.getOrDefault(source, 0)));
    int[] filled = new int[FOLDS];
    Map<String, Integer> foldOf = new TreeMap<>();
    for (String source : largest) {
      int least = 0;
      for (int fold = 1; fold < FOLDS; fold++) {
        least = filled[fold] < filled[least] ? fold : least;
      }
      filled[least] += sizes.getOrDefault(source, 0);
      foldOf.put(source, least);
    }
    for (int i = 0; i < folds.length; i++) {
      folds[i] = foldOf.getOrDefault(examples.get(i).source, 0);
    }
    return folds;
  }

  /** The scores of the sets for the texts of one fold, by a model of the others. */
  private double[][] heldOut(
      List<Example> examples, int[] folds, int out, Labels labels, ModelCard card) {
    List<Example> rest = new ArrayList<>();
    for (int i = 0; i < folds.length; i++) {
      if (folds[i] != out) {
        rest.add(examples.get(i));
      }
    }
    double[][] scores = new double[folds.length][];
    TextModel model = fit(rest, labels, card);
    for (int i = 0; i < folds.length; i++) {
      scores[i] = folds[i] == out ? model.scores(examples.get(i).rows) : new double[0];
    }
    return scores;
  }

  private TextModel fit(List<Example> examples, Labels labels, ModelCard card) {
    int columns = labels.regions.size();
    int count = labels.masks.length;
    double[] weights = new double[columns << bits];
    double[] squares = new double[columns << bits];
    double[] biases = new double[count];
    double[] biasSquares = new double[count];
    int[] order = new int[examples.size()];
    Arrays.setAll(order, i -> i);
    Random random = new Random(seed);
    double[] ofRegions = new double[columns];
    double[] slopes = new double[columns];
    double[] pull = new double[count];
    double[] accepted = new double[count];
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int i = order.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[other];
        order[other] = swapped;
      }
      for (int next : order) {
        Example example = examples.get(next);
        double share = 1 / Math.sqrt(example.rows.length);
        Arrays.fill(ofRegions, 0);
        for (int row : example.rows) {
          int at = row * columns;
          for (int r = 0; r < columns; r++) {
            ofRegions[r] += weights[at + r];
          }
        }
        for (int r = 0; r < columns; r++) {
          ofRegions[r] *= share;
        }
        for (int s = 0; s < count; s++) {
          pull[s] = TextModel.score(labels.masks[s], biases[s], ofRegions);
        }
        TextModel.softmax(pull, 1);
        double believed = 0;
        for (int s : example.accepted) {
          believed += pull[s];
        }
        for (int s : example.accepted) {
          accepted[s] = believed > 0 ? pull[s] / believed : 1.0 / example.accepted.length;
        }
        Arrays.fill(slopes, 0);
        for (int s = 0; s < count; s++) {
          double slope = pull[s] - accepted[s];
          for (int left = labels.masks[s]; left != 0; left &= left - 1) {
            slopes[Integer.numberOfTrailingZeros(left)] += slope;
          }
          biasSquares[s] += slope * slope;
          biases[s] -= rate * slope / Math.sqrt(biasSquares[s] + SMALL);
        }
        for (int s : example.accepted) {
          accepted[s] = 0;
        }
        for (int row : example.rows) {
          int at = row * columns;
          for (int r = at; r < at + columns; r++) {
            double slope = slopes[r - at] * share + decay * weights[r];
            squares[r] += slope * slope;
            weights[r] -= rate * slope / Math.sqrt(squares[r] + SMALL);
          }
        }
      }
    }
    return quantised(weights, biases, labels, card);
  }

  /** Each region's weights as whole steps of its own scale. */
  private TextModel quantised(double[] weights, double[] biases, Labels labels, ModelCard card) {
    int columns = labels.regions.size();
    double[] largest = new double[columns];
    for (int i = 0; i < weights.length; i++) {
      largest[i % columns] = Math.max(largest[i % columns], Math.abs(weights[i]));
    }
    float[] scales = new float[columns];
    for (int r = 0; r < columns; r++) {
      scales[r] = (float) (largest[r] / Byte.MAX_VALUE);
    }
    byte[] steps = new byte[weights.length];
    for (int i = 0; i < weights.length; i++) {
      float scale = scales[i % columns];
      long step = scale > 0 ? Math.round(weights[i] / scale) : 0;
      steps[i] = (byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, step));
    }
    float[] offsets = new float[biases.length];
    for (int s = 0; s < biases.length; s++) {
      offsets[s] = (float) biases[s];
    }
    return new TextModel(card, bits, labels.regions, labels.masks, offsets, 1, scales, steps);
  }

  /** The temperature under which held-out texts were least surprising: by golden section. */
  private static double temperature(List<Example> examples, double[][] scores) {
    double low = StrictMath.log(LEAST_HEAT);
    double high = StrictMath.log(MOST_HEAT);
    double golden = (Math.sqrt(5) - 1) / 2;
    double left = high - golden * (high - low);
    double right = low + golden * (high - low);
    double atLeft = surprise(examples, scores, StrictMath.exp(left));
    double atRight = surprise(examples, scores, StrictMath.exp(right));
    for (int step = 0; step < 40; step++) {
      if (atLeft <= atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - golden * (high - low);
        atLeft = surprise(examples, scores, StrictMath.exp(left));
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + golden * (high - low);
        atRight = surprise(examples, scores, StrictMath.exp(right));
      }
    }
    return StrictMath.exp((low + high) / 2);
  }

  private static double surprise(List<Example> examples, double[][] scores, double heat) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      double[] probabilities = scores[i].clone();
      TextModel.softmax(probabilities, heat);
      double accepted = 0;
      for (int s : examples.get(i).accepted) {
        accepted += probabilities[s];
      }
      sum -= StrictMath.log(Math.max(accepted, 1e-12));
    }
    return sum / Math.max(1, scores.length);
  }
}
