package org.momo.imaging.projection;

/** How values between samples are made. This class is immutable. */
public enum Interpolation {

  /** The cubic spline through all samples: B-splines of order 3, with the prefilter. */
  CUBIC,

  /** Straight lines between neighbours. */
  LINEAR,

  /** The nearest sample; half-way, the one with the higher index. */
  NEAREST
}
