package org.momo.metadata;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.momo.decision.Region;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Series;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/** What study types, transducers and traces of an ultrasound series say. */
final class UltrasoundAcquisition {
  /** Defined terms of Image Type value 3 (PS3.3 C.8.5.6.1.1). */
  private static final Map<String, Region> TYPES =
      Map.ofEntries(
          Map.entry("ABDOMINAL", Region.ABDOMEN),
          Map.entry("RETROPERITONEAL", Region.ABDOMEN),
          Map.entry("BREAST", Region.BREAST),
          Map.entry("CHEST", Region.CHEST),
          Map.entry("ENDOCAVITARY", Region.PELVIS),
          Map.entry("ENDORECTAL", Region.PELVIS),
          Map.entry("ENDOVAGINAL", Region.PELVIS),
          Map.entry("GYNECOLOGY", Region.PELVIS),
          Map.entry("PELVIC", Region.PELVIS),
          Map.entry("SCROTAL", Region.PELVIS),
          Map.entry("FETAL HEART", Region.OBSTETRIC),
          Map.entry("OBSTETRICAL", Region.OBSTETRIC),
          Map.entry("EPICARDIAL", Region.HEART),
          Map.entry("INTRACARDIAC", Region.HEART),
          Map.entry("TEE", Region.HEART),
          Map.entry("TTE", Region.HEART),
          Map.entry("CARDIOLOGY", Region.HEART),
          Map.entry("CARDIAC", Region.HEART),
          Map.entry("ECHO", Region.HEART),
          Map.entry("NEONATAL HEAD", Region.HEAD),
          Map.entry("TRANSCRANIAL", Region.HEAD),
          Map.entry("OPHTHALMIC", Region.HEAD),
          Map.entry("THYROID", Region.NECK));

  private static final Set<Region> OF_WOMEN = Set.of(Region.OBSTETRIC);

  private static final Pattern ENDOCAVITY =
      Pattern.compile(
          "(ec|ic|ev|ecv|ric|vx?|e)[0-9]{1,2}-[0-9]{1,2}.*|e[0-9]{1,2}c.*|3d9-3v.*"
              + "|c(9-4|10-3|10-4)v.*|ric[0-9].*|.*endo(cav|vag|rect).*");
  private static final Pattern PHASED =
      Pattern.compile("[sxpv][0-9]{1,2}[-_ ][0-9].*|[0-9]{1,2}s(-rs)?|m[0-9]s.*|4v.*|z6ms.*|6vt.*");
  private static final int CONTINUOUS_WAVE = 4;
  private static final int ECG_TRACE = 11;
  private static final int DEFINITELY_PREGNANT = 3;

  private UltrasoundAcquisition() {}

  static void read(Series series, Hints hints) {
    Header first = series.header();
    boolean male = first.string(Tag.PATIENT_SEX).orElse("").equals("M");
    Set<String> types = new LinkedHashSet<>();
    boolean heartRate = false;
    int trace = 0;
    for (Instance instance : series.instances()) {
      Header header = instance.header();
      var imageType = header.strings(Tag.IMAGE_TYPE);
      if (imageType.size() > 2) {
        types.add(imageType.get(2));
      }
      heartRate |=
          header.number(Tag.HEART_RATE).orElse(0.0) > 20
              && header.number(Tag.NUMBER_OF_FRAMES).orElse(1.0) > 1;
      trace = Math.max(trace, trace(header));
    }
    Set<Region> regions = new LinkedHashSet<>();
    for (String type : types) {
      Region region = TYPES.get(type);
      if (region != null && !(male && OF_WOMEN.contains(region)) && regions.add(region)) {
        hints.add(region, 0.75, Tag.IMAGE_TYPE, type);
      }
    }
    if (heartRate) {
      hints.add(Region.HEART, 0.75, Tag.HEART_RATE, "moving images with a heart rate");
    }
    if (trace > 0) {
      hints.add(
          Region.HEART,
          0.75,
          TagPath.of(Tag.SEQUENCE_OF_ULTRASOUND_REGIONS, 0, Tag.REGION_DATA_TYPE),
          trace == ECG_TRACE ? "ECG trace" : "continuous wave Doppler");
    }
    if (first.number(Tag.NUMBER_OF_STAGES).orElse(1.0) > 1) {
      hints.add(Region.HEART, 0.8, Tag.NUMBER_OF_STAGES, "stages of a stress test");
    }
    if (!male && first.number(Tag.PREGNANCY_STATUS).orElse(0.0) == DEFINITELY_PREGNANT) {
      hints.add(Region.OBSTETRIC, 0.7, Tag.PREGNANCY_STATUS, "pregnant");
    }
    transducer(first, hints);
  }

  /** The data type of a region that hearts alone are recorded with, or 0. */
  private static int trace(Header header) {
    int found = 0;
    for (Header region : header.items(Tag.SEQUENCE_OF_ULTRASOUND_REGIONS)) {
      int type = region.number(Tag.REGION_DATA_TYPE).orElse(0.0).intValue();
      if (type == ECG_TRACE || type == CONTINUOUS_WAVE) {
        found = Math.max(found, type);
      }
    }
    return found;
  }

  private static void transducer(Header header, Hints hints) {
    String type = header.string(Tag.TRANSDUCER_TYPE).orElse("");
    String name = Acquisition.lower(header, Tag.TRANSDUCER_DATA).replace(' ', '-').strip();
    if (type.startsWith("ENDOCAV") || type.startsWith("ENDOREC")) {
      hints.add(Region.PELVIS, 0.8, Tag.TRANSDUCER_TYPE, type);
    } else if (ENDOCAVITY.matcher(name).matches()) {
      hints.add(Region.PELVIS, 0.75, Tag.TRANSDUCER_DATA, "transducer for cavities");
    } else if (type.endsWith("PHASED")) {
      hints.add(Region.HEART, 0.75, Tag.TRANSDUCER_TYPE, "phased array");
    } else if (PHASED.matcher(name).matches()) {
      hints.add(Region.HEART, 0.75, Tag.TRANSDUCER_DATA, "phased array");
    }
  }
}
