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
 * dcmtk made of them (decoded.tsv, written by make_decoded.py). Files are looked for in the data
 * folder and in the folders that the system property {@code momo.samples} lists, by their digest.
 */
class DecodedSamplesParityTest {
  private static final int LOSSY_TOLERANCE = 2;

  private record Expected(int frame, String syntax, int step, String samples) {}

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
        int difference = difference(instance, each);
        counts[difference == 0 ? 1 : difference <= LOSSY_TOLERANCE && each.step > 0 ? 2 : 3]++;
        if (difference > (each.step > 0 ? LOSSY_TOLERANCE : 0)) {
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
                    + " within 2\t"
                    + n[3]
                    + " off"));
    Files.write(Path.of("target", "decoded-samples.tsv"), lines);
    assertThat(problems).isEmpty();
  }

  private static int difference(Instance instance, Expected expected)
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
    if (expected.step == 0) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asIntBuffer().put(samples);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return HexFormat.of().formatHex(digest).equals(expected.samples) ? 0 : Integer.MAX_VALUE;
    }
    String[] wanted = expected.samples.split(",");
    int worst = 0;
    for (int i = 0; i < wanted.length; i++) {
      worst = Math.max(worst, Math.abs(samples[i * expected.step] - Integer.parseInt(wanted[i])));
    }
    return worst;
  }

  private static int[] integers(Frame frame) {
    FrameFormat format = frame.format();
    int size = format.bitsAllocated() / 8;
    ByteBuffer bytes = frame.samples().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int[] values = new int[bytes.remaining() / size];
    for (int i = 0; i < values.length; i++) {
      int value =
          switch (size) {
            case 1 -> bytes.get(i);
            case 2 -> bytes.getShort(2 * i);
            default -> bytes.getInt(4 * i);
          };
      int top = value << (31 - format.highBit());
      values[i] =
          format.signed() ? top >> (32 - format.bitsStored()) : top >>> (32 - format.bitsStored());
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
              .add(new Expected(Integer.parseInt(f[2]), f[3], Integer.parseInt(f[5]), f[6]));
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
