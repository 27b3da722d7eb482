package org.momo.imaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.momo.imaging.projection.Interpolation;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.volume.DisplayWindow;
import org.momo.imaging.volume.ImageOptions;
import org.momo.imaging.volume.ImageStack;
import org.momo.imaging.volume.Note;
import org.momo.imaging.volume.SeriesStacks;
import org.momo.spi.Tensor;
import org.momo.study.Series;

/**
 * What the network layer sees of a series, for a person to look at: up to three small pictures.
 *
 * <p>Pictures whose orientation is known are turned as radiologists hang them (head up, or front
 * up; the patient's left on the right). They keep the body's proportions, and are windowed from the
 * 1st to the 99.5th percentile of what is not background. A slice whose header asks for a window of
 * less than half that range gets it, if that shows anything.
 *
 * <p>This class is immutable.
 *
 * @param images the pictures; empty where there is nothing to see
 * @param reason why there is nothing to see, in one sentence; else an empty string
 * @param notes what was noticed on the way
 */
public record Thumbnails(List<Image> images, String reason, List<Note> notes) {
  private static final int WORK_SIZE = 256;

  /** What resampling leaves of a constant image is less than this part of its value. */
  private static final float ROUNDING = 1e-5f;

  private static final int RIGHT_TO_LEFT = 0;
  private static final int FRONT_TO_BACK = 1;
  private static final int FOOT_TO_HEAD = 2;

  /**
   * One picture.
   *
   * <p>This class is immutable as long as its array is left alone.
   *
   * @param title what it shows, such as {@code coronal projection}
   * @param width in pixels
   * @param height in pixels
   * @param png the file, grey, 8 bits
   */
  public record Image(String title, int width, int height, byte[] png) {}

  /** One axis of a picture: which way it runs in the patient, and how far. */
  private record Way(double[] direction, double extent) {
    int main() {
      int best = 0;
      for (int i = 1; i < direction.length; i++) {
        best = Math.abs(direction[i]) > Math.abs(direction[best]) ? i : best;
      }
      return best;
    }
  }

  /**
   * Copies the lists.
   *
   * @param images the pictures
   * @param reason why there is nothing to see
   * @param notes what was noticed on the way
   */
  public Thumbnails {
    images = List.copyOf(images);
    notes = List.copyOf(notes);
  }

  /**
   * Thumbnails of the largest stack of a series.
   *
   * @param series what came in
   * @param options how its pixels are read
   * @param longest the longer side of each picture, 16 to 1024 pixels
   * @return the thumbnails, or the reason why there are none
   * @throws IllegalArgumentException if {@code longest} is out of range
   */
  public static Thumbnails of(Series series, ImageOptions options, int longest) {
    if (longest < 16 || longest > 1024) {
      throw new IllegalArgumentException("longest must be between 16 and 1024: was " + longest);
    }
    SeriesStacks stacks = SeriesStacks.of(series, options);
    if (stacks.stacks().isEmpty()) {
      return new Thumbnails(
          List.of(), stacks.reason().orElse("the series has no images"), stacks.notes());
    }
    ImageStack stack = stacks.stacks().get(0);
    int size = Math.max(WORK_SIZE, longest);
    Projector projector =
        Projector.builder().size(size).interpolation(Interpolation.LINEAR).build();
    SeriesPicture picture = SeriesPicture.of(stack, stacks.notes(), options, projector);
    if (picture.tensor().isEmpty()) {
      return new Thumbnails(List.of(), picture.reason(), picture.notes());
    }
    return new Thumbnails(
        images(picture.tensor().get(), stack, size, longest), "", picture.notes());
  }

