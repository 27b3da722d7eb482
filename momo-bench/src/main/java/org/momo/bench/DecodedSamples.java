package org.momo.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomReader;
import org.momo.imaging.codec.PixelDecoders;
import org.momo.spi.Frame;
import org.momo.spi.FrameFormat;
import org.momo.spi.PixelDecoder;
import org.momo.spi.PixelException;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.PixelData;
import org.momo.study.Tag;

/**
 * Every sample of every frame that is not stored plainly, held against what other decoders make of
 * it: {@code momo-bench/decoded FOLDER...}.
 *
 * <p>Prints a table by transfer syntax, one by syntax and decoder, and a line for each frame that
 * no decoder agrees with and each file that one side cannot decode. The others run in Python
 * ({@code make_decoded.py} in the tests of momo-imaging says which); the environment variable
 * {@code PYTHON} names one that has them.
 *
 * <p>This class is thread-safe.
 */
public final class DecodedSamples {
  private static final Set<String> PLAIN = Set.of("1.2.840.10008.1.2", "1.2.840.10008.1.2.1");
  private static final String SCRIPT =
      "momo-imaging/src/test/resources/org/momo/imaging/volume/make_decoded.py";

  /** What lossy decoders may differ by: each rounds in its own way. */
  private static final int LOSSY = 2;

  private static final Set<String> LOSSY_SYNTAXES =
      Set.of(
          "1.2.840.10008.1.2.4.50",
          "1.2.840.10008.1.2.4.51",
          "1.2.840.10008.1.2.4.81",
          "1.2.840.10008.1.2.4.91",
          "1.2.840.10008.1.2.4.203");

  /**
   * What came of a frame, against all decoders that made something of it. A lossless frame must
   * equal all of them; a lossy one any, since they differ among themselves.
   */
  private static final class Row {
    int least = Integer.MAX_VALUE;
    int most;
    final List<String> by = new ArrayList<>();
  }

  /** Counts of a transfer syntax. */
  private static final class Counts {
    int files;
    int frames;
    int equal;
    int close;
    int off;
    int alone;
    int neither;
  }

  private record File(Path path, String syntax, Instance instance) {}

  private DecodedSamples() {}

