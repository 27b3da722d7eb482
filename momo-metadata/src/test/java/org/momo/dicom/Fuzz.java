package org.momo.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.PixelData;
import org.momo.study.ReadProblem;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * Reads mutated files and watches for what must not happen: another exception than the reader's
 * own, a run over 50 ms, more than 64 MiB allocated, bytes of the caller changed, another answer
 * than a new reader gives, or than the same bytes give in pieces.
 *
 * <p>Mutations know the structure: they change lengths, tags, representations and delimiters where
 * those stand, copy and cut whole runs of bytes, and flip bits anywhere. A mutant that the reader
 * reads in a new way (with other problems, or other attributes kept) becomes a seed itself. Most
 * are read from memory, some from a stream or a file, some as a file, archive, image of a disc or
 * DICOM JSON that a place holds.
 *
 * <p>Usage: {@code momo-bench/fuzz [COUNT [SEED [FOLDER]]]} with a folder of DICOM files, of which
 * each gives a seed. What is found is written to the folder where the command runs.
 */
public final class Fuzz {
  private static final int SEED_BYTES_AT_MOST = 24 << 10;
  private static final int SEEDS_AT_MOST = 4096;
  private static final int MEDIA_EVERY = 400;
  private static final int STREAM_EVERY = 16;
  private static final int FILE_EVERY = 50;
  private static final int FRESH_EVERY = 32;
  private static final int[] KEPT = TagSelection.standard().tags();
  private static final long NANOS_AT_MOST = 50_000_000;
  private static final long BYTES_AT_MOST = 64L << 20;
  private static final int[] LENGTHS = {
    0, 1, 2, 7, 8, 0xFF, 0x100, 0x7FFF, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, -1, -2
  };
  private static final int[] TAGS = {
    0xFFFEE000,
    0xFFFEE00D,
    0xFFFEE0DD,
    0x7FE00010,
    0x00080005,
    0x00081032,
    0x52009230,
    0x0020000D,
    0x00020010,
    0x00280103,
    0,
    -1
  };

  private final Random random;
  private final DicomReader reader = new DicomReader(ReadOptions.defaults());
  private final com.sun.management.ThreadMXBean memory =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long slowest;
  private long largest;
  private long refused;
  private long read;
  private final List<byte[]> media = media();
  private final Set<Long> met = new HashSet<>();
  private long trail;
  private boolean isNew;
  private @Nullable Path place;

  Fuzz(long seed) {
    this.random = new Random(seed);
  }

