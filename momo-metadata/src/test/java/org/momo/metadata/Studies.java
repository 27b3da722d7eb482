package org.momo.metadata;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.momo.decision.Catalogue;
import org.momo.decision.Opinion;
import org.momo.decision.Vote;
import org.momo.spi.BuildContext;
import org.momo.spi.ConfigurationException;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Factory;
import org.momo.spi.InferenceBackend;
import org.momo.spi.Options;
import org.momo.spi.PixelDecoder;
import org.momo.spi.Plugin;
import org.momo.spi.Preprocessor;
import org.momo.spi.Registry;
import org.momo.spi.VoteRule;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

/** Made-up studies, and layers as a configuration would build them. */
final class Studies {
  private final List<Instance> instances = new ArrayList<>();
  private final Map<Integer, Object> common = new LinkedHashMap<>();
  private int series;

  private Studies() {}

  /** A study whose every header holds these attributes: tag, value, tag, value. */
  static Studies with(Object... tagsAndValues) {
    Studies studies = new Studies();
    put(studies.common, tagsAndValues);
    return studies;
  }

  /** Adds a series of two instances. */
  Studies series(String modality, Object... tagsAndValues) {
    series++;
    for (int i = 1; i <= 2; i++) {
      Map<Integer, Object> values = new LinkedHashMap<>(common);
      values.put(Tag.STUDY_INSTANCE_UID, "2.25.7");
      values.put(Tag.SERIES_INSTANCE_UID, "2.25.7." + series);
      values.put(Tag.SERIES_NUMBER, String.valueOf(series));
      values.put(Tag.SOP_INSTANCE_UID, "2.25.7." + series + "." + i);
      values.put(Tag.INSTANCE_NUMBER, String.valueOf(i));
      if (!modality.isEmpty()) {
        values.put(Tag.MODALITY, modality);
      }
      put(values, tagsAndValues);
      instances.add(Instance.of(header(values)));
    }
    return this;
  }

  /** Adds a series of axial slices, the first and the last of which are there. */
  Studies stack(String modality, double lowest, double highest, Object... tagsAndValues) {
    series++;
    double[] places = {lowest, highest};
    for (int i = 1; i <= places.length; i++) {
      Map<Integer, Object> values = new LinkedHashMap<>(common);
      values.put(Tag.STUDY_INSTANCE_UID, "2.25.7");
      values.put(Tag.SERIES_INSTANCE_UID, "2.25.7." + series);
      values.put(Tag.SOP_INSTANCE_UID, "2.25.7." + series + "." + i);
      values.put(Tag.INSTANCE_NUMBER, String.valueOf(i));
      values.put(Tag.MODALITY, modality);
      values.put(Tag.IMAGE_ORIENTATION_PATIENT, "1\\0\\0\\0\\1\\0");
      values.put(Tag.IMAGE_POSITION_PATIENT, "-100\\-100\\" + places[i - 1]);
      put(values, tagsAndValues);
      instances.add(Instance.of(header(values)));
    }
    return this;
  }

  Study study() {
    return Study.group(instances).get(0);
  }

  List<Instance> instances() {
    return instances;
  }

  /** One item of a code sequence. */
  static Header code(String scheme, String value, String meaning) {
    Map<Integer, Object> values = new LinkedHashMap<>();
    put(
        values,
        Tag.CODING_SCHEME_DESIGNATOR,
        scheme,
        Tag.CODE_VALUE,
        value,
        Tag.CODE_MEANING,
        meaning);
    return header(values);
  }

  /** One item of a sequence: tag, value, tag, value. */
  static Header item(Object... tagsAndValues) {
    Map<Integer, Object> values = new LinkedHashMap<>();
    put(values, tagsAndValues);
    return header(values);
  }

  static Header header(Map<Integer, Object> values) {
    return Header.of(
        tag -> values.get(tag) instanceof String text ? text.split("\\\\", -1) : null,
        tag -> {
          if (values.get(tag) instanceof List<?> items) {
            return items.stream().map(Header.class::cast).toList();
          }
          return null;
        });
  }

  private static void put(Map<Integer, Object> values, Object... tagsAndValues) {
    for (int i = 0; i < tagsAndValues.length; i += 2) {
      values.put((Integer) tagsAndValues[i], tagsAndValues[i + 1]);
    }
  }

  /** Builds a layer by its name, as the engine does. */
  static DecisionLayer layer(String name, Catalogue catalogue, Map<String, ?> options) {
    Map<String, Factory<? extends DecisionLayer>> layers = new LinkedHashMap<>();
    Plugin plugin = new MetadataPlugin();
    plugin.contribute(new Layers(layers));
    Options given = Options.of("layers[0] metadata." + name, options);
    DecisionLayer layer = layers.get(name).create(given, new Context(catalogue));
    given.requireAllRead();
    return layer;
  }

  /** What an opinion is for: code and weight of each vote, or the answer with a "!". */
  static String brief(Opinion opinion) {
    if (opinion instanceof Opinion.Final known) {
      return known.studyClass().code() + "!";
    }
    if (opinion instanceof Opinion.Votes votes) {
      StringBuilder text = new StringBuilder();
      for (Vote vote : votes.ballot().votes()) {
        text.append(text.isEmpty() ? "" : " ").append(vote.studyClass()).append(' ');
        text.append(vote.weight());
      }
      return text.toString();
    }
    return "-";
  }

  private record Layers(Map<String, Factory<? extends DecisionLayer>> layers) implements Registry {
    @Override
    public void layer(String name, Factory<? extends DecisionLayer> factory) {
      layers.put(name, factory);
    }

    @Override
    public void rule(String name, Factory<? extends VoteRule> factory) {}

    @Override
    public void preprocessor(String name, Factory<? extends Preprocessor> factory) {}

    @Override
    public void backend(String name, Factory<? extends InferenceBackend> factory) {}

    @Override
    public void decoder(String name, Factory<? extends PixelDecoder> factory) {}
  }

  private record Context(Catalogue catalogue) implements BuildContext {
    @Override
    public Path baseFolder() {
      return Path.of(".");
    }

    @Override
    public Preprocessor preprocessor(String name, Options options) {
      throw new ConfigurationException("no preprocessor " + name);
    }

    @Override
    public InferenceBackend backend(String name, Options options) {
      throw new ConfigurationException("no backend " + name);
    }

    @Override
    public List<PixelDecoder> decoders() {
      return List.of();
    }
  }
}
