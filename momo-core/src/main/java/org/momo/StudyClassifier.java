package org.momo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.decision.Prediction;
import org.momo.spi.ConfigurationException;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Plugin;
import org.momo.study.Study;

/**
 * Tells which class a study belongs to, how sure, and why.
 *
 * <pre>
 * try (StudyClassifier momo = StudyClassifier.builder().build()) {
 *   Prediction prediction = momo.classify(study);
 * }
 * </pre>
 *
 * <p>The layers of the pipeline are asked in written order. A layer that votes is counted, after
 * the vote rules: a class that leads alone, with at least the share that is asked for, is the
 * answer; else the next layer is asked. The same study and configuration give the same prediction
 * to the last bit, whatever the number of threads.
 *
 * <p>This class is thread-safe.
 */
public final class StudyClassifier implements AutoCloseable {
  private final MomoConfig config;
  private final Catalogue catalogue;
  private final Pipeline pipeline;
  private final Deque<AutoCloseable> opened;
  private volatile boolean closed;

  private StudyClassifier(MomoConfig config, Assembler.Built built) {
    this.config = config;
    this.catalogue = built.catalogue();
    this.pipeline = built.pipeline();
    this.opened = new ArrayDeque<>(built.opened());
  }

  /**
   * Starts a classifier. A builder that nothing is said to makes one with the default catalogue and
   * the recommended preset.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Classifies a study. A layer that fails costs this study at most, and the trace tells.
   *
   * @param study the study
   * @return the class or the reason why there is none, with the trace
   * @throws IllegalStateException if the classifier is closed
   */
  public Prediction classify(Study study) {
    Objects.requireNonNull(study, "study");
    if (closed) {
      throw new IllegalStateException("the classifier is closed");
    }
    return pipeline.classify(study);
  }

  /**
   * Classifies studies by several threads.
   *
   * <p>The studies are read by the thread that reads the predictions, as they are needed; at most
   * twice as many as there are threads are held at a time. Where reading a study fails, the
   * predictions of those before it come first. When the reading thread is interrupted while it
   * waits, reading on throws {@link java.util.concurrent.CancellationException}.
   *
   * @param studies the studies; closed with the result
   * @param jobs how many threads, 1 or more; 1 for the thread that reads alone
   * @return the predictions in the order of the studies, the same as {@link #classify} gives; close
   *     the stream when done with it before its end
   * @throws IllegalArgumentException if {@code jobs} is less than 1
   */
  public Stream<Prediction> classifyAll(Stream<Study> studies, int jobs) {
    return classifyAll(studies.iterator(), jobs).onClose(studies::close);
  }

  /**
   * Classifies studies by several threads; see {@link #classifyAll(Stream, int)}.
   *
   * @param studies the studies
   * @param jobs how many threads, 1 or more; 1 for the thread that reads alone
   * @return the predictions in the order of the studies; close the stream when done with it before
   *     its end
   * @throws IllegalArgumentException if {@code jobs} is less than 1
   */
  public Stream<Prediction> classifyAll(Iterable<Study> studies, int jobs) {
    return classifyAll(studies.iterator(), jobs);
  }

  private Stream<Prediction> classifyAll(Iterator<Study> studies, int jobs) {
    if (jobs < 1 || jobs > 1024) {
      throw new IllegalArgumentException("jobs must be between 1 and 1024: was " + jobs);
    }
    if (jobs == 1) {
      return stream(studies).map(this::classify);
    }
    Ordered<Study, Prediction> ordered = new Ordered<>(studies, this::classify, jobs);
    return stream(ordered).onClose(ordered::close);
  }

  private static <T> Stream<T> stream(Iterator<T> iterator) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /**
   * The catalogue that the answers are of, overlays included.
   *
   * @return the catalogue
   */
  public Catalogue catalogue() {
    return catalogue;
  }

  /**
   * What the classifier was built from.
   *
   * @return the configuration
   */
  public MomoConfig config() {
    return config;
  }

