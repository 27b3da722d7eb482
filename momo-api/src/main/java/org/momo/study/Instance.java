package org.momo.study;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One SOP instance: an image, or an object that comes with images.
 *
 * <p>This class is immutable.
 */
public final class Instance {
  private final Header header;
  private final @Nullable PixelData pixelData;
  private final @Nullable String folder;
  private final @Nullable String name;

  private Instance(
      Header header,
      @Nullable PixelData pixelData,
      @Nullable String folder,
      @Nullable String name) {
    this.header = Objects.requireNonNull(header, "header");
    this.pixelData = pixelData;
    this.folder = folder;
    this.name = name;
  }

  /**
   * An instance that has only a header.
   *
   * @param header its attributes
   * @return the instance
   * @throws NullPointerException if {@code header} is null
   */
  public static Instance of(Header header) {
    return new Instance(header, null, null, null);
  }

  /**
   * An instance with pixels.
   *
   * @param header its attributes
   * @param pixelData its frames
   * @return the instance
   * @throws NullPointerException if an argument is null
   */
  public static Instance of(Header header, PixelData pixelData) {
    return new Instance(header, Objects.requireNonNull(pixelData, "pixelData"), null, null);
  }

  /**
   * This instance, with the place that it came from.
   *
   * @param place a path or address, with {@code /} between its parts
   * @return a new instance
   * @throws NullPointerException if {@code place} is null
   */
  public Instance from(String place) {
    return new Instance(header, pixelData, null, Objects.requireNonNull(place, "place"));
  }

  /**
   * This instance, with the place that it came from in two parts, so that the many instances of one
   * folder can share its name in memory.
   *
   * @param parent a path or address, with {@code /} between its parts and none at its end
   * @param child the name in it
   * @return a new instance whose source is {@code parent/child}
   * @throws NullPointerException if an argument is null
   */
  public Instance from(String parent, String child) {
    return new Instance(
        header,
        pixelData,
        Objects.requireNonNull(parent, "parent"),
        Objects.requireNonNull(child, "child"));
  }

  /**
   * The attributes.
   *
   * @return the header; never null
   */
  public Header header() {
    return header;
  }

  /**
   * The frames.
   *
   * @return the frames, or empty where the instance has none or its reader does not reach them
   */
  public Optional<PixelData> pixelData() {
    return Optional.ofNullable(pixelData);
  }

  /**
   * Where the instance came from.
   *
   * @return a path or address, or empty where the reader did not say
   */
  public Optional<String> source() {
    return folder == null ? Optional.ofNullable(name) : Optional.of(folder + "/" + name);
  }

  /**
   * Whether this is an image, and so may speak for the study. Reports, presentation states, key
   * object selections, segmentations, radiotherapy structures, plans and doses, registrations,
   * waveforms and documents are not: they come with a study and never vote. The SOP Class UID
   * decides; where there is none, or a private one, the Modality does. An object of a private SOP
   * class that has no Rows is no image either.
   *
   * @return true for an image
   */
  public boolean isImage() {
    return SopClass.isImage(header);
  }

  /**
   * The SOP Instance UID.
   *
   * @return the UID; an empty string where the object has none
   */
  public String uid() {
    return header.string(Tag.SOP_INSTANCE_UID).orElse("");
  }

  /** The SOP Instance UID; never anything of the patient. */
  @Override
  public String toString() {
    return "Instance[" + uid() + "]";
  }
}
