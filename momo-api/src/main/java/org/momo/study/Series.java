package org.momo.study;

import java.util.List;
import java.util.Objects;

/**
 * The instances of one study that share a Series Instance UID, in canonical order.
 *
 * <p>This class is immutable.
 */
public final class Series {
  private final String uid;
  private final String modality;
  private final List<Instance> instances;

  Series(String uid, String modality, List<Instance> instances) {
    this.uid = Objects.requireNonNull(uid, "uid");
    this.modality = Objects.requireNonNull(modality, "modality");
    this.instances = List.copyOf(instances);
  }

  /**
   * The Series Instance UID.
   *
   * @return the UID, or a stand-in beginning with {@code missing:} where the objects have none
   */
  public String uid() {
    return uid;
  }

  /**
   * The DICOM Modality of most instances; of equally many, the first in alphabetical order.
   *
   * @return for instance {@code CT}; an empty string where no instance says
   */
  public String modality() {
    return modality;
  }

  /**
   * The header that speaks for the series: that of its first instance.
   *
   * @return the header; never null
   */
  public Header header() {
    return instances.get(0).header();
  }

  /**
   * The instances, by Instance Number and then SOP Instance UID, whatever order they came in.
   *
   * @return an immutable list of at least one
   */
  public List<Instance> instances() {
    return instances;
  }

  /** UID, modality and size; never anything of the patient. */
  @Override
  public String toString() {
    return "Series[" + uid + ", " + modality + ", " + instances.size() + " instances]";
  }
}
