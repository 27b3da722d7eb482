package org.momo.metadata;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.momo.decision.Region;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/** What coils, positions, measures, timing and gating of an MR series say. */
final class MrAcquisition {
  private static final double COIL_OF_A_JOINT = 0.85;

  /** Words in a coil's name. */
  private record Coil(Pattern name, Region region, double reliability) {}

  private static final List<Coil> COILS =
      List.of(
          new Coil(Pattern.compile("knee"), Region.LEXT, COIL_OF_A_JOINT),
          new Coil(Pattern.compile("foot|ankle|extremity"), Region.LEXT, COIL_OF_A_JOINT),
          new Coil(Pattern.compile("shoulder|shldr"), Region.UEXT, COIL_OF_A_JOINT),
          new Coil(Pattern.compile("wrist|hand(?!le)|elbow|finger"), Region.UEXT, COIL_OF_A_JOINT),
          new Coil(Pattern.compile("breast|mamm"), Region.BREAST, COIL_OF_A_JOINT),
          new Coil(Pattern.compile("prostate|endorectal|e-?coil"), Region.PELVIS, 0.75),
          new Coil(Pattern.compile("head(?!.?n)|brain|^h$|^neuro"), Region.HEAD, 0.75),
          new Coil(
              Pattern.compile("^(?!.*(body|torso)).*(ctl|spine|^spi$|^sp[1-8])"),
              Region.SPINE,
              0.6));

  private MrAcquisition() {}

  static void read(Series series, Hints hints) {
    Header header = series.header();
    if (!coil(receiveCoil(header), receivePath(header), hints)) {
      coil(
          Acquisition.lower(header, Tag.TRANSMIT_COIL_NAME),
          TagPath.of(Tag.TRANSMIT_COIL_NAME),
          hints);
    }
    timing(header, hints);
    contrast(header, hints);
    gating(header, hints);
    if (SeriesRole.of(series) == SeriesRole.FULL) {
      position(header, Geometry.of(series), hints);
    }
  }

  private static String receiveCoil(Header header) {
    String coil = Acquisition.lower(header, Tag.RECEIVE_COIL_NAME);
    if (!coil.isEmpty()) {
      return coil;
    }
    for (Header shared : header.items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE)) {
      for (Header item : shared.items(Tag.MR_RECEIVE_COIL_SEQUENCE)) {
        coil = Acquisition.lower(item, Tag.RECEIVE_COIL_NAME);
      }
    }
    return coil;
  }

  private static TagPath receivePath(Header header) {
    return header.string(Tag.RECEIVE_COIL_NAME).isPresent()
        ? TagPath.of(Tag.RECEIVE_COIL_NAME)
        : TagPath.of(Tag.MR_RECEIVE_COIL_SEQUENCE, 0, Tag.RECEIVE_COIL_NAME)
            .inside(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE, 0);
  }

  private static boolean coil(String name, TagPath path, Hints hints) {
    for (Coil known : COILS) {
      Matcher matcher = known.name.matcher(name);
      if (!name.isEmpty() && matcher.find()) {
        String word = matcher.groupCount() > 1 ? matcher.group(2) : matcher.group();
        hints.add(known.region, known.reliability, path, "coil: " + word);
        return true;
      }
    }
    return false;
  }

  private static void timing(Header header, Hints hints) {
    double inversion = header.number(Tag.INVERSION_TIME).orElse(0.0);
    double repetition = header.number(Tag.REPETITION_TIME).orElse(0.0);
    if (inversion >= 1700
        && inversion <= 3000
        && header.number(Tag.ECHO_TIME).orElse(0.0) >= 70
        && repetition >= 4000) {
      hints.add(Region.HEAD, 0.8, Tag.INVERSION_TIME, "water suppressed as in FLAIR");
    }
    String sequence = Acquisition.lower(header, Tag.SEQUENCE_NAME);
    if (sequence.contains("tfl3d") && inversion >= 700 && inversion <= 1300 && repetition >= 1500) {
      hints.add(Region.HEAD, 0.85, Tag.SEQUENCE_NAME, "prepared by inversion as in MPRAGE");
    } else if (sequence.contains("epfid2d")) {
      hints.add(Region.HEAD, 0.75, Tag.SEQUENCE_NAME, "echo planar as in functional imaging");
    }
  }

  /** Terms of PS3.3 C.8.13.3.1.1 and of vendors, for images of one organ. */
  private static void contrast(Header header, Hints hints) {
    String contrast = header.string(Tag.ACQUISITION_CONTRAST).orElse("");
    if (contrast.equals("FLUID_ATTENUATED")) {
      hints.add(Region.HEAD, 0.8, Tag.ACQUISITION_CONTRAST, contrast);
    } else if (contrast.equals("TAGGING")) {
      hints.add(Region.HEART, 0.85, Tag.ACQUISITION_CONTRAST, contrast);
    }
    for (String value : header.strings(Tag.IMAGE_TYPE)) {
      if (value.equals("RCBF")
          || value.equals("RCBV")
          || value.equals("CBF")
          || value.equals("FMRI")
          || value.equals("ASL")
          || value.equals("TENSOR")) {
        hints.add(Region.HEAD, 0.8, Tag.IMAGE_TYPE, value);
        return;
      }
    }
  }

  private static void gating(Header header, Hints hints) {
    if (header.number(Tag.CARDIAC_NUMBER_OF_IMAGES).orElse(0.0) >= 8
        && (header.number(Tag.HEART_RATE).orElse(0.0) > 20
            || header.number(Tag.TRIGGER_TIME).orElse(0.0) > 0)) {
      hints.add(Region.HEART, 0.75, Tag.CARDIAC_NUMBER_OF_IMAGES, "many images of a heart's cycle");
    }
  }

  private static void position(Header header, Geometry geometry, Hints hints) {
    double field = geometry.field();
    double aside = Math.abs(geometry.centreX());
    switch (header.string(Tag.PATIENT_POSITION).orElse("")) {
      case "FFS" -> {
        if (field >= 100 && field <= 170) {
          hints.add(Region.LEXT, 0.75, Tag.PATIENT_POSITION, "small field, feet first");
        }
      }
      case "HFP", "FFP" -> {
        if (field >= 280 && geometry.plane() == Geometry.Plane.AXIAL) {
          hints.add(Region.BREAST, 0.65, Tag.PATIENT_POSITION, "large field, prone");
        }
      }
      case "HFS" -> {
        if (geometry.plane() == Geometry.Plane.AXIAL && field <= 200 && aside >= 110) {
          hints.add(
              Region.UEXT, 0.7, Tag.IMAGE_POSITION_PATIENT, "small field far from the middle");
        } else if (geometry.plane() == Geometry.Plane.AXIAL
            && field >= 200
            && field <= 256
            && aside <= 25) {
          hints.add(Region.HEAD, 0.65, Tag.PIXEL_SPACING, "field of a head");
        } else if (geometry.plane() == Geometry.Plane.SAGITTAL
            && field >= 300
            && aside <= 40
            && geometry.length() <= 120) {
          hints.add(Region.SPINE, 0.65, Tag.PIXEL_SPACING, "long field, few sagittal slices");
        }
      }
      default -> {}
    }
  }
}
