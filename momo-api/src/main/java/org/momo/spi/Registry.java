package org.momo.spi;

/**
 * Takes what a plugin offers. Each name is completed by the plugin's own: {@code series-vote} of
 * the plugin {@code metadata} is configured as {@code metadata.series-vote}.
 *
 * <p>Names are lower-case letters, digits and {@code -}, beginning with a letter. A name that is
 * offered twice is an error that names both classes.
 *
 * <p>Implementations need not be thread-safe.
 */
public interface Registry {

  /**
   * Offers a decision layer.
   *
   * @param name the layer's name within the plugin
   * @param factory makes the layer
   */
  void layer(String name, Factory<? extends DecisionLayer> factory);

  /**
   * Offers a vote rule.
   *
   * @param name the rule's name within the plugin
   * @param factory makes the rule
   */
  void rule(String name, Factory<? extends VoteRule> factory);

  /**
   * Offers a preprocessor.
   *
   * @param name the preprocessor's name within the plugin
   * @param factory makes the preprocessor
   */
  void preprocessor(String name, Factory<? extends Preprocessor> factory);

  /**
   * Offers an inference backend.
   *
   * @param name the backend's name within the plugin
   * @param factory makes the backend
   */
  void backend(String name, Factory<? extends InferenceBackend> factory);

  /**
   * Offers a pixel decoder.
   *
   * @param name the decoder's name within the plugin
   * @param factory makes the decoder
   */
  void decoder(String name, Factory<? extends PixelDecoder> factory);
}
