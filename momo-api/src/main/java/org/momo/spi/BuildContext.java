package org.momo.spi;

import java.nio.file.Path;
import java.util.List;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;

/**
 * What a factory may lean on while a classifier is built.
 *
 * <p>Implementations must be thread-safe.
 */
public interface BuildContext {

  /**
   * The catalogue that the classifier answers from.
   *
   * @return the catalogue
   */
  Catalogue catalogue();

  /**
   * A class that a configuration names.
   *
   * @param code a class code
   * @return the class
   * @throws ConfigurationException if the catalogue has none of that code
   */
  default StudyClass requireClass(String code) {
    return catalogue()
        .find(code)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "the catalogue " + catalogue().name() + " has no class of code " + code));
  }

  /**
   * The folder against which relative paths of the configuration are meant.
   *
   * @return the folder of the configuration file, or the working folder where there is no file
   */
  Path baseFolder();

  /**
   * Builds a preprocessor that some plugin offers.
   *
   * @param name its full name, such as {@code imaging.window}
   * @param options its options
   * @return the preprocessor
   * @throws ConfigurationException if there is none of that name (the message lists those that
   *     there are), or it cannot be built
   */
  Preprocessor preprocessor(String name, Options options);

  /**
   * Builds a backend that some plugin offers.
   *
   * @param name its full name, such as {@code onnx.runtime}
   * @param options its options
   * @return the backend; the classifier closes it
   * @throws ConfigurationException if there is none of that name (the message lists those that
   *     there are), or it cannot be built
   */
  InferenceBackend backend(String name, Options options);

  /**
   * The pixel decoders that the configuration activates, in its order.
   *
   * @return the first that supports a syntax is the one to use
   */
  List<PixelDecoder> decoders();
}
