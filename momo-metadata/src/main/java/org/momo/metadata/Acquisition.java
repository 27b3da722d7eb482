package org.momo.metadata;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.momo.decision.Region;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Tag;

/*
 * Rules that a radiographer would sign: a wrist coil is for wrists, a brain window is for brains, a
 * study type that the DICOM standard defines means what the standard says. What is often so, but
 * not mostly, is no rule. The reliabilities are judgements, not fits: the labelled studies are far
 * too few to fit them. What is measured is whether the confidence that comes of them holds.
 */
/** Reads from the way a series was made what it shows. */
final class Acquisition {
  private static final Set<Region> TRUNK =
      Set.of(Region.NECK, Region.CHEST, Region.ABDOMEN, Region.PELVIS);
  private static final double SMALLER_THAN_A_TRUNK = 160;
  private static final int LONGEST = 256;

  private Acquisition() {}

  /** What the way a series was made says, each attribute once. */
  static List<Hints.Hint> of(Series series, String modality) {
    Hints hints = new Hints();
    Techniques.read(series, modality, hints);
    switch (modality) {
      case "CT" -> CtAcquisition.read(series, hints);
      case "MR" -> MrAcquisition.read(series, hints);
      case "US", "ECHO", "IVUS" -> UltrasoundAcquisition.read(series, hints);
      case "XA", "RF" -> XrayAcquisition.angiography(series.header(), hints);
      case "PT", "NM" -> NuclearAcquisition.read(series, hints);
      case "CR", "DX", "RG", "MG" -> XrayAcquisition.radiograph(series, hints);
      case "PX", "IO" -> hints.add(Region.HEAD, 0.97, Tag.MODALITY, modality);
      case "EC" -> hints.add(Region.HEART, 0.95, Tag.MODALITY, modality);
      default -> {}
    }
    return hints.all();
  }

  /**
   * Whether a CT series shows so little that it cannot be the part of the trunk that its body part
   * names: what is reconstructed that small within the trunk is the spine, most of the time.
   */
  static boolean isDetailOfTrunk(Series series, Set<Region> bodyPart) {
    return series.modality().equals("CT")
        && !bodyPart.isEmpty()
        && TRUNK.containsAll(bodyPart)
        && series.header().number(Tag.RECONSTRUCTION_DIAMETER).orElse(Double.MAX_VALUE)
            < SMALLER_THAN_A_TRUNK;
  }

  /** The first value in lower case, cut where it is long, with blanks for underscores. */
  static String lower(Header header, int tag) {
    String text = header.string(tag).orElse("");
    return text.isEmpty()
        ? text
        : (text.length() > LONGEST ? text.substring(0, LONGEST) : text)
            .toLowerCase(Locale.ROOT)
            .replace('_', ' ');
  }
}
