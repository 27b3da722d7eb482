package org.momo.metadata;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.momo.decision.Region;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/** What scan types, tracers and lengths of PET and scintigraphy say. */
final class NuclearAcquisition {
  private static final double LONG = 600;
  private static final int MOST_TRACERS = 4;

  /** Words in a tracer's name, and what is examined with it most of the time. */
  private record Tracer(Pattern name, Region region, double reliability) {}

  private static final List<Tracer> TRACERS =
      List.of(
          tracer("fdg|fluorodeoxyglucose|fludeoxyglucose", Region.WHOLEBODY, 0.7),
          tracer("psma|dotatate|dotatoc|dotanoc|octreotide|mibg", Region.WHOLEBODY, 0.75),
          tracer("hdp|mdp|dpd|medronate|oxidronate|sodium fluoride|naf", Region.WHOLEBODY, 0.7),
          tracer(
              "sestamibi|mibi|tetrofosmin|thallous|thallium|tl-?201|rubidium|rb-?82|flurpiridaz",
              Region.HEART,
              0.7),
          tracer(
              "florbetapir|florbetaben|flutemetamol|flortaucipir|fdopa|fluorodopa|ioflupane|datscan"
                  + "|hmpao|exametazime|ecd|bicisate|fet|fluoroethyltyrosine",
              Region.HEAD,
              0.85),
          tracer("maa|macroaggregated albumin|technegas|xenon|xe-?133", Region.CHEST, 0.85),
          tracer(
              "mag ?3|mertiatide|dmsa|succimer|mebrofenin|hida|disofenin", Region.ABDOMEN, 0.85));

  private NuclearAcquisition() {}

  private static Tracer tracer(String words, Region region, double reliability) {
    return new Tracer(Pattern.compile("(?<![a-z])(" + words + ")(?![a-z])"), region, reliability);
  }

  static void read(Series series, Hints hints) {
    Header header = series.header();
    List<String> imageType = header.strings(Tag.IMAGE_TYPE);
    String third = imageType.size() > 2 ? imageType.get(2) : "";
    if (third.equals("WHOLE BODY")) {
      hints.add(Region.WHOLEBODY, 0.9, Tag.IMAGE_TYPE, "WHOLE BODY");
    } else if (third.contains("GATED")) {
      hints.add(Region.HEART, 0.85, Tag.IMAGE_TYPE, "GATED");
    }
    if (header.strings(Tag.SERIES_TYPE).contains("WHOLE BODY")) {
      hints.add(Region.WHOLEBODY, 0.8, Tag.SERIES_TYPE, "WHOLE BODY");
    }
    double slices = header.number(Tag.NUMBER_OF_SLICES).orElse(0.0);
    double thickness = header.number(Tag.SLICE_THICKNESS).orElse(0.0);
    if (series.modality().equals("PT") && slices * thickness >= LONG) {
      hints.add(Region.WHOLEBODY, 0.75, Tag.NUMBER_OF_SLICES, "length of a trunk");
    }
    tracers(header, hints);
  }

  private static void tracers(Header header, Hints hints) {
    List<Header> items = header.items(Tag.RADIOPHARMACEUTICAL_INFORMATION_SEQUENCE);
    for (int i = 0; i < Math.min(items.size(), MOST_TRACERS); i++) {
      StringBuilder names = new StringBuilder();
      names.append(Acquisition.lower(items.get(i), Tag.RADIOPHARMACEUTICAL));
      for (Header code : items.get(i).items(Tag.RADIOPHARMACEUTICAL_CODE_SEQUENCE)) {
        names.append(' ').append(Acquisition.lower(code, Tag.CODE_MEANING));
      }
      TagPath path =
          TagPath.of(Tag.RADIOPHARMACEUTICAL_INFORMATION_SEQUENCE, i, Tag.RADIOPHARMACEUTICAL);
      for (Tracer tracer : TRACERS) {
        Matcher matcher = tracer.name.matcher(names);
        if (matcher.find()) {
          hints.add(tracer.region, tracer.reliability, path, matcher.group());
          break;
        }
      }
    }
  }
}
