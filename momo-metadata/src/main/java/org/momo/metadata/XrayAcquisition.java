package org.momo.metadata;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.momo.decision.Region;
import org.momo.study.Code;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Series;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/** What views, beam and plate of a radiograph say, and angles and speed of an angiography. */
final class XrayAcquisition {
  private static final Set<String> MAMMOGRAPHY_VIEWS =
      Set.of("CC", "MLO", "ML", "LM", "LMO", "XCCL", "XCCM", "FB", "SIO");

  /** Codes of mammography views (PS3.16 CID 4014). */
  private static final Set<String> MAMMOGRAPHY_VIEW_CODES =
      Set.of(
          "R-10224",
          "R-10226",
          "R-10228",
          "R-10230",
          "R-10242",
          "R-10244",
          "399260004",
          "399368009",
          "399352003",
          "399099002",
          "399162004",
          "399192007");

  /** Names of views that are taken of one region. */
  private static final Map<String, Region> VIEWS =
      Map.ofEntries(
          Map.entry("TOWNE", Region.HEAD),
          Map.entry("CALDWELL", Region.HEAD),
          Map.entry("WATERS", Region.HEAD),
          Map.entry("ODONTOID", Region.SPINE_C),
          Map.entry("SWIMMERS", Region.SPINE_C),
          Map.entry("AXILLARY", Region.UEXT),
          Map.entry("FROG", Region.LEXT),
          Map.entry("FROGLEG", Region.LEXT),
          Map.entry("SUNRISE", Region.LEXT),
          Map.entry("SKYLINE", Region.LEXT),
          Map.entry("MERCHANT", Region.LEXT),
          Map.entry("MORTISE", Region.LEXT));

  private static final double HARD_BEAM = 105;
  private static final double FAR = 1700;
  private static final double LARGE_PLATE = 330;
  private static final double FAST_FRAMES = 70;

  private XrayAcquisition() {}

  static void radiograph(Series series, Hints hints) {
    Set<String> views = new LinkedHashSet<>();
    for (Instance instance : series.instances()) {
      instance.header().string(Tag.VIEW_POSITION).ifPresent(views::add);
    }
    Header header = series.header();
    for (String view : views) {
      if (MAMMOGRAPHY_VIEWS.contains(view)) {
        hints.add(Region.BREAST, 0.9, Tag.VIEW_POSITION, view);
        return;
      }
      Region region = VIEWS.get(view);
      if (region != null) {
        hints.add(region, 0.85, Tag.VIEW_POSITION, view);
      }
    }
    for (Code code : header.codes(Tag.VIEW_CODE_SEQUENCE)) {
      if (MAMMOGRAPHY_VIEW_CODES.contains(code.value())) {
        hints.add(
            Region.BREAST,
            0.9,
            TagPath.of(Tag.VIEW_CODE_SEQUENCE, 0, Tag.CODE_VALUE),
            "view of mammography");
        return;
      }
    }
    double voltage = header.number(Tag.KVP).orElse(0.0);
    if (voltage >= 22 && voltage <= 36) {
      hints.add(Region.BREAST, 0.85, Tag.KVP, "beam for mammography");
      return;
    }
    boolean lateral = views.contains("LL") || views.contains("RL") || views.contains("LATERAL");
    boolean large = isLarge(header);
    if (views.contains("PA") && (lateral || large)) {
      hints.add(Region.CHEST, lateral ? 0.65 : 0.8, Tag.VIEW_POSITION, "PA and lateral, or large");
    }
    if (voltage > HARD_BEAM) {
      hints.add(Region.CHEST, 0.85, Tag.KVP, "hard beam");
    }
    if (header.number(Tag.DISTANCE_SOURCE_TO_DETECTOR).orElse(0.0) >= FAR) {
      hints.add(Region.CHEST, 0.75, Tag.DISTANCE_SOURCE_TO_DETECTOR, "far from the tube");
    }
    if (large) {
      hints.add(Region.CHEST, 0.62, Tag.IMAGER_PIXEL_SPACING, "large plate");
    }
  }

  /** Whether the image fills a plate of 35 cm by 43 cm or more. */
  private static boolean isLarge(Header header) {
    double[] spacing = Geometry.vector(header, Tag.IMAGER_PIXEL_SPACING, 2);
    if (spacing.length == 0) {
      return false;
    }
    double height = header.number(Tag.ROWS).orElse(0.0) * spacing[0];
    double width = header.number(Tag.COLUMNS).orElse(0.0) * spacing[1];
    return Math.min(height, width) >= LARGE_PLATE && Math.max(height, width) >= LARGE_PLATE + 70;
  }

  static void angiography(Header header, Hints hints) {
    double primary = Math.abs(header.number(Tag.POSITIONER_PRIMARY_ANGLE).orElse(0.0));
    double secondary = Math.abs(header.number(Tag.POSITIONER_SECONDARY_ANGLE).orElse(0.0));
    double frames = header.number(Tag.NUMBER_OF_FRAMES).orElse(1.0);
    if (frames > 10 && primary >= 10 && primary <= 60 && secondary >= 15) {
      hints.add(
          Region.HEART,
          0.75,
          Tag.POSITIONER_SECONDARY_ANGLE,
          "moving images at a doubly oblique angle");
    }
    double frameTime = header.number(Tag.FRAME_TIME).orElse(Double.MAX_VALUE);
    double rate = header.number(Tag.CINE_RATE).orElse(0.0);
    if (frames > 20 && header.string(Tag.MODALITY).orElse("").equals("XA")) {
      if (frameTime > 0 && frameTime <= FAST_FRAMES) {
        hints.add(Region.HEART, 0.7, Tag.FRAME_TIME, "fast as for coronaries");
      } else if (frameTime == Double.MAX_VALUE && rate >= 12) {
        hints.add(Region.HEART, 0.65, Tag.CINE_RATE, "fast as for coronaries");
      }
    }
  }
}