  public static void main(String[] args) throws IOException {
    long count = args.length > 0 ? Long.parseLong(args[0]) : 200_000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    List<byte[]> seeds = seeds();
    if (args.length > 2) {
      try (Stream<Path> files = Files.walk(Path.of(args[2]))) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          byte[] bytes = Files.readAllBytes(file);
          seeds.add(Arrays.copyOf(bytes, Math.min(bytes.length, SEED_BYTES_AT_MOST)));
        }
      }
    }
    int given = seeds.size();
    Fuzz fuzz = new Fuzz(seed);
    long begun = System.nanoTime();
    long found = 0;
    for (long i = 0; i < count; i++) {
      boolean medium = i % MEDIA_EVERY == 0;
      byte[] mutant =
          medium
              ? fuzz.mutate(fuzz.pick(fuzz.media))
              : fuzz.mutate(seeds.get(fuzz.random.nextInt(i % 2 == 0 ? given : seeds.size())));
      String failure = medium ? fuzz.failureOfMedium(mutant) : fuzz.failure(mutant);
      if (failure != null) {
        // What is slow must be slow again, once its code is compiled.
        String again = medium ? fuzz.failureOfMedium(mutant) : fuzz.failure(mutant);
        if (again != null) {
          found++;
          Path kept = Path.of("fuzz-" + seed + "-" + i + (medium ? ".medium" : ".dcm"));
          Files.write(kept, mutant);
          System.out.println(kept + ": " + again);
        }
      } else if (!medium && fuzz.isNew && seeds.size() < SEEDS_AT_MOST) {
        seeds.add(mutant);
      }
    }
    System.out.printf(
        "%d mutants of %d seeds, %d of them found, in %d s (seed %d): %d refused, %d failures;"
            + " slowest %.1f ms, most allocated %d KiB%n",
        count,
        seeds.size(),
        seeds.size() - given,
        (System.nanoTime() - begun) / 1_000_000_000,
        seed,
        fuzz.refused,
        found,
        fuzz.slowest / 1e6,
        fuzz.largest >> 10);
    System.exit(found == 0 ? 0 : 1);
  }

  /**
   * Small files of each representation, with what is rare: sequences, character sets, fragments.
   */
  static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (Encoded e :
        List.of(Encoded.explicitLittle(), Encoded.implicitLittle(), Encoded.explicitBig())) {
      Encoded code = e.fresh().text(0x00080100, "SH", "CT1 ").text(0x00080104, "LO", "Chest ");
      e.text(0x00080005, "CS", "\\ISO 2022 IR 87")
          .text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2\0")
          .text(0x00080018, "UI", "1.2.3.3\0")
          .openSequence(0x00081032, code)
          .text(0x00081030, "LO", "Thorax \u001b$B;3ED\u001b(B")
          .sequence(0x00081032, e.fresh().sequence(0x00081032, code))
          .text(0x0020000D, "UI", "1.2.3.1\0")
          .us(0x00280010, 4)
          .us(0x00280011, 4)
          .us(0x00280100, 1)
          .sequence(
              0x52009229,
              e.fresh().openSequence(0x00289110, e.fresh().text(0x00280030, "DS", "1")));
      seeds.add(e.bytes());
      seeds.add(e.file(e.bytes()[4] == 'C' ? "1.2.840.10008.1.2.1.99" : "1.2.840.10008.1.2"));
    }
    seeds.add(
        DicomWriter.bytes(
            DataSet.builder()
                .put(Tag.STUDY_INSTANCE_UID, "1.2.3")
                .put(Tag.NUMBER_OF_FRAMES, "3")
                .frames(
                    "1.2.840.10008.1.2.4.50",
                    List.of(
                        new byte[] {-1, -40, 1, 2, -1, -39},
                        new byte[] {-1, -40, 3, -1, -39},
                        new byte[] {-1, -40, -1, -39}))
                .build()));
    return seeds;
  }

  private List<byte[]> media() {
    Map<String, byte[]> files =
        Map.of("a", Media.file(1, 1), "b/c", Media.file(2, 1), "d", "text".getBytes());
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 3; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2.\"]},")
          .append("\"00080060\":{\"vr\":\"CS\",\"Value\":[\"CT\"]},")
          .append("\"00081032\":{\"vr\":\"SQ\",\"Value\":[{\"00080100\":{\"vr\":\"SH\"}}]},")
          .append("\"00280010\":{\"vr\":\"US\",\"Value\":[512]}}");
    }
    byte[] disc = Media.disc("joliet");
    return List.of(
        Media.zip(files),
        Media.tar(files),
        Media.gzip(Media.tar(files)),
        Media.zip(Map.of("z", Media.zip(files))),
        json.append(']').toString().getBytes(),
        Media.gzip(json.append('\n').append(json).toString().getBytes()),
        Media.file(3, 1),
        Arrays.copyOfRange(disc, 0, Math.min(disc.length, 60 << 10)));
  }

  /** What went wrong with a mutant, or null. */
  String failure(byte[] mutant) {
    trail = 0;
    byte[] before = mutant.clone();
    Path file = read % FILE_EVERY < 2 ? written(mutant) : null;
    String failure =
        watched(
            () -> {
              try {
                long number = read++;
                if (number % STREAM_EVERY == 0) {
                  use(reader.read(new ByteArrayInputStream(mutant), "mutant"));
                } else if (file != null) {
                  use(number % 2 == 0 ? reader.read(file) : reader.read(file, this::met));
                } else {
                  use(reader.read(mutant, "mutant", this::met));
                }
              } catch (DicomException e) {
                trail = 0;
                refused++;
              }
            });
    if (failure == null && !Arrays.equals(before, mutant)) {
      failure = "wrote into the bytes that it was given";
    }
    if (failure == null && read % FRESH_EVERY == 0) {
      String used = outcome(reader, mutant);
      String fresh = outcome(new DicomReader(), mutant);
      if (!used.equals(fresh)) {
        failure = "read otherwise by a reader that has read others before";
      }
      if (failure == null && !sameInPieces(mutant)) {
        failure = "read otherwise when it comes in pieces";
      }
    }
    isNew = trail != 0 && met.size() < SEEDS_AT_MOST && met.add(trail);
    return failure;
  }

  /**
   * Whether a mutant without damage gives the same header when a few bytes come at a time, so that
   * hardly an element is complete in the reader's buffer.
   */
  static boolean sameInPieces(byte[] mutant) {
    List<ReadProblem> problems = new ArrayList<>();
    try {
      Header whole = new DicomReader().read(mutant, "mutant", problems::add).header();
      if (!problems.isEmpty()) {
        return true;
      }
      InputStream pieces =
          new ByteArrayInputStream(mutant) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
              return super.read(target, offset, Math.min(length, 1 + (pos & 7)));
            }
          };
      StringBuilder all = new StringBuilder();
      StringBuilder inPieces = new StringBuilder();
      describe(whole, all);
      describe(new DicomReader().read(pieces, "mutant").header(), inPieces);
      return all.toString().equals(inPieces.toString());
    } catch (DicomException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void describe(Header header, StringBuilder said) {
    for (int tag : KEPT) {
      List<String> strings = header.strings(tag);
      List<Header> items = header.items(tag);
      if (!strings.isEmpty() || !items.isEmpty()) {
        said.append(Integer.toHexString(tag)).append(strings).append(items.size());
        header.bytes(tag).ifPresent(bytes -> said.append(bytes.hashCode()));
        items.forEach(item -> describe(item, said.append('<')));
        said.append('>');
      }
    }
  }

  /** What a reader says of a mutant: its problems, and the attributes that it keeps. */
  private static String outcome(DicomReader reader, byte[] mutant) {
    StringBuilder said = new StringBuilder();
    try {
      Header header = reader.read(mutant, "mutant", said::append).header();
      for (int tag : KEPT) {
        said.append(header.strings(tag));
      }
    } catch (IOException e) {
      said.append(e.getMessage());
    }
    return said.toString();
  }

  /** A seed that holds files. */
  byte[] medium(int number) {
    return media.get(number % media.size());
  }

  /** What went wrong with a mutant that a place holds, or null. */
  String failureOfMedium(byte[] mutant) {
    Path written = written(mutant);
    List<ReadProblem> problems = new ArrayList<>();
    String failure =
        watched(
            () -> {
              try (Stream<Study> studies =
                  DicomSources.of(written, ReadOptions.defaults().withThreads(1))
                      .studies(problems::add)) {
                studies.forEach(
                    study -> study.series().forEach(series -> series.instances().get(0).isImage()));
              } catch (DicomException e) {
                refused++;
              }
            });
    if (failure == null && problems.toString().contains("please report")) {
      return "the reader failed at a file of a medium";
    }
    return failure;
  }

  private Path written(byte[] mutant) {
    try {
      if (place == null) {
        place = Files.createTempFile("momo-fuzz", "");
        place.toFile().deleteOnExit();
      }
      return Files.write(place, mutant);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void met(ReadProblem problem) {
    trail = trail * 31 + problem.kind().ordinal();
    trail = trail * 31 + problem.tag().orElse(0);
  }

  private interface Reading {
    void run() throws IOException;
  }

  private String watched(Reading reading) {
    long before = memory.getCurrentThreadAllocatedBytes();
    // The time of the thread: what else the machine does is not the reader's.
    long begun = memory.getCurrentThreadCpuTime();
    try {
      reading.run();
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      StackTraceElement[] trace = e.getStackTrace();
      return e
          + (trace.length > 0
              ? " at " + trace[0] + " < " + trace[Math.min(3, trace.length - 1)]
              : "");
    }
    long nanos = memory.getCurrentThreadCpuTime() - begun;
    long bytes = memory.getCurrentThreadAllocatedBytes() - before;
    if (nanos > NANOS_AT_MOST) {
      return "took " + nanos / 1_000_000 + " ms";
    }
    if (bytes > BYTES_AT_MOST) {
      return "allocated " + (bytes >> 20) + " MiB";
    }
    slowest = Math.max(slowest, nanos);
    largest = Math.max(largest, bytes);
    return null;
  }

  private void use(Instance instance) throws IOException {
    Header header = instance.header();
    for (int tag :
        new int[] {
          Tag.STUDY_DESCRIPTION,
          Tag.MODALITY,
          Tag.IMAGE_TYPE,
          Tag.ROWS,
          Tag.IMAGE_POSITION_PATIENT,
          Tag.ECHO_TIME,
          Tag.LATERALITY,
          Tag.CODE_MEANING,
          Tag.NUMBER_OF_FRAMES
        }) {
      trail = trail * 31 + Math.min(9, header.strings(tag).size());
      header.number(tag);
    }
    trail = trail * 31 + Math.min(9, header.codes(Tag.PROCEDURE_CODE_SEQUENCE).size());
    header.codes(Tag.ANATOMIC_REGION_SEQUENCE);
    for (Header item : header.items(Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE)) {
      item.items(Tag.PIXEL_MEASURES_SEQUENCE);
    }
    instance.isImage();
    if (instance.pixelData().isPresent()) {
      PixelData pixels = instance.pixelData().get();
      trail = trail * 31 + pixels.transferSyntax().hashCode();
      try {
        pixels.frame(0);
        pixels.frame(pixels.frames() - 1);
      } catch (DicomException e) {
        // Frames of mutants are mostly gone.
        return;
      }
    }
  }

  byte[] mutate(byte[] seed) {
    byte[] bytes = seed.clone();
    int times = 1 + random.nextInt(6);
    for (int i = 0; i < times && bytes.length > 16; i++) {
      bytes = mutateOnce(bytes);
    }
    return bytes;
  }

  private byte[] mutateOnce(byte[] bytes) {
    int at = random.nextBoolean() ? elementAt(bytes) : random.nextInt(bytes.length - 12);
    switch (random.nextInt(10)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> int32(bytes, at + 4, pick(LENGTHS));
      case 3 -> int16(bytes, at + 6, pick(LENGTHS));
      case 4 -> int32(bytes, at + 8, pick(LENGTHS));
      case 5 -> {
        int tag = pick(TAGS);
        int16(bytes, at, tag >>> 16);
        int16(bytes, at + 2, tag);
      }
      case 6 -> {
        String vr = Vr.values()[random.nextInt(Vr.values().length)].name();
        bytes[at + 4] = (byte) vr.charAt(0);
        bytes[at + 5] = (byte) vr.charAt(1);
      }
      case 7 -> {
        return Arrays.copyOf(bytes, 16 + random.nextInt(bytes.length - 15));
      }
      case 8 -> {
        int from = elementAt(bytes);
        int count = Math.min(random.nextInt(600), bytes.length - Math.max(from, at));
        byte[] longer = new byte[bytes.length + count];
        System.arraycopy(bytes, 0, longer, 0, at);
        System.arraycopy(bytes, from, longer, at, count);
        System.arraycopy(bytes, at, longer, at + count, bytes.length - at);
        return longer;
      }
      default -> {
        int count = Math.min(random.nextInt(300), bytes.length - at - 1);
        byte[] shorter = new byte[bytes.length - count];
        System.arraycopy(bytes, 0, shorter, 0, at);
        System.arraycopy(bytes, at + count, shorter, at, shorter.length - at);
        return shorter;
      }
    }
    return bytes;
  }

  /** A place where an explicit element seems to begin. */
  private int elementAt(byte[] bytes) {
    int start = random.nextInt(bytes.length - 12);
    for (int i = start; i < Math.min(start + 400, bytes.length - 12); i++) {
      if (Vr.of((char) (bytes[i + 4] & 0xFF), (char) (bytes[i + 5] & 0xFF)) != null) {
        return i;
      }
    }
    return start;
  }

  private byte[] pick(List<byte[]> values) {
    return values.get(random.nextInt(values.size()));
  }

  private int pick(int[] values) {
    return values[random.nextInt(values.length)];
  }

  private static void int16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    bytes[at + 1] = (byte) (value >>> 8);
  }

  private static void int32(byte[] bytes, int at, int value) {
    int16(bytes, at, value);
    int16(bytes, at + 2, value >>> 16);
  }
}
