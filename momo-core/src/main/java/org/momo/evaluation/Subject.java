package org.momo.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.momo.StudyClassifier;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.Prediction;
import org.momo.decision.StudyClass;
import org.momo.study.Study;

/**
 * Something that is evaluated: a configuration under a name.
 *
 * <p>This class is immutable, and its classifier must be thread-safe.
 *
 * @param name how reports name it
 * @param fingerprint a text that changes when its answers may; an interrupted run is resumed only
 *     where it is the same
 * @param catalogue what its answers are taken from
 * @param classifier gives the answers, for instance {@code StudyClassifier::classify}; it must be
 *     thread-safe
 */
public record Subject(
    String name, String fingerprint, Catalogue catalogue, Function<Study, Prediction> classifier) {
  /**
   * Checks the parts.
   *
   * @param name how reports name it
   * @param fingerprint a text that changes when its answers may
   * @param catalogue what its answers are taken from
   * @param classifier gives the answers
   * @throws NullPointerException if a part is null
   */
  public Subject {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(catalogue, "catalogue");
    Objects.requireNonNull(classifier, "classifier");
  }

  /**
   * Evaluates a classifier. Its fingerprint is taken from its configuration, its catalogue, and the
   * names, sizes and times of its networks' files.
   *
   * @param name how reports name it
   * @param classifier stays open as long as the subject is asked
   * @return the subject
   * @throws IOException if a network's files cannot be listed
   * @throws org.momo.spi.ConfigurationException if the classifier holds a layer or a rule that was
   *     given as an object, which leaves no fingerprint
   */
  public static Subject of(String name, StudyClassifier classifier) throws IOException {
    Catalogue catalogue = classifier.catalogue();
    Digest digest = new Digest();
    // The catalogue is told apart by what it holds, so that one in memory has a fingerprint too.
    digest.add(classifier.config().withCatalogue("default").toYaml());
    for (String network : classifier.config().networks()) {
      addFiles(digest, classifier.config().baseFolder().resolve(network));
    }
    for (StudyClass each : catalogue.classes()) {
      digest.add(each.code(), each.name(), each.modality(), each.regions(), each.focus());
      digest.add(each.parents(), each.procedureCodes(), each.descriptions(), each.keywords());
      digest.add(each.petPartner());
    }
    for (Concept each : catalogue.concepts()) {
      digest.add(each.id(), each.kind(), each.regions(), each.impliedFocus());
      digest.add(each.modalities(), each.codes(), each.terms());
    }
    digest.add(catalogue.modalityGroups(), catalogue.ruleSets());
    return new Subject(name, digest.text(), catalogue, classifier::classify);
  }

  private static void addFiles(Digest digest, Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.add(file.getFileName(), Files.size(file), Files.getLastModifiedTime(file));
      }
    }
  }

  /** A digest of texts, each told from the next. */
  private static final class Digest {
    private final MessageDigest digest;

    Digest() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    void add(Object... parts) {
      List.of(parts).forEach(part -> digest.update(bytes(part)));
    }

    private static byte[] bytes(Object part) {
      return (part + "\0").getBytes(StandardCharsets.UTF_8);
    }

    String text() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
