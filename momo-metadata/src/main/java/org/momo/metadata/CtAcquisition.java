package org.momo.metadata;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.momo.decision.Region;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/** What filters, kernels, windows, gating, landmarks and measures of a CT series say. */
final class CtAcquisition {
  private static final Pattern SIEMENS_HEAD_KERNEL = Pattern.compile("H[rcdpv]?[0-9]{2}[a-z]*");
  private static final Pattern CANON_HEAD_KERNEL = Pattern.compile("FC2[0-9]");
  private static final Pattern CANON_LUNG_KERNEL = Pattern.compile("FC5[0-6]");
  private static final Pattern PHILIPS_HEAD_KERNEL = Pattern.compile("U[ABC]");
  private static final Pattern PHILIPS_HEART_KERNEL = Pattern.compile("XC[A-D]");
  private static final Pattern LUNG_KERNEL = Pattern.compile("LUNG|Bl[0-9]{2}[a-z]*");
  private static final Pattern CARDIAC_PHASE =
      Pattern.compile("(?<![0-9.])[0-9]{1,2}(\\.[0-9])? ?%");
  private static final Pattern CARDIAC_TRIGGER = Pattern.compile("TP[0-9]{1,3}PC[0-9]{2,4}");

  /** IEC head dosimetry phantom (PS3.16 CID 4052). */
  private static final String HEAD_PHANTOM = "113690";

  private static final double WHOLE_BODY_LENGTH = 1100;
  private static final double TRUNK_LENGTH = 560;
  private static final double TRUNK_FIELD = 300;
  private static final double LEAST_SHOWN = 120;

  private CtAcquisition() {}

  static void read(Series series, Hints hints) {
    Header header = series.header();
    List<String> imageType = header.strings(Tag.IMAGE_TYPE);
    if (imageType.contains("LOCALIZER")) {
      return;
    }
    Geometry geometry = Geometry.of(series);
    boolean sized = !Double.isNaN(geometry.field());
    boolean headSized = !sized || geometry.field() >= 160 && geometry.field() <= 300;
    ofHead(header, headSized, sized, hints);
    ofHeart(header, hints);
    kernel(header.string(Tag.CONVOLUTION_KERNEL).orElse(""), headSized, hints);
    window(header, headSized, hints);
    if (imageType.contains("PERFUSION")
        && imageType.stream().anyMatch(value -> value.equals("RCBF") || value.equals("RCBV"))) {
      hints.add(Region.HEAD, 0.85, Tag.IMAGE_TYPE, "cerebral blood flow");
    }
    double tilt = Math.abs(header.number(Tag.GANTRY_DETECTOR_TILT).orElse(0.0));
    if (tilt >= 8 && geometry.field() >= 180 && geometry.field() <= 300) {
      hints.add(Region.HEAD, 0.8, Tag.GANTRY_DETECTOR_TILT, "tilted gantry, field of a head");
    }
    if (!hints.speakFor(Region.HEART)) {
      // A place in the chest says nothing against the heart.
      landmark(header, geometry, headSized, hints);
    }
    measures(header, geometry, hints);
  }

  private static void ofHead(Header header, boolean headSized, boolean sized, Hints hints) {
    if (header.string(Tag.FILTER_TYPE).orElse("").toUpperCase(Locale.ROOT).contains("HEAD")) {
      hints.add(Region.HEAD, headSized ? 0.85 : 0.6, Tag.FILTER_TYPE, "head filter");
    }
    if (headSized && sized && collected(header) <= 260 && collected(header) >= 200) {
      hints.add(Region.HEAD, 0.7, Tag.DATA_COLLECTION_DIAMETER, "scan field of a head");
    }
    if (headSized && sized) {
      List<Header> phantoms = header.items(Tag.CTDI_PHANTOM_TYPE_CODE_SEQUENCE);
      if (phantoms.stream()
          .anyMatch(item -> item.string(Tag.CODE_VALUE).orElse("").equals(HEAD_PHANTOM))) {
        hints.add(
            Region.HEAD,
            0.7,
            TagPath.of(Tag.CTDI_PHANTOM_TYPE_CODE_SEQUENCE, 0, Tag.CODE_VALUE),
            "dose in a head phantom");
      }
    }
  }

  private static double collected(Header header) {
    return header.number(Tag.DATA_COLLECTION_DIAMETER).orElse(Double.MAX_VALUE);
  }

  private static void ofHeart(Header header, Hints hints) {
    String gating = header.string(Tag.CARDIAC_SYNCHRONIZATION_TECHNIQUE).orElse("NONE");
    if (!gating.equals("NONE")) {
      hints.add(Region.HEART, 0.75, Tag.CARDIAC_SYNCHRONIZATION_TECHNIQUE, "gated");
    } else if (header.number(Tag.HEART_RATE).orElse(0.0) > 20) {
      hints.add(Region.HEART, 0.7, Tag.HEART_RATE, "heart rate");
    } else if (header.strings(Tag.SCAN_OPTIONS).stream()
        .anyMatch(option -> CARDIAC_TRIGGER.matcher(option).matches())) {
      hints.add(Region.HEART, 0.7, Tag.SCAN_OPTIONS, "triggered by the heart");
    } else if (CARDIAC_PHASE.matcher(Acquisition.lower(header, Tag.SERIES_DESCRIPTION)).find()) {
      hints.add(Region.HEART, 0.75, Tag.SERIES_DESCRIPTION, "phase of the heart");
    }
  }

