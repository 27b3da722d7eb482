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
  private final @Nullable String source;

  private Instance(Header header, @Nullable PixelData pixelData, @Nullable String source) {
    this.header = Objects.requireNonNull(header, "header");
    this.pixelData = pixelData;
    this.source = source;
  }

  /**
   * An instance that has only a header.
   *
   * @param header its attributes
   * @return the instance
   * @throws NullPointerException if {@code header} is null
   */
  public static Instance of(Header header) {
    return new Instance(header, null, null);
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
    return new Instance(header, Objects.requireNonNull(pixelData, "pixelData"), null);
  }

  /**
   * This instance, with the place that it came from.
   *
   * @param place a path or address, with {@code /} between its parts
   * @return a new instance
   * @throws NullPointerException if {@code place} is null
   */
  public Instance from(String place) {
    return new Instance(header, pixelData, Objects.requireNonNull(place, "place"));
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
    return Optional.ofNullable(source);
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
