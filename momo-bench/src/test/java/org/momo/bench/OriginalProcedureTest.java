package org.momo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.momo.imaging.SeriesPicture;
import org.momo.imaging.projection.Convention;
import org.momo.imaging.projection.Interpolation;
import org.momo.imaging.projection.Projector;
import org.momo.imaging.volume.ImageOptions;
import org.momo.study.Series;

/** The procedure that we are held against must do the same work. */
class OriginalProcedureTest {

  @Test
  void a_full_cube_gives_the_projections_that_we_make_without_one(@TempDir Path folder)
      throws Exception {
    int size = 64;
    CtFiles.write(folder, 60, size);
    Series series = StudyPipelined.study(folder).series().get(0);

    float[] theirs = new OriginalProcedure(size).picture(series).data();
    float[] ours =
        SeriesPicture.of(
                series,
                ImageOptions.published(),
                Projector.builder()
                    .size(size)
                    .convention(Convention.PUBLISHED)
                    .interpolation(Interpolation.CUBIC)
                    .build())
            .tensor()
            .orElseThrow()
            .data();

    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.length; i++) {
      // Cut off towards zero, a sum that is a whole number but for rounding may fall to the next.
      assertThat(ours[i]).as("sample %d", i).isCloseTo(theirs[i], within(1f));
    }
  }
}