  private static void kernel(String kernel, boolean headSized, Hints hints) {
    if (kernel.isEmpty()) {
      return;
    }
    if (headSized
        && (SIEMENS_HEAD_KERNEL.matcher(kernel).matches()
            || CANON_HEAD_KERNEL.matcher(kernel).matches()
            || PHILIPS_HEAD_KERNEL.matcher(kernel).matches())) {
      hints.add(Region.HEAD, 0.8, Tag.CONVOLUTION_KERNEL, "kernel for heads");
    } else if (LUNG_KERNEL.matcher(kernel).matches()
        || CANON_LUNG_KERNEL.matcher(kernel).matches()) {
      hints.add(Region.CHEST, 0.75, Tag.CONVOLUTION_KERNEL, "kernel for lungs");
    } else if (PHILIPS_HEART_KERNEL.matcher(kernel).matches()) {
      hints.add(Region.HEART, 0.8, Tag.CONVOLUTION_KERNEL, "kernel for hearts");
    }
  }

  /** Grey and white matter differ by so little that no other region is shown so narrowly. */
  private static void window(Header header, boolean headSized, Hints hints) {
    double centre = header.number(Tag.WINDOW_CENTER).orElse(Double.NaN);
    double width = header.number(Tag.WINDOW_WIDTH).orElse(Double.NaN);
    if (headSized && width >= 60 && width <= 110 && centre >= 25 && centre <= 50) {
      hints.add(Region.HEAD, 0.85, Tag.WINDOW_WIDTH, "window for brains");
    } else if (width >= 1200 && width <= 2000 && centre <= -400 && centre >= -800) {
      hints.add(Region.CHEST, 0.75, Tag.WINDOW_CENTER, "window for lungs");
    }
  }

  /** Slices are counted from a landmark of the body that the machine's laser was set to. */
  private static void landmark(Header header, Geometry geometry, boolean headSized, Hints hints) {
    switch (header.string(Tag.POSITION_REFERENCE_INDICATOR).orElse("").strip()) {
      case "OM" -> {
        if (headSized) {
          hints.add(Region.HEAD, 0.75, Tag.POSITION_REFERENCE_INDICATOR, "orbitomeatal line");
        }
      }
      case "SN" -> {
        Set<Region> shown = below(0, geometry);
        if (!shown.isEmpty()) {
          hints.add(
              shown,
              0.65,
              TagPath.of(Tag.POSITION_REFERENCE_INDICATOR),
              "place below the sternal notch");
        }
      }
      case "XY" -> {
        Set<Region> shown = below(200, geometry);
        if (!shown.isEmpty()) {
          hints.add(
              shown, 0.6, TagPath.of(Tag.POSITION_REFERENCE_INDICATOR), "place around the xiphoid");
        }
      }
      default -> {}
    }
  }

  /** What lies where in most adults, from the upper end of the breastbone down. */
  private static Set<Region> below(double notch, Geometry geometry) {
    Set<Region> shown = EnumSet.noneOf(Region.class);
    double low = geometry.lowest();
    double high = geometry.highest();
    if (Double.isNaN(low) || !(geometry.field() >= 250)) {
      return shown;
    }
    double[][] spans = {{-290, 30}, {-470, -240}, {-680, -470}};
    Region[] regions = {Region.CHEST, Region.ABDOMEN, Region.PELVIS};
    for (int i = 0; i < regions.length; i++) {
      double top = Math.min(high, notch + spans[i][1]);
      double bottom = Math.max(low, notch + spans[i][0]);
      boolean slice = high - low < LEAST_SHOWN;
      if (top - bottom >= (slice ? 0 : LEAST_SHOWN)) {
        shown.add(regions[i]);
      }
    }
    return high - low < LEAST_SHOWN && shown.size() > 1 ? EnumSet.noneOf(Region.class) : shown;
  }

  private static void measures(Header header, Geometry geometry, Hints hints) {
    if (geometry.plane() != Geometry.Plane.AXIAL) {
      return;
    }
    if (geometry.length() >= WHOLE_BODY_LENGTH) {
      hints.add(Region.WHOLEBODY, 0.7, Tag.IMAGE_POSITION_PATIENT, "length of a body");
    } else if (geometry.length() >= TRUNK_LENGTH && geometry.field() >= TRUNK_FIELD) {
      hints.add(
          EnumSet.of(Region.CHEST, Region.ABDOMEN, Region.PELVIS),
          0.65,
          TagPath.of(Tag.IMAGE_POSITION_PATIENT),
          "length of a trunk");
    }
    double[] target = Geometry.vector(header, Tag.RECONSTRUCTION_TARGET_CENTER_PATIENT, 3);
    double[] centre = Geometry.vector(header, Tag.DATA_COLLECTION_CENTER_PATIENT, 3);
    if (geometry.field() < 200 && target.length > 0 && centre.length > 0) {
      double aside = Math.abs(target[0] - centre[0]);
      double behind = target[1] - centre[1];
      boolean feetFirst = header.string(Tag.PATIENT_POSITION).orElse("").startsWith("FF");
      if (aside <= 30 && behind >= 40) {
        hints.add(
            Region.SPINE,
            0.7,
            Tag.RECONSTRUCTION_TARGET_CENTER_PATIENT,
            "small field in the middle of the back");
      } else if (aside >= 50 && feetFirst) {
        hints.add(
            Region.LEXT,
            0.7,
            Tag.RECONSTRUCTION_TARGET_CENTER_PATIENT,
            "small field at the side, feet first");
      }
    }
  }
}
