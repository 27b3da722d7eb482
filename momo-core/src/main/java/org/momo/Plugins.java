package org.momo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.momo.spi.ConfigurationException;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Factory;
import org.momo.spi.InferenceBackend;
import org.momo.spi.PixelDecoder;
import org.momo.spi.Plugin;
import org.momo.spi.Preprocessor;
import org.momo.spi.Registry;
import org.momo.spi.VoteRule;

/**
 * The names that plugins offer. Finding a plugin changes no answer: only what a configuration names
 * is built.
 *
 * <p>This class is immutable.
 */
public final class Plugins {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Map<String, String> RESERVED =
      Map.of(
          "momo", "momo-core",
          "metadata", "momo-metadata",
          "imaging", "momo-imaging",
          "djl", "momo-djl",
          "onnx", "momo-onnx");

  private final Names<DecisionLayer> layers = new Names<>("layer");
  private final Names<VoteRule> rules = new Names<>("rule");
  private final Names<Preprocessor> preprocessors = new Names<>("preprocessor");
  private final Names<InferenceBackend> backends = new Names<>("backend");
  private final Names<PixelDecoder> decoders = new Names<>("decoder");

  private Plugins(Collection<Plugin> plugins) {
    Map<String, Plugin> byName = new LinkedHashMap<>();
    for (Plugin plugin : plugins) {
      String owner = plugin.getClass().getName();
      String name = plugin.name();
      requireName(name, "plugin", owner);
      if (RESERVED.containsKey(name) && !owner.startsWith("org.momo.")) {
        throw new ConfigurationException(
            "the plugin name " + name + " belongs to MOMO itself; rename the plugin of " + owner);
      }
      Plugin other = byName.putIfAbsent(name, plugin);
      if (other != null) {
        throw new ConfigurationException(
            "two plugins have the name "
                + name
                + ": "
                + other.getClass().getName()
                + " and "
                + owner);
      }
    }
    for (Map.Entry<String, Plugin> entry : byName.entrySet()) {
      Plugin plugin = entry.getValue();
      try {
        plugin.contribute(new Collector(entry.getKey(), plugin.getClass().getName()));
      } catch (ConfigurationException e) {
        throw e;
      } catch (RuntimeException | LinkageError e) {
        throw new ConfigurationException(
            "the plugin "
                + entry.getKey()
                + " of "
                + plugin.getClass().getName()
                + " failed to say what it offers: "
                + e,
            e);
      }
    }
  }

  /**
   * The plugins that {@link ServiceLoader} finds.
   *
   * @param loader where to look
   * @return what they offer
   * @throws ConfigurationException if two plugins, or two things of a kind, have the same name, a
   *     name is not allowed, or a plugin cannot be loaded
   */
  public static Plugins discover(ClassLoader loader) {
    return discover(loader, List.of());
  }

