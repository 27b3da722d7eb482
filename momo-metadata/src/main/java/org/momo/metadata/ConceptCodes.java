package org.momo.metadata;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.study.Code;

/** The catalogue's concepts by their standard codes. This class is immutable. */
final class ConceptCodes {
  private final Map<String, Concept> byCode = new HashMap<>();

  ConceptCodes(Catalogue catalogue) {
    for (Concept concept : catalogue.concepts()) {
      concept.codes().forEach(code -> byCode.putIfAbsent(key(code), concept));
    }
  }

  /** The concept of a code, whichever of its names the scheme goes by. */
  @Nullable Concept find(Code code) {
    return code.value().isEmpty() ? null : byCode.get(key(code));
  }

  private static String key(Code code) {
    String scheme = code.scheme().strip().toUpperCase(Locale.ROOT);
    String named =
        switch (scheme) {
          case "99SDM", "SNM3", "SNOMED-RT" -> "SRT";
          case "SNOMEDCT", "SNOMED-CT", "2.16.840.1.113883.6.96" -> "SCT";
          default -> scheme;
        };
    return named + ':' + code.value().strip().toUpperCase(Locale.ROOT);
  }
}
