package org.momo.metadata;

import java.util.List;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.Series;
import org.momo.study.Tag;

/**
 * How large what a series shows is, and where it lies, as far as the headers say. Lengths are in
 * mm, in the patient's coordinates (PS3.3 C.7.6.2): x grows to the left, y to the back, z to the
 * head. What is not said is NaN.
 *
 * <p>This class is immutable.
 *
 * @param field the longer side of an image, or the diameter that was reconstructed
 * @param plane how the images lie
 * @param length from the first slice to the last, along the slices' normal
 * @param centreX the middle of the first image
 * @param lowest the lowest slice, z; of axial images alone
 * @param highest the highest slice, z; of axial images alone
 */
record Geometry(
    double field, Plane plane, double length, double centreX, double lowest, double highest) {
  private static final double STEEP = 0.8;
  private static final int VECTOR = 3;

  /** The plane that images lie in, within some 35 degrees. */
  enum Plane {
    AXIAL,
    CORONAL,
    SAGITTAL,
    UNKNOWN
  }

  /** Measures a series. */
  static Geometry of(Series series) {
    Header header = series.header();
    double field = field(header);
    double[] axes = vector(header, Tag.IMAGE_ORIENTATION_PATIENT, 2 * VECTOR);
    double[] first = vector(header, Tag.IMAGE_POSITION_PATIENT, VECTOR);
    if (axes.length == 0 || first.length == 0) {
      return new Geometry(field, Plane.UNKNOWN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    double[] normal = {
      axes[1] * axes[5] - axes[2] * axes[4],
      axes[2] * axes[3] - axes[0] * axes[5],
      axes[0] * axes[4] - axes[1] * axes[3]
    };
    Plane plane = plane(normal);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (Instance instance : series.instances()) {
      double[] position = vector(instance.header(), Tag.IMAGE_POSITION_PATIENT, VECTOR);
      if (position.length > 0) {
        double along = position[0] * normal[0] + position[1] * normal[1] + position[2] * normal[2];
        least = Math.min(least, along);
        most = Math.max(most, along);
        lowest = Math.min(lowest, position[2]);
        highest = Math.max(highest, position[2]);
      }
    }
    boolean axial = plane == Plane.AXIAL;
    return new Geometry(
        field,
        plane,
        most - least,
        first[0] + (axes[0] + axes[3]) * field / 2,
        axial ? lowest : Double.NaN,
        axial ? highest : Double.NaN);
  }

  private static double field(Header header) {
    double[] spacing = vector(header, Tag.PIXEL_SPACING, 2);
    double rows = header.number(Tag.ROWS).orElse(Double.NaN);
    double columns = header.number(Tag.COLUMNS).orElse(Double.NaN);
    double side =
        spacing.length == 0 ? Double.NaN : Math.max(rows * spacing[0], columns * spacing[1]);
    return header.number(Tag.RECONSTRUCTION_DIAMETER).filter(d -> d > 0).orElse(side);
  }

  private static Plane plane(double[] normal) {
    if (Math.abs(normal[2]) > STEEP) {
      return Plane.AXIAL;
    }
    if (Math.abs(normal[1]) > STEEP) {
      return Plane.CORONAL;
    }
    return Math.abs(normal[0]) > STEEP ? Plane.SAGITTAL : Plane.UNKNOWN;
  }

  /** The numbers of an attribute; an empty array where they are not all there. */
  static double[] vector(Header header, int tag, int size) {
    List<String> values = header.strings(tag);
    if (values.size() < size) {
      return new double[0];
    }
    double[] numbers = new double[size];
    for (int i = 0; i < size; i++) {
      try {
        numbers[i] = Double.parseDouble(values.get(i).strip());
      } catch (NumberFormatException e) {
        return new double[0];
      }
      if (!Double.isFinite(numbers[i])) {
        return new double[0];
      }
    }
    return numbers;
  }
}
