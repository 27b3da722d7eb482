package org.momo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.momo.dicom.DicomSources;
import org.momo.imaging.SeriesPicture;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.volume.ImageOptions;
import org.momo.spi.Tensor;
import org.momo.study.Series;
import org.momo.study.Study;

/**
 * A series from its files to its picture against reading the bytes of the same files, both from a
 * warm page cache: {@code momo-bench/ratios series-vs-read}.
 */
final class SeriesVsRead implements Ratio {
  private static final int SLICES = 300;
  private static final int SIZE = 512;

  private static final Projector PROJECTOR = Projector.builder().build();

  @Override
  public String name() {
    return "series-vs-read";
  }

  @Override
  public Outcome measure(boolean quick) throws Exception {
    Path folder = Files.createTempDirectory("momo-bench");
    try {
      CtFiles.write(folder, SLICES, SIZE);
      List<Path> files;
      try (Stream<Path> listed = Files.list(folder)) {
        files = listed.sorted().toList();
      }
      double ours = Double.POSITIVE_INFINITY;
      double theirs = Double.POSITIVE_INFINITY;
      for (int turn = 0; turn < (quick ? 8 : 24); turn++) {
        long start = System.nanoTime();
        long bytes = 0;
        for (Path file : files) {
          bytes += Files.readAllBytes(file).length;
        }
        theirs = Math.min(theirs, (System.nanoTime() - start) / 1e6);
        if (bytes < 2L * SLICES * SIZE * SIZE) {
          throw new IllegalStateException("the files hold " + bytes + " bytes");
        }
        start = System.nanoTime();
        Tensor picture = picture(folder);
        ours = Math.min(ours, (System.nanoTime() - start) / 1e6);
        if (picture.data().length != 3 * SIZE * SIZE) {
          throw new IllegalStateException("the picture is of another size");
        }
      }
      return new Measured(
          ours / theirs,
          "times Files.readAllBytes: %d files of %d x %d int16 to three projections on %d processors, %.0f ms against %.0f ms"
              .formatted(
                  SLICES, SIZE, SIZE, Runtime.getRuntime().availableProcessors(), ours, theirs));
    } finally {
      ProjectionBench.remove(folder);
    }
  }

  private static Tensor picture(Path folder) throws IOException {
    try (Stream<Study> studies = DicomSources.of(folder).studies()) {
      Series series = studies.findFirst().orElseThrow().series().get(0);
      SeriesPicture picture = SeriesPicture.of(series, ImageOptions.defaults(), PROJECTOR);
      return picture.tensor().orElseThrow(() -> new IOException(picture.reason()));
    }
  }
}