  /**
   * Compares the files of folders.
   *
   * @param args the folders
   * @throws IOException if a folder cannot be read or Python does not run
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      System.err.print("decoded needs a folder of DICOM files\n");
      System.exit(2);
    }
    List<File> files = new ArrayList<>();
    for (String root : args) {
      list(Path.of(root), files);
    }
    Path list = Files.createTempFile("momo-decoded", ".txt");
    Map<String, Row> rows = new LinkedHashMap<>();
    Map<String, int[]> decoders = new TreeMap<>();
    try {
      Files.write(list, files.stream().map(f -> f.path.toString()).toList());
      compare(list, files, rows, decoders);
    } finally {
      Files.delete(list);
    }
    boolean fine = report(files, rows, decoders);
    System.exit(fine ? 0 : 1);
  }

  private static void list(Path root, List<File> files) throws IOException {
    DicomReader reader = new DicomReader();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.filter(Files::isRegularFile).sorted().toList()) {
        try {
          Instance instance = reader.read(path);
          String syntax = instance.pixelData().map(PixelData::transferSyntax).orElse("");
          if (!syntax.isEmpty() && !PLAIN.contains(syntax)) {
            files.add(new File(path, syntax, instance));
          }
        } catch (IOException e) {
          // No DICOM file, or no readable one: neither side decodes it.
        }
      }
    }
  }

  private static void compare(
      Path list, List<File> files, Map<String, Row> rows, Map<String, int[]> decoders)
      throws IOException {
    Map<String, File> byPath = new LinkedHashMap<>();
    files.forEach(file -> byPath.put(file.path.toString(), file));
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    Path script = Path.of(System.getProperty("momo.root", "."), SCRIPT);
    Process process =
        new ProcessBuilder(python, script.toString(), "frames", list.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
      for (String line = line(in); !line.equals("end"); line = line(in)) {
        String[] parts = line.split("\t");
        int count = Integer.parseInt(parts[3]);
        byte[] bytes = in.readNBytes(4 * count);
        ByteBuffer theirs = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        File file = byPath.get(parts[0]);
        if (file == null) {
          continue;
        }
        int[] ours = ours(file, Integer.parseInt(parts[1]));
        int difference = ours == null ? -1 : difference(ours, theirs, count);
        if (difference >= 0) {
          Row row = rows.computeIfAbsent(parts[0] + "\t" + parts[1], k -> new Row());
          row.least = Math.min(row.least, difference);
          row.most = Math.max(row.most, difference);
          row.by.add(parts[2] + " " + difference);
          int[] counts = decoders.computeIfAbsent(file.syntax + "\t" + parts[2], d -> new int[4]);
          counts[difference == 0 ? 0 : difference <= LOSSY ? 1 : 2]++;
          counts[3] = Math.max(counts[3], difference);
        }
      }
    } finally {
      process.destroy();
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException(
            "the other decoders ended early; PYTHON must name a python with pydicom 3 and numpy");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static boolean report(
      List<File> files, Map<String, Row> rows, Map<String, int[]> decoders) {
    Map<String, Counts> table = new TreeMap<>();
    List<String> remarks = new ArrayList<>();
    for (File file : files) {
      Counts counts = table.computeIfAbsent(file.syntax, s -> new Counts());
      counts.files++;
      boolean lossy = LOSSY_SYNTAXES.contains(file.syntax);
      boolean held = false;
      for (int frame = 0; frame < 16; frame++) {
        Row row = rows.get(file.path + "\t" + frame);
        if (row == null) {
          continue;
        }
        held = true;
        counts.frames++;
        if (row.least == 0 && (lossy || row.most == 0)) {
          counts.equal++;
        } else if (lossy && row.least <= LOSSY) {
          counts.close++;
        } else {
          counts.off++;
          remarks.add(file.path + " frame " + frame + ": differs by at most " + row.by);
        }
      }
      if (!held) {
        if (ours(file, 0) != null) {
          counts.alone++;
          remarks.add(file.path + ": decoded by MOMO alone");
        } else {
          counts.neither++;
          remarks.add(file.path + ": not decoded, " + why(file));
        }
      }
    }
    System.out.print(
        "transfer syntax\tfiles\tframes held\tequal\twithin 2\toff\tMOMO alone\tnot decoded\n");
    boolean fine = true;
    for (Map.Entry<String, Counts> entry : table.entrySet()) {
      Counts c = entry.getValue();
      fine &= c.off == 0;
      System.out.print(
          "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n"
              .formatted(
                  entry.getKey(), c.files, c.frames, c.equal, c.close, c.off, c.alone, c.neither));
    }
    System.out.print(
        "\ntransfer syntax\theld against\tequal\twithin 2\tmore\tlargest difference\n");
    decoders.forEach(
        (name, n) ->
            System.out.print("%s\t%d\t%d\t%d\t%d\n".formatted(name, n[0], n[1], n[2], n[3])));
    remarks.forEach(remark -> System.out.print("\n" + remark));
    System.out.print("\n");
    return fine;
  }

  private static String why(File file) {
    try {
      decode(file, 0);
      return "decoded";
    } catch (IOException | PixelException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static int @Nullable [] ours(File file, int frame) {
    try {
      return decode(file, frame);
    } catch (IOException | PixelException e) {
      return null;
    }
  }

  private static int[] decode(File file, int frame) throws IOException, PixelException {
    PixelData data = file.instance.pixelData().orElseThrow();
    for (PixelDecoder decoder : PixelDecoders.standard()) {
      if (decoder.supports(file.syntax)) {
        return integers(
            decoder.decode(file.syntax, data.frame(frame), format(file.instance.header())));
      }
    }
    throw new PixelException(PixelDecoders.unsupported(file.syntax));
  }

  private static FrameFormat format(Header header) throws PixelException {
    int samples = number(header, Tag.SAMPLES_PER_PIXEL, 1);
    int allocated = number(header, Tag.BITS_ALLOCATED, 16);
    int stored = number(header, Tag.BITS_STORED, allocated);
    try {
      return new FrameFormat(
          number(header, Tag.ROWS, 0),
          number(header, Tag.COLUMNS, 0),
          samples,
          allocated,
          stored,
          number(header, Tag.HIGH_BIT, stored - 1),
          number(header, Tag.PIXEL_REPRESENTATION, 0) == 1,
          samples > 1 && number(header, Tag.PLANAR_CONFIGURATION, 0) == 1,
          header.string(Tag.PHOTOMETRIC_INTERPRETATION).orElse("MONOCHROME2"));
    } catch (IllegalArgumentException e) {
      throw new PixelException(String.valueOf(e.getMessage()), e);
    }
  }

  private static int number(Header header, int tag, int fallback) {
    return header.number(tag).map(Double::intValue).orElse(fallback);
  }

  /** The samples of each pixel side by side, as 32-bit integers. */
  private static int[] integers(Frame frame) {
    FrameFormat format = frame.format();
    ByteBuffer bytes = frame.samples().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int samples = format.samplesPerPixel();
    int pixels = format.rows() * format.columns();
    int[] values = new int[pixels * samples];
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
      int at = format.planar() ? i % pixels * samples + i / pixels : i;
      values[at] = format.signed() ? top >> unused : top >>> unused;
    }
    return values;
  }

  private static int difference(int[] ours, ByteBuffer theirs, int count) {
    if (ours.length != count) {
      return Integer.MAX_VALUE;
    }
    long most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, Math.abs((long) ours[i] - theirs.getInt(4 * i)));
    }
    return (int) Math.min(most, Integer.MAX_VALUE);
  }
}
