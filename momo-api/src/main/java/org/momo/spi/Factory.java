package org.momo.spi;

/**
 * Makes one thing that a configuration has named.
 *
 * <p>Implementations must be thread-safe.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
public interface Factory<T> {

  /**
   * Makes the thing, once for each place where the configuration names it. All that can fail must
   * fail here, not at the first study.
   *
   * @param options what the configuration says of it; an option that the factory does not read is
   *     an error
   * @param context what it may lean on
   * @return the thing, ready for use
   * @throws ConfigurationException if an option is wrong, or something that it needs is missing
   */
  T create(Options options, BuildContext context);
}
