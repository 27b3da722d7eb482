package org.momo.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.List;
import org.momo.dicom.DicomReader;
import org.momo.study.Study;
import org.momo.study.StudyAssembler;

/**
 * The heap that a million instances need which are read and grouped one after another, against 600
 * MB, in a Java of its own that has no more: {@code momo-bench/ratios headers-million}.
 */
final class HeadersMillion implements Ratio {
  private static final int MILLION = 1_000_000;
  private static final int MOST_MB = 600;

  @Override
  public String name() {
    return "headers-million";
  }

  @Override
  public Outcome measure(boolean quick) throws Exception {
    int count = quick ? MILLION / 20 : MILLION;
    // Fewer instances get as much less, over what the JVM and the maker of headers take.
    int most = quick ? 16 + MOST_MB / 20 : MOST_MB;
    String output =
        Program.output(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + most + "m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            HeadersMillion.class.getName(),
            String.valueOf(count));
    String[] figures = output.trim().split(" ");
    double peak = Double.parseDouble(figures[0]) / 1e6;
    double live = Double.parseDouble(figures[1]) / 1e6;
    return new Measured(
        peak / most,
        "of the heap of %d MB that a JVM is given: %d instances in %s studies, peak %.0f MB, %.0f MB"
                .formatted(most, count, figures[2], peak, live)
            + " kept, %.0f bytes an instance".formatted(live * 1e6 / count));
  }

  /**
   * Reads and groups instances, and prints peak and kept bytes of the heap, and the studies.
   *
   * @param arguments how many
   * @throws IOException if a header cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    HeaderFiles headers = HeaderFiles.load();
    DicomReader reader = new DicomReader();
    StudyAssembler assembler = new StudyAssembler();
    for (int i = 0; i < count; i++) {
      String folder = "/archive/S%04d".formatted(i / 1_000);
      byte[] header = headers.header(i);
      assembler.add(
          reader
              .read(new ByteArrayInputStream(header), "instance")
              .from(folder.intern(), "I%07d".formatted(i)));
    }
    List<Study> studies = assembler.studies();
    long instances =
        studies.stream()
            .flatMap(study -> study.series().stream())
            .mapToLong(series -> series.instances().size())
            .sum();
    if (instances != count) {
      throw new IllegalStateException(instances + " of " + count + " instances are grouped");
    }
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      peak += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
    }
    System.gc();
    long kept = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    System.out.println(peak + " " + kept + " " + studies.size());
  }
}
