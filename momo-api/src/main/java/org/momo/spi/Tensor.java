package org.momo.spi;

import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers in rows: a dense block of floats with a shape, the last dimension the fastest.
 *
 * <p>Large arrays are not copied: who makes a tensor gives its array away, who reads {@link #data}
 * must not write to it.
 *
 * <p>This class is immutable as long as its array is left alone.
 */
public final class Tensor {
  private final float[] data;
  private final int[] shape;

  private Tensor(float[] data, int[] shape) {
    this.data = data;
    this.shape = shape;
  }

  /**
   * A tensor over an array.
   *
   * @param data the values; not copied, and not to be written to any more
   * @param shape the dimensions, each 1 or more, for instance {@code 3, 512, 512}
   * @return the tensor
   * @throws IllegalArgumentException if the shape does not have as many values as the array
   */
  public static Tensor of(float[] data, int... shape) {
    Objects.requireNonNull(data, "data");
    long size = 1;
    for (int dimension : shape) {
      if (dimension < 1) {
        throw new IllegalArgumentException(
            "dimensions must be 1 or more: were " + Arrays.toString(shape));
      }
      size = Math.multiplyExact(size, dimension);
    }
    if (size != data.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " needs " + size + " values: were " + data.length);
    }
    return new Tensor(data, shape.clone());
  }

  /**
   * The values.
   *
   * @return the array itself; not to be written to
   */
  public float[] data() {
    return data;
  }

  /**
   * The dimensions.
   *
   * @return a new array, slowest dimension first
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * How many dimensions there are.
   *
   * @return 1 or more
   */
  public int rank() {
    return shape.length;
  }

  /**
   * One dimension.
   *
   * @param axis its index; a negative one counts from the end, -1 for the last
   * @return 1 or more
   * @throws IndexOutOfBoundsException if there is no such dimension
   */
  public int dimension(int axis) {
    return shape[Objects.checkIndex(axis < 0 ? axis + shape.length : axis, shape.length)];
  }

  /**
   * The same values in another shape.
   *
   * @param newShape as many values as before
   * @return a tensor over the same array
   * @throws IllegalArgumentException if the shape has another number of values
   */
  public Tensor reshape(int... newShape) {
    return of(data, newShape);
  }

  /** The shape, for instance {@code Tensor[3, 512, 512]}. */
  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
