package org.momo.imaging.network;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.momo.decision.StudyClass;
import org.momo.imaging.model.LoadedModel;
import org.momo.imaging.model.PictureSpec;
import org.momo.spi.ConfigurationException;
import org.momo.spi.InferenceException;
import org.momo.spi.Tensor;

/**
 * The networks of one modality group. Their answer is the mean of their calibrated probabilities.
 *
 * <p>This class is thread-safe.
 */
final class Ensemble {
  /** So many names fit into evidence, which is for people to read. */
  private static final int MOST_NAMED = 4;

  private static final int LONGEST_NAME = 48;

  private final String group;
  private final List<LoadedModel> models;
  private final List<int[]> outputs;
  private final List<StudyClass> classes;
  private final List<PictureSpec> pictures;
  private final String name;

  private Ensemble(String group, List<LoadedModel> models, List<int[]> outputs) {
    this.group = group;
    this.models = List.copyOf(models);
    this.outputs = outputs;
    this.classes = models.get(0).classes();
    this.pictures = models.stream().map(m -> m.manifest().picture()).distinct().toList();
    this.name =
        models.stream()
                .limit(MOST_NAMED)
                .map(m -> shortened(m.toString()))
                .collect(Collectors.joining(" + "))
            + (models.size() > MOST_NAMED ? " + " + (models.size() - MOST_NAMED) + " more" : "");
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  /**
   * Joins networks.
   *
   * @param models one or more of the same modality group
   * @throws ConfigurationException if two differ in the classes that they tell apart, or are the
   *     same network
   */
  static Ensemble of(String group, List<LoadedModel> models) {
    LoadedModel first = models.get(0);
    List<int[]> outputs = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      LoadedModel model = models.get(i);
      outputs.add(outputs(first, model));
      for (LoadedModel other : models.subList(0, i)) {
        if (model.manifest().files().equals(other.manifest().files())
            && model.classes().equals(other.classes())) {
          throw new ConfigurationException(
              model.manifest().where()
                  + ": the network is that of "
                  + other.manifest().where()
                  + ", and would count twice; leave one of them out");
        }
      }
    }
    return new Ensemble(group, models, outputs);
  }

  private static int[] outputs(LoadedModel first, LoadedModel model) {
    if (model.classes().size() != first.classes().size()
        || !model.classes().containsAll(first.classes())) {
      throw new ConfigurationException(
          model.manifest().where()
              + ": its classes "
              + model.classes()
              + " are not those of "
              + first.manifest().where()
              + ", "
              + first.classes()
              + "; networks of one modality must tell the same classes apart, since their"
              + " probabilities are averaged");
    }
    return first.classes().stream().mapToInt(model.classes()::indexOf).toArray();
  }

  /** The modality group whose series the networks judge. */
  String group() {
    return group;
  }

  /** The classes, in the order of {@link #probabilities}. */
  List<StudyClass> classes() {
    return classes;
  }

  /** The pictures that the networks begin with, each once. */
  List<PictureSpec> pictures() {
    return pictures;
  }

  /** The networks, in the order in which they are configured. */
  List<LoadedModel> models() {
    return models;
  }

  /** The confidence that each of the networks asks for, or empty where none says. */
  OptionalDouble minimumConfidence() {
    return models.stream()
        .map(m -> m.manifest().minimumConfidence())
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .max();
  }

  /**
   * Asks the networks.
   *
   * @param images for each image, what each network takes, in the order of {@link #models}
   * @return for each image the probability of each class; sums to 1
   */
  List<double[]> probabilities(List<List<Tensor>> images) throws InferenceException {
    List<double[]> sums = new ArrayList<>();
    images.forEach(image -> sums.add(new double[classes.size()]));
    for (int m = 0; m < models.size(); m++) {
      List<Tensor> inputs = new ArrayList<>();
      for (List<Tensor> image : images) {
        inputs.add(image.get(m));
      }
      List<double[]> given = models.get(m).probabilities(inputs);
      for (int i = 0; i < sums.size(); i++) {
        for (int c = 0; c < classes.size(); c++) {
          sums.get(i)[c] += given.get(i)[outputs.get(m)[c]];
        }
      }
    }
    for (double[] sum : sums) {
      for (int c = 0; c < sum.length; c++) {
        sum[c] /= models.size();
      }
    }
    return sums;
  }

  /** Name and version of each network, for evidence. */
  @Override
  public String toString() {
    return name;
  }
}
