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
  private final Instance speaker;

  Series(String uid, String modality, List<Instance> instances) {
    this.uid = Objects.requireNonNull(uid, "uid");
    this.modality = Objects.requireNonNull(modality, "modality");
    this.instances = List.copyOf(instances);
    this.speaker =
        this.instances.stream().filter(Instance::isImage).findFirst().orElse(instances.get(0));
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
   * The DICOM Modality of most instances; of equally many, the first in alphabetical order. Where
   * an instance has none, or one that says nothing ({@code OT}), its SOP class counts if that
   * leaves no choice. So it does where a CT, MR or PET storage class contradicts what is stated.
   *
   * @return for instance {@code CT}; an empty string where no instance says
   */
  public String modality() {
    return modality;
  }

  /**
   * Whether the series holds an image; see {@link Instance#isImage()}.
   *
   * @return false for a series of reports, presentation states and the like
   */
  public boolean isImage() {
    return speaker.isImage();
  }

  /**
   * The header that speaks for the series: that of its first image, or of its first instance where
   * it has no image.
   *
   * @return the header; never null
   */
  public Header header() {
    return speaker.header();
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