  private static List<Image> images(Tensor tensor, ImageStack stack, int size, int longest) {
    double wide = stack.columns() * (stack.columnSpacing() > 0 ? stack.columnSpacing() : 1);
    double high = stack.rows() * (stack.rowSpacing() > 0 ? stack.rowSpacing() : 1);
    double[] o = stack.orientation();
    Way columns = new Way(o.length < 6 ? new double[0] : new double[] {o[0], o[1], o[2]}, wide);
    Way rows = new Way(o.length < 6 ? new double[0] : new double[] {o[3], o[4], o[5]}, high);
    boolean projected = stack.axis() == ImageStack.Axis.SPACE && stack.slices() >= 40;
    List<Image> images = new ArrayList<>();
    if (!projected) {
      int shown = Math.min(3, stack.slices());
      String[] titles =
          shown == 1
              ? new String[] {"image"}
              : new String[] {"first image", "middle image", "last image"};
      for (int i = 0; i < shown; i++) {
        int channel = shown == 2 && i == 1 ? 2 : i;
        String title = shown == 2 && i == 1 ? titles[2] : titles[i];
        images.add(render(title, tensor, channel, size, rows, columns, stack.window(), longest));
      }
      return images;
    }
    double depth =
        stack.slices()
            * (stack.sliceSpacing() > 0
                ? stack.sliceSpacing()
                : Math.max(wide, high) / stack.slices());
    double[] n =
        o.length < 6
            ? new double[0]
            : new double[] {
              o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]
            };
    Way slices = new Way(n, depth);
    Optional<DisplayWindow> none = Optional.empty();
    images.add(render(title(columns, "along rows"), tensor, 0, size, slices, rows, none, longest));
    images.add(
        render(title(rows, "along columns"), tensor, 1, size, slices, columns, none, longest));
    images.add(
        render(title(slices, "along slices"), tensor, 2, size, rows, columns, none, longest));
    return images;
  }

  private static String title(Way through, String otherwise) {
    if (through.direction.length == 0) {
      return "projection " + otherwise;
    }
    return switch (through.main()) {
      case RIGHT_TO_LEFT -> "sagittal projection";
      case FRONT_TO_BACK -> "coronal projection";
      default -> "axial projection";
    };
  }

  private static Image render(
      String title,
      Tensor tensor,
      int channel,
      int size,
      Way down,
      Way across,
      Optional<DisplayWindow> window,
      int longest) {
    boolean known = down.direction.length > 0;
    boolean turn = known && upright(across) > upright(down);
    Way vertical = turn ? across : down;
    Way horizontal = turn ? down : across;
    boolean flipY =
        known
            && (vertical.main() == FOOT_TO_HEAD
                ? vertical.direction[FOOT_TO_HEAD] > 0
                : vertical.direction[vertical.main()] < 0);
    boolean flipX = known && horizontal.direction[horizontal.main()] < 0;
    double scale = longest / Math.max(vertical.extent, horizontal.extent);
    int width = Math.max(8, (int) Math.rint(horizontal.extent * scale));
    int height = Math.max(8, (int) Math.rint(vertical.extent * scale));
    float[] values = new float[width * height];
    for (int y = 0; y < height; y++) {
      double v = (y + 0.5) / height;
      v = flipY ? 1 - v : v;
      for (int x = 0; x < width; x++) {
        double h = (x + 0.5) / width;
        h = flipX ? 1 - h : h;
        values[y * width + x] = sample(tensor.data(), channel, size, turn ? h : v, turn ? v : h);
      }
    }
    return new Image(title, width, height, PngWriter.write(window(values, window), width, height));
  }

  /** Headers may name windows that are all black or all white, of another image or of none. */
  private static boolean shows(DisplayWindow window, float[] values) {
    int between = 0;
    for (float value : values) {
      between += value > window.low() && value < window.high() ? 1 : 0;
    }
    return between >= values.length / 20;
  }

  private static int upright(Way way) {
    return way.main() == FOOT_TO_HEAD ? 2 : way.main() == FRONT_TO_BACK ? 1 : 0;
  }

  private static float sample(float[] data, int channel, int size, double v, double h) {
    double y = Math.min(Math.max(v * size - 0.5, 0), size - 1.0);
    double x = Math.min(Math.max(h * size - 0.5, 0), size - 1.0);
    int y0 = (int) y;
    int x0 = (int) x;
    int y1 = Math.min(y0 + 1, size - 1);
    int x1 = Math.min(x0 + 1, size - 1);
    float fy = (float) (y - y0);
    float fx = (float) (x - x0);
    int base = channel * size * size;
    float top = data[base + y0 * size + x0] * (1 - fx) + data[base + y0 * size + x1] * fx;
    float bottom = data[base + y1 * size + x0] * (1 - fx) + data[base + y1 * size + x1] * fx;
    return top * (1 - fy) + bottom * fy;
  }

  private static byte[] window(float[] values, Optional<DisplayWindow> asked) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int background = 1;
    while (background < sorted.length && sorted[background] == sorted[0]) {
      background++;
    }
    // A border or padding of one value says nothing of what is in it.
    int from = background > sorted.length / 50 && background < sorted.length ? background : 0;
    float low = sorted[from + (sorted.length - from) / 100];
    float high = sorted[from + (int) ((sorted.length - from) * 0.995)];
    if (asked.isPresent()
        && asked.get().high() - asked.get().low() < (high - low) / 2
        && shows(asked.get(), values)) {
      low = (float) asked.get().low();
      high = (float) asked.get().high();
    }
    if (!(high > low)) {
      low = sorted[0];
      high = sorted[sorted.length - 1];
    }
    boolean constant = high - low <= ROUNDING * Math.max(Math.abs(low), Math.abs(high));
    float range = constant ? Math.max(1, Math.abs(low)) : high - low;
    byte[] grey = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      grey[i] = (byte) Math.min(Math.max(Math.round((values[i] - low) / range * 255), 0), 255);
    }
    return grey;
  }
}
