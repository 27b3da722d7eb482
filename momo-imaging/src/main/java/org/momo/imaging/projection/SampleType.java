package org.momo.imaging.projection;

/** What kind of number a voxel is. This class is immutable. */
public enum SampleType {
  /** 0 to 255. */
  UINT8(1, 0, 255),
  /** -32,768 to 32,767. */
  INT16(2, -32_768, 32_767),
  /** 0 to 65,535. */
  UINT16(3, 0, 65_535),
  /** All of {@code int}; beyond 2^24 in magnitude the kernels round to single precision. */
  INT32(4, Integer.MIN_VALUE, Integer.MAX_VALUE),
  /** Single precision; neither integer nor limited. */
  FLOAT32(8, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

  private final float publishedFill;
  private final float least;
  private final float most;

  SampleType(float publishedFill, float least, float most) {
    this.publishedFill = publishedFill;
    this.least = least;
    this.most = most;
  }

  /**
   * What the published system writes where it has no sample: the number by which SimpleITK knows
   * the type. It meant nothing by it, but its networks were trained on such images.
   *
   * @return 1 to 8
   */
  public float publishedFill() {
    return publishedFill;
  }

  boolean isInteger() {
    return this != FLOAT32;
  }

  float least() {
    return least;
  }

  float most() {
    return most;
  }
}
