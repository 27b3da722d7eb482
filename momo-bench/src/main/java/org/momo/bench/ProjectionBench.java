package org.momo.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.projection.Voxels;
import org.momo.spi.Tensor;

/** A volume that Java, C and Python make alike, and the time and means of its projections. */
final class ProjectionBench {
  private static final int WARM_UP = 8;

  private final int slices;
  private final int size;
  private final Voxels volume;
  private final Projector projector;
  private final Result check;

  /** The shortest time, and the means of the sagittal, coronal and axial projections. */
  record Result(double milliseconds, double sagittal, double coronal, double axial) {

    /** What a rival program prints. */
    static Result parse(String line) {
      String[] words = line.strip().split(" ");
      return new Result(
          Double.parseDouble(words[0]),
          Double.parseDouble(words[1]),
          Double.parseDouble(words[2]),
          Double.parseDouble(words[3]));
    }
  }

  ProjectionBench(int slices, int size) {
    this.slices = slices;
    this.size = size;
    short[][] data = new short[slices][size * size];
    int i = 0;
    for (short[] slice : data) {
      for (int at = 0; at < slice.length; at++) {
        int h = i++ * 0x9E3779B1;
        h ^= h >>> 15;
        h *= 0x2C1B3C6D;
        slice[at] = (short) ((h >>> 20) - 1024);
      }
    }
    this.volume = Voxels.ofShorts(data, size, size);
    this.projector = Projector.builder().size(size).build();
    this.check = time(WARM_UP);
  }

  /** Our own time on one thread. */
  Result time(int rounds) {
    double best = Double.POSITIVE_INFINITY;
    Tensor picture = null;
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      picture = projector.project(volume);
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    float[] data = Objects.requireNonNull(picture, "rounds").data();
    return new Result(best, mean(data, 0), mean(data, 1), mean(data, 2));
  }

  /** Our own time on some threads, in milliseconds. */
  double time(int rounds, int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      double best = Double.POSITIVE_INFINITY;
      for (int i = 0; i < rounds; i++) {
        long start = System.nanoTime();
        projector.project(volume, pool, threads);
        best = Math.min(best, (System.nanoTime() - start) / 1e6);
      }
      return best;
    } finally {
      pool.shutdown();
    }
  }

  private double mean(float[] data, int channel) {
    double sum = 0;
    for (int i = 0; i < size * size; i++) {
      sum += data[channel * size * size + i];
    }
    return sum / (size * size);
  }

  /** Refuses a rival that computes something else. */
  void requireSame(Result rival) {
    double tolerance = 0.1;
    if (Math.abs(rival.sagittal - check.sagittal) > tolerance
        || Math.abs(rival.coronal - check.coronal) > tolerance
        || Math.abs(rival.axial - check.axial) > tolerance) {
      throw new IllegalStateException("The projections differ: " + check + " and " + rival + ".");
    }
  }

  /** For example {@code 512 x 512 x 300 int16}. */
  String what() {
    return size + " x " + size + " x " + slices + " int16";
  }

  /** Copies a rival's source to a folder. */
  static Path unpack(String name, Path folder) throws IOException {
    Path target = folder.resolve(name);
    try (InputStream source = ProjectionBench.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(source, name), target, StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }

  /** Removes a folder with all that is in it. */
  static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