  /**
   * Lets go of what the layers hold: models, native memory. A layer that was given as an object is
   * left open. A second call does nothing.
   *
   * @throws IllegalStateException if something could not be closed; all the rest is closed
   */
  @Override
  public void close() {
    synchronized (opened) {
      closed = true;
      IllegalStateException fault = new IllegalStateException("not all layers could be closed");
      Assembler.close(opened, fault);
      if (fault.getSuppressed().length > 0) {
        throw fault;
      }
    }
  }

  /** The catalogue and the pipeline. */
  @Override
  public String toString() {
    return "StudyClassifier["
        + catalogue.name()
        + ", "
        + (config.steps().isEmpty()
            ? Objects.requireNonNullElse(config.preset(), MomoConfig.DEFAULT_PRESET)
            : config.steps().size() + " steps")
        + "]";
  }

  /**
   * Collects what a classifier is built from. A later call wins over an earlier one that says the
   * same; steps add up.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder {
    private MomoConfig config = MomoConfig.defaults();
    private final List<StepConfig> steps = new ArrayList<>();
    private final List<Plugin> plugins = new ArrayList<>();
    private @Nullable ClassLoader loader;
    private boolean discovery = true;

    private Builder() {}

    /**
     * Starts from a YAML file. What was said before is forgotten, but for plugins and class loader.
     *
     * @param file the file; see {@link MomoConfig} for its format
     * @return this builder
     * @throws ConfigurationException if it cannot be read, is no YAML, or says something that there
     *     is not; the message names file and line
     */
    public Builder config(Path file) {
      try {
        return config(MomoConfig.read(file));
      } catch (IOException e) {
        throw new ConfigurationException(
            "the configuration " + file + " cannot be read: " + e.getMessage(), e);
      }
    }

    /**
     * Starts from a configuration. What was said before is forgotten, but for plugins and class
     * loader.
     *
     * @param start the configuration
     * @return this builder
     */
    public Builder config(MomoConfig start) {
      config = Objects.requireNonNull(start, "start");
      steps.clear();
      return this;
    }

    /**
     * Chooses the catalogue.
     *
     * @param instance the catalogue
     * @return this builder
     */
    public Builder catalogue(Catalogue instance) {
      config = config.withCatalogue(instance);
      return this;
    }

    /**
     * Chooses the catalogue.
     *
     * @param nameOrPath the name of one that ships, such as {@code essen-76}; or the path of a
     *     table or of a folder of tables
     * @return this builder
     */
    public Builder catalogue(String nameOrPath) {
      config = config.withCatalogue(nameOrPath);
      return this;
    }

    /**
     * Chooses the catalogue.
     *
     * @param table a table, or a folder of tables
     * @return this builder
     */
    public Builder catalogue(Path table) {
      return catalogue(table.toAbsolutePath().toString());
    }

    /**
     * Lays a site's own table over the catalogue: its entries win.
     *
     * @param table a table, or a folder of tables
     * @return this builder
     */
    public Builder overlay(Path table) {
      List<String> more = new ArrayList<>(config.overlays());
      more.add(table.toAbsolutePath().toString());
      config = config.withOverlays(more);
      return this;
    }

    /**
     * Chooses a shipped pipeline, in place of a configuration's steps.
     *
     * @param name one of {@link MomoConfig#presets()}
     * @return this builder
     */
    public Builder preset(String name) {
      config = config.withPreset(name);
      return this;
    }

    /**
     * Adds a layer that a plugin offers. The first step that is added replaces the pipeline that a
     * configuration brought.
     *
     * @param name its full name, such as {@code metadata.series-vote}
     * @return this builder
     */
    public Builder layer(String name) {
      return step(StepConfig.Layer.of(name));
    }

    /**
     * Adds a layer that a plugin offers, with options.
     *
     * @param name its full name, such as {@code metadata.series-vote}
     * @param options names to strings, numbers, booleans, lists and maps
     * @return this builder
     */
    public Builder layer(String name, Map<String, ?> options) {
      StepConfig.Layer layer = StepConfig.Layer.of(name);
      for (Map.Entry<String, ?> option : options.entrySet()) {
        layer = layer.option(option.getKey(), option.getValue());
      }
      return step(layer);
    }

    /**
     * Adds a layer.
     *
     * @param name how the trace names it
     * @param layer the layer, for instance a lambda; the classifier does not close it
     * @return this builder
     */
    public Builder layer(String name, DecisionLayer layer) {
      return step(StepConfig.Layer.of(name, layer));
    }

