package org.momo.imaging.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.momo.dicom.DicomReader;
import org.momo.imaging.codec.PixelDecoders;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelDecoder;
import org.momo.spi.PixelException;
import org.momo.study.Instance;
import org.momo.study.PixelData;
import org.momo.study.Tag;

/**
 * Compressed frames of real files, held against what gdcm, libjpeg, OpenJPEG, CharLS, pydicom and
 * dcmtk made of them (decoded.tsv, written by make_decoded.py): lossless frames by their digest,
 * lossy ones by 32 sums under random signs, whose differences tell the mean square of the samples'
 * differences. {@code momo-bench/decoded} compares all samples where other decoders are installed.
 *
 * <p>Files are looked for in the data folder and in the folders that the system property {@code
 * momo.samples} lists, by their digest.
 */
class DecodedSamplesParityTest {
  /** Root of the mean square, in steps of a sample. Decoders round each in their own way. */
  private static final double LOSSY_TOLERANCE = 1;

  private record Expected(int frame, String syntax, boolean exact, String samples) {}

  @Test
  void decoded_samples_equal_those_of_other_decoders() throws Exception {
    Map<String, List<Expected>> expected = expected();
    Map<String, Path> files = files();
    assumeTrue(!files.isEmpty(), "no sample files: neither shared/data nor momo.samples is there");
    Map<String, int[]> table = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, List<Expected>> entry : new TreeMap<>(expected).entrySet()) {
      Path file = files.get(entry.getKey());
      if (file == null) {
        continue;
      }
      Instance instance = new DicomReader().read(file);
      for (Expected each : entry.getValue()) {
        int[] counts = table.computeIfAbsent(each.syntax, s -> new int[4]);
        counts[0]++;
        double difference = difference(instance, each);
        boolean fine = difference <= (each.exact ? 0 : LOSSY_TOLERANCE);
        counts[difference == 0 ? 1 : fine ? 2 : 3]++;
        if (!fine) {
          problems.add(
              entry.getKey() + " frame " + each.frame + " " + each.syntax + ": " + difference);
        }
      }
    }
    List<String> lines = new ArrayList<>();
    table.forEach(
        (syntax, n) ->
            lines.add(
                syntax
                    + "\t"
                    + n[0]
                    + " frames\t"
                    + n[1]
                    + " equal\t"
                    + n[2]
                    + " within rounding\t"
                    + n[3]
                    + " off"));
    Files.write(Path.of("target", "decoded-samples.tsv"), lines);
    assertThat(problems).isEmpty();
  }

  private static double difference(Instance instance, Expected expected)
      throws PixelException, IOException, NoSuchAlgorithmException {
    PixelData data = instance.pixelData().orElseThrow();
    PixelModule module =
        PixelModule.read(
            instance.header(),
            instance.header().string(Tag.MODALITY).orElse(""),
            ImageOptions.defaults());
    PixelDecoder decoder =
        PixelDecoders.standard().stream()
            .filter(d -> d.supports(data.transferSyntax()))
            .findFirst()
            .orElseThrow();
    int[] samples =
        integers(decoder.decode(data.transferSyntax(), data.frame(expected.frame), module.format));
    if (expected.exact) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asIntBuffer().put(samples);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest).equals(expected.samples)
          ? 0
          : Double.POSITIVE_INFINITY;
    }
    long[] sums = sums(samples);
    String[] wanted = expected.samples.split(",");
    double squares = 0;
    for (int k = 0; k < wanted.length; k++) {
      double off = sums[k] - Long.parseLong(wanted[k]);
      squares += off * off;
    }
    return Math.sqrt(squares / wanted.length / samples.length);
  }

  /** Sums of the samples, the k-th with the sign that bit k of a scrambled index gives. */
  private static long[] sums(int[] samples) {
    long[] sums = new long[32];
    for (int i = 0; i < samples.length; i++) {
      int h = i;
      h = (h ^ h >>> 16) * 0x7feb352d;
      h = (h ^ h >>> 15) * 0x846ca68b;
      h ^= h >>> 16;
      for (int k = 0; k < sums.length; k++) {
        sums[k] += (h >>> k & 1) != 0 ? -samples[i] : samples[i];
      }
    }
    return sums;
  }

  /** The samples of each pixel side by side. */
  private static int[] integers(Frame frame) {
    FrameFormat format = frame.format();
    ByteBuffer bytes = frame.samples().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int pixels = format.rows() * format.columns();
    int each = format.samplesPerPixel();
    int[] values = new int[pixels * each];
    for (int i = 0; i < values.length; i++) {
      int value =
          switch (format.bitsAllocated()) {
            case 1 -> bytes.get(i / 8) >> (i & 7) & 1;
            case 8 -> bytes.get(i);
            case 16 -> bytes.getShort(2 * i);
            default -> bytes.getInt(4 * i);
          };
      int top = value << (31 - format.highBit());
      int unused = 32 - format.bitsStored();
      int at = format.planar() ? i % pixels * each + i / pixels : i;
      values[at] = format.signed() ? top >> unused : top >>> unused;
    }
    return values;
  }

  private static Map<String, List<Expected>> expected() throws IOException {
    Map<String, List<Expected>> expected = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                DecodedSamplesParityTest.class.getResourceAsStream("decoded.tsv"),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] f = line.split("\t");
          expected
              .computeIfAbsent(f[1], d -> new ArrayList<>())
              .add(new Expected(Integer.parseInt(f[2]), f[3], f[5].equals("digest"), f[6]));
        }
      }
    }
    return expected;
  }

  private static Map<String, Path> files() throws IOException, NoSuchAlgorithmException {
    List<Path> roots = new ArrayList<>();
    String shared = System.getProperty("momo.shared", System.getenv("momo.shared"));
    if (shared != null) {
      roots.add(Path.of(shared, "data", "studies"));
    }
    for (Path folder = Path.of("").toAbsolutePath();
        folder != null && shared == null;
        folder = folder.getParent()) {
      roots.add(folder.resolve("shared/data/studies"));
    }
    for (String sample : System.getProperty("momo.samples", "").split(File.pathSeparator)) {
      if (!sample.isBlank()) {
        roots.add(Path.of(sample));
      }
    }
    Map<String, Path> files = new HashMap<>();
    for (Path root : roots) {
      if (!Files.isDirectory(root)) {
        continue;
      }
      try (Stream<Path> walk = Files.walk(root)) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
          files.put(HexFormat.of().formatHex(digest, 0, 8), file);
        }
      }
    }
    return files;
  }
}
