package org.momo.djl;

import java.util.Random;
import org.momo.spi.Tensor;

/** A picture turned by quarters, counter-clockwise, and then mirrored left to right. */
record Alteration(int quarters, boolean mirrored) {

  /** Draws an alteration: turned with a probability, and mirrored with the same. */
  static Alteration draw(Random random, double probability) {
    boolean turned = random.nextDouble() < probability;
    int quarters = 1 + random.nextInt(3);
    return new Alteration(turned ? quarters : 0, random.nextDouble() < probability);
  }

  /**
   * The altered picture.
   *
   * @param picture {@code [c, h, w]}; one that is not square is turned by halves only
   */
  Tensor of(Tensor picture) {
    int height = picture.dimension(1);
    int width = picture.dimension(2);
    int turns = height == width ? quarters : quarters & 2;
    if (turns == 0 && !mirrored) {
      return picture;
    }
    float[] from = picture.data();
    float[] to = new float[from.length];
    int size = height * width;
    for (int at = 0; at < to.length; at++) {
      int channel = at / size * size;
      int y = at % size / width;
      int x = at % width;
      int sx = mirrored ? width - 1 - x : x;
      int source =
          switch (turns) {
            case 1 -> sx * width + width - 1 - y;
            case 2 -> (height - 1 - y) * width + width - 1 - sx;
            case 3 -> (height - 1 - sx) * width + y;
            default -> y * width + sx;
          };
      to[at] = from[channel + source];
    }
    return Tensor.of(to, picture.shape());
  }
}
