package org.momo.djl;

import ai.djl.engine.Engine;
import java.util.Set;
import java.util.TreeSet;
import org.momo.spi.ConfigurationException;

/**
 * The engines of the Deep Java Library, offline.
 *
 * <p>DJL reports its use to a server from the static initialiser of its class {@link Engine}, and
 * looks for native libraries on the web. This class switches both off before it touches {@code
 * Engine}; reach for an engine through it, and not through {@code Engine}. It sets the system
 * properties {@code ai.djl.offline} and {@code OPT_OUT_TRACKING}, unless the host application has
 * set them.
 *
 * <p>This class is thread-safe.
 */
public final class DjlEngines {

  static {
    // Nothing that touches Engine may run before this; a static initialiser is what is certain to.
    for (String property : new String[] {"ai.djl.offline", "OPT_OUT_TRACKING"}) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, "true");
      }
    }
  }

  private DjlEngines() {}

  /**
   * The engines on the class path. None is started.
   *
   * @return their names in alphabetical order, such as {@code PyTorch}; empty where there is none
   */
  public static Set<String> names() {
    return new TreeSet<>(Engine.getAllEngines());
  }

  /**
   * Starts an engine, or gives the one that was started before.
   *
   * @param name the engine's name, such as {@code PyTorch}
   * @return the engine; DJL keeps one for each name in a process
   * @throws ConfigurationException if it is not on the class path (the message lists those that
   *     are), or its native library does not load
   */
  public static Engine engine(String name) {
    Set<String> names = names();
    if (!names.contains(name)) {
      throw new ConfigurationException(
          "There is no DJL engine named "
              + name
              + " on the class path; there "
              + (names.isEmpty() ? "is none, add ai.djl.pytorch:pytorch-engine" : "are " + names));
    }
    try {
      return Engine.getEngine(name);
    } catch (RuntimeException | LinkageError e) {
      throw new ConfigurationException(
          "The DJL engine " + name + " does not start; add its native library to the class path",
          e);
    }
  }
}
