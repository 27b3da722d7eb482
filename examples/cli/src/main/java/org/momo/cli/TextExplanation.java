package org.momo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.metadata.words.ClassMatch;
import org.momo.metadata.words.Finding;
import org.momo.metadata.words.Reading;
import org.momo.metadata.words.WordsMatcher;

/** How a description is read: its words, the concepts that they name, the classes that follow. */
final class TextExplanation {
  private TextExplanation() {}

  static String of(String text, @Nullable String modality, Catalogue catalogue) {
    String group = modality == null ? null : catalogue.modalityGroup(modality).orElse(modality);
    Reading reading = WordsMatcher.of(catalogue).read(text, group);
    StringBuilder out = new StringBuilder();
    out.append("words      ").append(String.join(" | ", reading.tokens())).append('\n');
    if (!reading.unknownTokens().isEmpty()) {
      out.append("unknown    ").append(String.join(" | ", reading.unknownTokens())).append('\n');
    }
    out.append("concepts\n");
    for (Finding finding : reading.findings()) {
      out.append("   ")
          .append(finding.concept().id())
          .append("  '")
          .append(finding.keyword())
          .append("'  ")
          .append(finding.role().name().toLowerCase(Locale.ROOT))
          .append(finding.guessed() ? ", guessed" : "")
          .append('\n');
    }
    out.append("regions    ").append(or(join(reading.regions()), "none")).append('\n');
    reading.focus().ifPresent(focus -> out.append("focus      ").append(focus).append('\n'));
    out.append("side       ").append(lower(reading.laterality())).append('\n');
    out.append("contrast   ").append(lower(reading.contrast())).append('\n');
    if (reading.contradictsModality()) {
      out.append("beware     the text speaks of ")
          .append(join(reading.spokenModalities()))
          .append(", the modality is ")
          .append(group)
          .append('\n');
    }
    out.append("classes\n");
    if (reading.matches().isEmpty()) {
      out.append("   none\n");
    }
    for (ClassMatch match : reading.matches()) {
      out.append("   ")
          .append(match.studyClass().code())
          .append("  ")
          .append(match.studyClass().name())
          .append("  ")
          .append(lower(match.strength()))
          .append('\n');
    }
    return out.toString();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String join(Iterable<?> values) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value.toString()));
    return texts.stream().collect(Collectors.joining(" + "));
  }

  private static String or(String text, String fallback) {
    return text.isEmpty() ? fallback : text;
  }
}
