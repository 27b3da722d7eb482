package org.momo.metadata;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.momo.decision.Region;
import org.momo.study.Series;
import org.momo.study.Tag;

/** Ways of imaging that are made for one region, and machines that are built for one. */
final class Techniques {
  private static final List<Technique> WAYS =
      List.of(
          way("MR", "mprage|mp2rage|bravo|tfe ?3d brain", Region.HEAD, 0.85),
          way("MR", "swip?|swan|bold|fmri|asl|pcasl|tractography", Region.HEAD, 0.85),
          way("MR", "[a-z0-9]*flair|dark ?fluid|dti", Region.HEAD, 0.8),
          way("MR", "sax|lge|psir|molli|[234] ?ch|cine|short axis", Region.HEART, 0.8),
          way("MR", "lava|thrive|vibe|(in|opp|out)[- ]?(of )?phase", Region.ABDOMEN, 0.65),
          way("CT", "gated|best ?(diast|syst)|diastol\\w*|systol\\w*", Region.HEART, 0.75),
          way("CT", "portal|portal ?venous|pv phase", Region.ABDOMEN, 0.65));

  private static final List<Technique> MACHINES =
      List.of(
          machine("US", "vivid.*|sonos.*|ie33.*|sc2000.*|.*cvx", Region.HEART, 0.8),
          machine(
              "CT",
              "i-?cat.*|newtom.*|.*accuitomo.*|galileos.*|scanora.*|promax.*|orthophos.*",
              Region.HEAD,
              0.9),
          machine(
              "XR",
              "orthophos.*|orthopantomograph.*|promax.*|proline.*|veraview.*|cranex.*|heliodent.*",
              Region.HEAD,
              0.9),
          machine("XR", "senograph.*|selenia.*|mammomat.*|microdose.*", Region.BREAST, 0.9));

  private static final int[] TEXTS = {Tag.SERIES_DESCRIPTION, Tag.PROTOCOL_NAME};

  private Techniques() {}

  private record Technique(String modality, Pattern name, Region region, double reliability) {}

  private static Technique way(String modality, String words, Region region, double reliability) {
    return new Technique(
        modality, Pattern.compile("(?<![a-z])(" + words + ")(?![a-z])"), region, reliability);
  }

  private static Technique machine(
      String modality, String models, Region region, double reliability) {
    return new Technique(modality, Pattern.compile(models), region, reliability);
  }

  static void read(Series series, String modality, Hints hints) {
    String kind =
        switch (modality) {
          case "CR", "DX", "PX", "IO", "RG" -> "XR";
          default -> modality;
        };
    for (Technique way : WAYS) {
      if (way.modality.equals(kind)) {
        for (int tag : TEXTS) {
          Matcher matcher = way.name.matcher(Acquisition.lower(series.header(), tag));
          if (matcher.find()) {
            hints.add(way.region, way.reliability, tag, matcher.group());
            break;
          }
        }
      }
    }
    String model = Acquisition.lower(series.header(), Tag.MANUFACTURER_MODEL_NAME);
    for (Technique machine : MACHINES) {
      if (machine.modality.equals(kind) && machine.name.matcher(model).matches()) {
        hints.add(
            machine.region,
            machine.reliability,
            Tag.MANUFACTURER_MODEL_NAME,
            "machine for one region");
      }
    }
  }
}
