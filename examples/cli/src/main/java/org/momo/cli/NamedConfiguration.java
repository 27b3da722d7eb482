package org.momo.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.momo.MomoConfig;
import org.momo.StudyClassifier;
import org.momo.evaluation.Subject;

/** A configuration under the name that reports give it: a preset's, or that of its file. */
record NamedConfiguration(String name, MomoConfig config) {
  /** A preset, or a preset on a catalogue as in {@code no-network@essen-76}. */
  static NamedConfiguration preset(String text, @Nullable String catalogue) {
    int at = text.indexOf('@');
    String preset = at < 0 ? text : text.substring(0, at);
    String on = at < 0 ? catalogue : text.substring(at + 1);
    if (!MomoConfig.presets().contains(preset)) {
      throw new CommandException(
          "there is no preset "
              + preset
              + "; there are "
              + String.join(", ", MomoConfig.presets())
              + ".");
    }
    MomoConfig config =
        MomoConfig.parse("preset", "preset: " + preset, Path.of("").toAbsolutePath());
    return new NamedConfiguration(text, on == null ? config : config.withCatalogue(on));
  }

  /** A YAML file; its own catalogue counts unless another is given. */
  static NamedConfiguration file(Path file, @Nullable String catalogue) throws IOException {
    MomoConfig config = MomoConfig.read(file);
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return new NamedConfiguration(
        dot > 0 ? name.substring(0, dot) : name,
        catalogue == null ? config : config.withCatalogue(catalogue));
  }

  /** A YAML file where there is one of the name, else a preset. */
  static NamedConfiguration of(String text) throws IOException {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.endsWith(".yaml") || lower.endsWith(".yml") || Files.isRegularFile(Path.of(text))
        ? file(Path.of(text), null)
        : preset(text, null);
  }

  StudyClassifier build() {
    return StudyClassifier.builder().config(config).build();
  }

  /** The classifier as something to evaluate; an older program's answers are not taken for its. */
  Subject subject(StudyClassifier classifier) throws IOException {
    Subject subject = Subject.of(name, classifier);
    return new Subject(
        name, subject.fingerprint() + program(), subject.catalogue(), subject.classifier());
  }

  private static String program() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      if (Files.isRegularFile(jar)) {
        text.append(jar.getFileName())
            .append(Files.size(jar))
            .append(Files.getLastModifiedTime(jar));
      }
    }
    return text.toString();
  }
}