    /**
     * Adds layers that are counted together.
     *
     * @param layers at least one
     * @return this builder
     */
    public Builder merge(StepConfig.Layer... layers) {
      return step(StepConfig.Merge.of(layers));
    }

    /**
     * Adds a step with all that can be said of it: weight, rules, threshold.
     *
     * @param step a layer or a merged group
     * @return this builder
     */
    public Builder step(StepConfig step) {
      steps.add(Objects.requireNonNull(step, "step"));
      return this;
    }

    /**
     * Sets options of the pipeline's layers of a name, for instance to change a preset in one
     * point.
     *
     * @param layer the layer's full name
     * @param options names to strings, numbers, booleans, lists and maps; they win over the
     *     pipeline's
     * @return this builder
     */
    public Builder options(String layer, Map<String, ?> options) {
      config = config.withOptions(layer, options);
      return this;
    }

    /**
     * Sets the vote rules for the steps that name none of their own.
     *
     * @param texts rules, rule sets of the catalogue, and names of plugins' rules; see {@link
     *     RuleConfig}
     * @return this builder
     */
    public Builder rules(String... texts) {
      config = config.withRules(List.of(texts).stream().map(RuleConfig::of).toList());
      return this;
    }

    /**
     * Sets the share that a class needs to be the answer, for the steps that name none of their
     * own.
     *
     * @param share 0 to 1
     * @return this builder
     * @throws ConfigurationException if the share is out of range
     */
    public Builder threshold(double share) {
      config = config.withThreshold(share);
      return this;
    }

    /**
     * Sets what happens when a layer fails, for the layers that do not say themselves.
     *
     * @param action what happens
     * @return this builder
     */
    public Builder onFailure(OnFailure action) {
      config = config.withOnFailure(action);
      return this;
    }

    /**
     * Names the networks to use, in place of a configuration's.
     *
     * @param packages the paths of model packages
     * @return this builder
     */
    public Builder networks(Path... packages) {
      config =
          config.withNetworks(
              List.of(packages).stream().map(path -> path.toAbsolutePath().toString()).toList());
      return this;
    }

    /**
     * Adds a pixel decoder.
     *
     * @param name its full name
     * @return this builder
     */
    public Builder decoder(String name) {
      config = config.withDecoder(name, Map.of());
      return this;
    }

    /**
     * Adds a plugin without looking for it. Its names can be used like those of any other.
     *
     * @param plugin the plugin
     * @return this builder
     */
    public Builder plugin(Plugin plugin) {
      plugins.add(Objects.requireNonNull(plugin, "plugin"));
      return this;
    }

    /**
     * Says where plugins are looked for.
     *
     * @param classLoader asked for plugins, in place of the thread's context class loader
     * @return this builder
     */
    public Builder classLoader(ClassLoader classLoader) {
      loader = Objects.requireNonNull(classLoader, "classLoader");
      return this;
    }

    /**
     * Says whether plugins are looked for at all.
     *
     * @param find false for the plugins that are given and no others
     * @return this builder
     */
    public Builder discovery(boolean find) {
      discovery = find;
      return this;
    }

    /**
     * Builds the classifier. All that can be wrong is found here: names, options, rules, models.
     *
     * @return the classifier; close it when done with it
     * @throws ConfigurationException if it cannot be built as asked; the message is one sentence
     *     that says what to do
     */
    public StudyClassifier build() {
      if (config.preset() != null && !steps.isEmpty()) {
        throw new ConfigurationException(
            "the preset "
                + config.preset()
                + " and layers of its own are asked for: leave one of them out");
      }
      MomoConfig complete = steps.isEmpty() ? config : config.withSteps(steps);
      Plugins found = discovery ? Plugins.discover(loader(), plugins) : Plugins.of(plugins);
      return new StudyClassifier(complete, Assembler.build(complete, found));
    }

    private ClassLoader loader() {
      if (loader != null) {
        return loader;
      }
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      return context != null
          ? context
          : Objects.requireNonNull(StudyClassifier.class.getClassLoader());
    }
  }
}
