package org.momo.spi;

/**
 * A named bundle of layers, rules, preprocessors, backends and decoders: the one service type that
 * MOMO looks for.
 *
 * <p>A plugin is found by {@link java.util.ServiceLoader}: list its class in {@code
 * META-INF/services/org.momo.spi.Plugin}, or in a {@code provides} clause of the module descriptor.
 *
 * <p>Implementations must have a public constructor without parameters that does no work, and must
 * be thread-safe.
 */
public interface Plugin {

  /**
   * The plugin's name, the first part of every name that it offers.
   *
   * @return lower-case letters, digits and {@code -}, beginning with a letter
   */
  String name();

  /**
   * Offers what the plugin has. Nothing is built yet: a factory that nobody names is never called.
   *
   * @param registry takes the factories
   */
  void contribute(Registry registry);
}