  /**
   * The plugins that {@link ServiceLoader} finds, and some that are given.
   *
   * @param loader where to look
   * @param given plugins as such; one that is found too is taken once
   * @return what they offer
   * @throws ConfigurationException if two plugins, or two things of a kind, have the same name, a
   *     name is not allowed, or a plugin cannot be loaded
   */
  public static Plugins discover(ClassLoader loader, Collection<? extends Plugin> given) {
    List<Plugin> all = new ArrayList<>(given);
    List<Class<?>> classes = new ArrayList<>();
    given.forEach(plugin -> classes.add(plugin.getClass()));
    try {
      for (Plugin plugin : ServiceLoader.load(Plugin.class, loader)) {
        if (!classes.contains(plugin.getClass())) {
          classes.add(plugin.getClass());
          all.add(plugin);
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new ConfigurationException("a plugin cannot be loaded: " + e.getMessage(), e);
    }
    return new Plugins(all);
  }

  /**
   * The given plugins and no others.
   *
   * @param plugins the plugins
   * @return what they offer
   * @throws ConfigurationException if two plugins, or two things of a kind, have the same name, or
   *     a name is not allowed
   */
  public static Plugins of(Collection<? extends Plugin> plugins) {
    return new Plugins(List.copyOf(plugins));
  }

  /**
   * The full names of the layers.
   *
   * @return an immutable set in alphabetical order
   */
  public Set<String> layers() {
    return layers.names();
  }

  /**
   * The full names of the vote rules.
   *
   * @return an immutable set in alphabetical order
   */
  public Set<String> rules() {
    return rules.names();
  }

  /**
   * The full names of the preprocessors.
   *
   * @return an immutable set in alphabetical order
   */
  public Set<String> preprocessors() {
    return preprocessors.names();
  }

  /**
   * The full names of the inference backends.
   *
   * @return an immutable set in alphabetical order
   */
  public Set<String> backends() {
    return backends.names();
  }

  /**
   * The full names of the pixel decoders.
   *
   * @return an immutable set in alphabetical order
   */
  public Set<String> decoders() {
    return decoders.names();
  }

  Factory<? extends DecisionLayer> layer(String name, String where) {
    return layers.get(name, where);
  }

  Factory<? extends VoteRule> rule(String name, String where) {
    return rules.get(name, where);
  }

  Factory<? extends Preprocessor> preprocessor(String name, String where) {
    return preprocessors.get(name, where);
  }

  Factory<? extends InferenceBackend> backend(String name, String where) {
    return backends.get(name, where);
  }

  Factory<? extends PixelDecoder> decoder(String name, String where) {
    return decoders.get(name, where);
  }

  /** All names, by kind. */
  @Override
  public String toString() {
    return "Plugins[layers "
        + layers.names()
        + ", rules "
        + rules.names()
        + ", preprocessors "
        + preprocessors.names()
        + ", backends "
        + backends.names()
        + ", decoders "
        + decoders.names()
        + "]";
  }

  private static void requireName(String name, String kind, String owner) {
    if (!NAME.matcher(name).matches()) {
      throw new ConfigurationException(
          "the "
              + kind
              + " name \""
              + name
              + "\" of "
              + owner
              + " must be lower-case letters, digits and '-', beginning with a letter");
    }
  }

  /** The factories of one kind, by full name. */
  private static final class Names<T> {
    private final String kind;
    private final SortedMap<String, Factory<? extends T>> factories = new TreeMap<>();

    Names(String kind) {
      this.kind = kind;
    }

    Set<String> names() {
      return Collections.unmodifiableSet(factories.keySet());
    }

    Factory<? extends T> get(String name, String where) {
      Factory<? extends T> factory = factories.get(name);
      if (factory != null) {
        return factory;
      }
      String prefix = name.substring(0, Math.max(0, name.indexOf('.')));
      boolean absent = factories.keySet().stream().noneMatch(n -> n.startsWith(prefix + "."));
      String hint =
          absent && RESERVED.containsKey(prefix)
              ? "; " + RESERVED.get(prefix) + " is not on the class path or does not offer it"
              : "";
      throw new ConfigurationException(
          where
              + "there is no "
              + kind
              + " "
              + name
              + hint
              + (factories.isEmpty()
                  ? "; there is no " + kind + " at all"
                  : "; there are " + String.join(", ", factories.keySet())));
    }
  }

  private final class Collector implements Registry {
    private final String plugin;
    private final String owner;

    Collector(String plugin, String owner) {
      this.plugin = plugin;
      this.owner = owner;
    }

    private <T> void add(Names<T> names, String name, Factory<? extends T> factory) {
      requireName(name, names.kind, owner);
      String full = plugin + "." + name;
      if (names.factories.putIfAbsent(full, factory) != null) {
        throw new ConfigurationException(
            owner + " offers the " + names.kind + " " + full + " twice");
      }
    }

    @Override
    public void layer(String name, Factory<? extends DecisionLayer> factory) {
      add(layers, name, factory);
    }

    @Override
    public void rule(String name, Factory<? extends VoteRule> factory) {
      add(rules, name, factory);
    }

    @Override
    public void preprocessor(String name, Factory<? extends Preprocessor> factory) {
      add(preprocessors, name, factory);
    }

    @Override
    public void backend(String name, Factory<? extends InferenceBackend> factory) {
      add(backends, name, factory);
    }

    @Override
    public void decoder(String name, Factory<? extends PixelDecoder> factory) {
      add(decoders, name, factory);
    }
  }
}
