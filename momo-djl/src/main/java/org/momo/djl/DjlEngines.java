package org.momo.djl;

import ai.djl.engine.Engine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.momo.spi.ConfigurationException;

/**
 * The engines of the Deep Java Library, offline.
 *
 * <p>DJL reports its use to a server from the static initialiser of its class {@link Engine}, and
 * looks for native libraries on the web when an engine starts. This class keeps it from both: while
 * it touches {@code Engine} for the first time and while an engine starts, the system properties
 * {@code ai.djl.offline} and {@code OPT_OUT_TRACKING} are {@code true}; then they are again what
 * they were. Reach for an engine through it, and not through {@code Engine}. The environment
 * variable {@code DJL_OFFLINE} outranks the first property, in DJL itself.
 *
 * <p>DJL's default engine is neither asked for nor changed.
 *
 * <p>This class is thread-safe.
 */
public final class DjlEngines {
  static final String PYTORCH = "PyTorch";

  private DjlEngines() {}

  /**
   * The engines on the class path. None is started.
   *
   * @return their names in alphabetical order, such as {@code PyTorch}; empty where there is none
   */
  public static synchronized Set<String> names() {
    try (Offline offline = new Offline()) {
      return new TreeSet<>(Engine.getAllEngines());
    }
  }

  /**
   * Starts an engine, or gives the one that was started before.
   *
   * @param name the engine's name, such as {@code PyTorch}
   * @return the engine; DJL keeps one for each name in a process
   * @throws ConfigurationException if it is not on the class path (the message lists those that
   *     are), or its native library does not load
   */
  public static synchronized Engine engine(String name) {
    Set<String> names = names();
    if (!names.contains(name)) {
      throw new ConfigurationException(
          "There is no DJL engine named "
              + name
              + " on the class path; "
              + (name.equals(PYTORCH)
                  ? "add ai.djl.pytorch:pytorch-engine, and its native library"
                  : "there are " + names));
    }
    try (Offline offline = new Offline()) {
      return Engine.getEngine(name);
    } catch (RuntimeException | LinkageError e) {
      throw new ConfigurationException(
          "The DJL engine "
              + name
              + " does not start; add its native library to the class path"
              + (name.equals(PYTORCH)
                  ? ", ai.djl.pytorch:pytorch-jni and ai.djl.pytorch:pytorch-native-cpu with the"
                      + " classifier of this platform"
                  : ""),
          e);
    }
  }

  /** The properties that keep DJL offline, for as long as this is open. */
  private static final class Offline implements AutoCloseable {
    private final Map<String, @Nullable String> before = new LinkedHashMap<>();

    Offline() {
      for (String property : new String[] {"ai.djl.offline", "OPT_OUT_TRACKING"}) {
        before.put(property, System.setProperty(property, "true"));
      }
    }

    @Override
    public void close() {
      before.forEach(
          (property, value) -> {
            if (value == null) {
              System.clearProperty(property);
            } else {
              System.setProperty(property, value);
            }
          });
    }
  }
}
