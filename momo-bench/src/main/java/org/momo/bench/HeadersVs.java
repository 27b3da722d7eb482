package org.momo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomException;
import org.momo.dicom.DicomReader;
import org.momo.study.Instance;
import org.momo.study.Tag;

/**
 * The header reader against a rival, on made-up files and on the development studies, from a warm
 * page cache and in one thread. The figure is the worse of the two.
 */
abstract class HeadersVs implements Ratio {

  /** What one set of files took, in milliseconds. */
  record Times(double ours, double theirs) {}

  /** A set of files. */
  record FileSet(String what, Path folder, List<Path> files) {}

  /** How many times the rival's time is ours; or the other way round. */
  abstract double ratio(Times times);

  /** Measures both sides turn by turn. */
  abstract Times times(FileSet set, boolean quick) throws Exception;

  /** Why the rival cannot be measured, or null. */
  @Nullable String missing() {
    return null;
  }

  /** What stands before the two sets' figures. */
  abstract String what();

  /** What is added behind them. */
  String more(FileSet set) throws IOException {
    return "";
  }

  @Override
  public final Outcome measure(boolean quick) throws Exception {
    String missing = missing();
    if (missing != null) {
      return new NotMeasured(missing);
    }
    Path folder = Files.createTempDirectory("momo-bench");
    try {
      List<FileSet> sets = new ArrayList<>();
      int count = quick ? 1_000 : 20_000;
      sets.add(new FileSet("made-up", folder, HeaderFiles.load().write(folder, count)));
      Path real = HeaderFiles.real();
      if (real != null) {
        sets.add(new FileSet("real", real, HeaderFiles.below(real)));
      }
      double worst = Double.NaN;
      StringBuilder text = new StringBuilder(what());
      for (FileSet set : sets) {
        Times times = times(set, quick);
        double ratio = ratio(times);
        worst = Double.isNaN(worst) || worse(ratio, worst) ? ratio : worst;
        int files = set.files().size();
        text.append(
            "; %d %s files %.2f, %.1f us a file against %.1f us"
                .formatted(
                    files,
                    set.what(),
                    ratio,
                    times.ours() * 1e3 / files,
                    times.theirs() * 1e3 / files));
        text.append(more(set));
      }
      return new Measured(worst, text.toString());
    } finally {
      HeaderFiles.remove(folder);
    }
  }

  /** Whether a ratio is worse than another; small ones are, unless said otherwise. */
  boolean worse(double ratio, double than) {
    return ratio < than;
  }

  /** Reads all headers; gives how many name a study. */
  static int read(DicomReader reader, List<Path> files) throws IOException {
    int studies = 0;
    for (Path file : files) {
      try {
        Instance instance = reader.read(file);
        studies += instance.header().string(Tag.STUDY_INSTANCE_UID).isPresent() ? 1 : 0;
      } catch (DicomException e) {
        // Some of the real files hold no object.
        continue;
      }
    }
    return studies;
  }

  /** The shortest of a few times to read all headers, in milliseconds. */
  static double time(DicomReader reader, List<Path> files, int turns) throws IOException {
    double best = Double.POSITIVE_INFINITY;
    for (int turn = 0; turn < turns; turn++) {
      long start = System.nanoTime();
      read(reader, files);
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    return best;
  }
}
