package org.momo.decision;

import java.util.Locale;
import java.util.Optional;

/** The closed list of what an examination can cover. */
public enum Region {
  /** Brain, skull, face, sinuses, orbits, temporal bone, jaw, teeth. */
  HEAD,
  /** Soft tissue of the neck, thyroid, larynx, cervical vessels. */
  NECK,
  /** Cervical spine. */
  SPINE_C,
  /** Thoracic spine. */
  SPINE_T,
  /** Lumbar spine with sacrum. */
  SPINE_L,
  /** Whole spine, or a level that is not named: the general form of the three. */
  SPINE,
  /** Thorax, lungs, ribs, mediastinum, pulmonary vessels, thoracic aorta, oesophagus. */
  CHEST,
  /** Heart and coronaries. */
  HEART,
  /** Mamma, in all modalities. */
  BREAST,
  /** Upper abdomen and its organs, kidneys, bowel. */
  ABDOMEN,
  /** Pelvis, its organs, hip girdle bone, sacroiliac joints. */
  PELVIS,
  /** Shoulder to fingers, clavicle, scapula. */
  UEXT,
  /** Hip joint to toes. */
  LEXT,
  /** Whole body, trunk-wide staging, skeletal survey, PET from skull base to thigh. */
  WHOLEBODY,
  /** Pregnancy. */
  OBSTETRIC;

  /**
   * Whether this region is the general form of another: the spine of its levels.
   *
   * @param other a region
   * @return true if {@code other} is a part that this region stands for
   */
  public boolean generalises(Region other) {
    return this == SPINE && (other == SPINE_C || other == SPINE_T || other == SPINE_L);
  }

  /**
   * The region of a name.
   *
   * @param name in any case, for instance {@code SPINE_L}
   * @return the region, or empty where there is none of that name
   */
  public static Optional<Region> named(String name) {
    try {
      return Optional.of(valueOf(name.strip().toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
