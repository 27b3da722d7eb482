package org.momo.metadata.learned;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Region;

/*
 * A log-linear model over the sets of regions that occurred in training. The score of a set is its
 * own bias plus the scores of its regions; the score of a region is the mean of its weights over
 * the text's features, times their count's square root. So "chest" and "abdomen" add up to the set
 * of both without a text that says both, and there are as many columns as regions, not as sets.
 *
 * The file, big endian: "MOMOTEXT", version (2 bytes), length of the card (4) and the card in
 * UTF-8, log2 of the rows (1), regions (1), each as its length (1) and name in ASCII, sets (2),
 * each as a mask of regions (4) and bias (4, float), the temperature (4, float), one scale a region
 * (4, float), the weights (1 byte each, a row after the other), and the CRC-32 of all before (4).
 */
/**
 * A model that takes a text to speak of regions, with probabilities.
 *
 * <p>It holds no text: its features are hashed. This class is immutable.
 */
public final class TextModel {
  static final int FEWEST_BITS = 8;
  static final int MOST_BITS = 18;
  static final int MOST_SETS = 1024;
  static final double COOLEST = 0.05;
  static final double HOTTEST = 20;

  private static final byte[] MAGIC = "MOMOTEXT".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int LONGEST_CARD = 1 << 18;
  private static final int MOST_REGIONS = 31;
  private static final long LARGEST_FILE = 16 << 20;

  private final ModelCard card;
  private final Features features;
  private final int bits;
  private final List<Region> regions;
  private final int[] masks;
  private final List<Set<Region>> sets;
  private final float[] biases;
  private final float temperature;
  private final float[] scales;
  private final byte[] weights;

  TextModel(
      ModelCard card,
      int bits,
      List<Region> regions,
      int[] masks,
      float[] biases,
      float temperature,
      float[] scales,
      byte[] weights) {
    this.card = card;
    this.bits = bits;
    this.features = new Features(bits);
    this.regions = List.copyOf(regions);
    this.masks = masks.clone();
    this.biases = biases.clone();
    this.temperature = temperature;
    this.scales = scales.clone();
    this.weights = weights.clone();
    List<Set<Region>> all = new ArrayList<>();
    for (int mask : masks) {
      Set<Region> set = EnumSet.noneOf(Region.class);
      for (int r = 0; r < regions.size(); r++) {
        if ((mask >> r & 1) != 0) {
          set.add(regions.get(r));
        }
      }
      all.add(set);
    }
    this.sets = List.copyOf(all);
  }

  /**
   * What the model says of itself.
   *
   * @return the card
   */
  public ModelCard card() {
    return card;
  }

  /**
   * This model with another card.
   *
   * @param other the card, for instance with what was measured meanwhile
   * @return a model that guesses the same
   */
  public TextModel with(ModelCard other) {
    return new TextModel(other, bits, regions, masks, biases, temperature, scales, weights);
  }

  /** This model with another temperature. */
  TextModel at(double other) {
    return new TextModel(card, bits, regions, masks, biases, (float) other, scales, weights);
  }

  /**
   * Guesses what a text speaks of.
   *
   * @param text the text; may be empty, damaged or hostile; its first 512 characters are read
   * @param group the modality group of the study, such as {@code CT}; null where not known
   * @return every set of regions that the model knows, most probable first, of equals in the order
   *     of training; their probabilities sum to 1 up to rounding. Empty where the text has no
   *     letter and no digit
   */
  public List<Guess> guess(String text, @Nullable String group) {
    int[] rows = features.of(text, group);
    if (rows.length == 0) {
      return List.of();
    }
    double[] probabilities = scores(rows);
    softmax(probabilities, temperature);
    List<Guess> guesses = new ArrayList<>(probabilities.length);
    for (int s = 0; s < probabilities.length; s++) {
      guesses.add(new Guess(sets.get(s), Math.min(1, probabilities[s])));
    }
    guesses.sort(Comparator.comparingDouble((Guess guess) -> -guess.probability()));
    return guesses;
  }

  /** The score of each set for a text's rows, of which there is at least one. */
  double[] scores(int[] rows) {
    int columns = regions.size();
    long[] sums = new long[columns];
    for (int row : rows) {
      int at = row * columns;
      for (int r = 0; r < columns; r++) {
        sums[r] += weights[at + r];
      }
    }
    double share = 1 / Math.sqrt(rows.length);
    double[] ofRegions = new double[columns];
    for (int r = 0; r < columns; r++) {
      ofRegions[r] = sums[r] * (double) scales[r] * share;
    }
    double[] scores = new double[masks.length];
    for (int s = 0; s < masks.length; s++) {
      scores[s] = score(masks[s], biases[s], ofRegions);
    }
    return scores;
  }

  /** The score of a set: its bias and the scores of its regions, added in their order. */
  static double score(int mask, double bias, double[] ofRegions) {
    double sum = bias;
    for (int left = mask; left != 0; left &= left - 1) {
      sum += ofRegions[Integer.numberOfTrailingZeros(left)];
    }
    return sum;
  }

  /** Turns scores into probabilities, in place. */
  static void softmax(double[] scores, double heat) {
    double most = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      most = Math.max(most, score);
    }
    double total = 0;
    for (int s = 0; s < scores.length; s++) {
      scores[s] = StrictMath.exp((scores[s] - most) / heat);
      total += scores[s];
    }
    for (int s = 0; s < scores.length; s++) {
      scores[s] /= total;
    }
  }

  /**
   * The model as a file holds it.
   *
   * @return the bytes; the same for the same model
   */
  public byte[] bytes() {
    byte[] text = card.text().getBytes(StandardCharsets.UTF_8);
    int size = MAGIC.length + 2 + 4 + text.length + 1 + 1 + 2 + 4 + 4 + weights.length;
    for (Region region : regions) {
      size += 1 + region.name().length();
    }
    size += masks.length * 8 + scales.length * 4;
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put(MAGIC).putShort((short) VERSION).putInt(text.length).put(text);
    out.put((byte) bits).put((byte) regions.size());
    for (Region region : regions) {
      byte[] name = region.name().getBytes(StandardCharsets.US_ASCII);
      out.put((byte) name.length).put(name);
    }
    out.putShort((short) masks.length);
    for (int s = 0; s < masks.length; s++) {
      out.putInt(masks[s]).putFloat(biases[s]);
    }
    out.putFloat(temperature);
    for (float scale : scales) {
      out.putFloat(scale);
    }
    out.put(weights);
    out.putInt(sum(out.array(), out.position()));
    return out.array();
  }

  /**
   * Writes the model to a file.
   *
   * @param file where to; replaced where it exists
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    Files.write(file, bytes());
  }

  /**
   * Reads a model from a file.
   *
   * @param file the file
   * @return the model
   * @throws IOException if the file cannot be read, or is no whole model of this version; the
   *     message names the file and the byte
   */
  public static TextModel read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes((int) LARGEST_FILE + 1);
    }
    return read(bytes, file.toString());
  }

  /**
   * Reads a model from bytes.
   *
   * @param bytes a whole model
   * @param name what to call it in messages
   * @return the model
   * @throws IOException if the bytes are no whole model of this version; the message names the byte
   */
  public static TextModel read(byte[] bytes, String name) throws IOException {
    return new Reader(bytes, name).model();
  }

  private static int sum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /** Reads one file, and trusts nothing in it. */
  private static final class Reader {
    private final ByteBuffer in;
    private final String name;

    Reader(byte[] bytes, String name) {
      this.in = ByteBuffer.wrap(bytes);
      this.name = name;
    }

    TextModel model() throws IOException {
      if (in.limit() > LARGEST_FILE) {
        throw wrong("a text model is at most " + LARGEST_FILE + " bytes long");
      }
      need(MAGIC.length);
      for (byte expected : MAGIC) {
        if (in.get() != expected) {
          in.position(0);
          throw wrong("this is no text model");
        }
      }
      need(2);
      int version = in.getShort();
      if (version != VERSION) {
        throw wrong("the version must be " + VERSION + ": was " + version);
      }
      ModelCard card = card();
      int bits = bounded(1, FEWEST_BITS, MOST_BITS, "the logarithm of the rows");
      List<Region> regions = regions();
      int count = bounded(2, 1, MOST_SETS, "the number of sets");
      need(count * 8);
      int[] masks = new int[count];
      float[] biases = new float[count];
      Set<Integer> seen = new HashSet<>();
      for (int s = 0; s < count; s++) {
        masks[s] = in.getInt();
        if (masks[s] >>> regions.size() != 0 || !seen.add(masks[s])) {
          throw wrong("a set holds unknown regions, or is there twice");
        }
        biases[s] = finite(-1e6f, 1e6f, "a bias");
      }
      float temperature = finite((float) COOLEST, (float) HOTTEST, "the temperature");
      float[] scales = new float[regions.size()];
      for (int r = 0; r < scales.length; r++) {
        scales[r] = finite(0, 1e6f, "a scale");
      }
      int size = regions.size() << bits;
      if (in.remaining() != size + 4) {
        throw wrong(
            "there must be " + (size + 4L) + " bytes of weights and sum: were " + in.remaining());
      }
      byte[] weights = new byte[size];
      in.get(weights);
      int expected = sum(in.array(), in.position());
      if (in.getInt() != expected) {
        throw wrong("the checksum does not fit; copy the file again");
      }
      return new TextModel(card, bits, regions, masks, biases, temperature, scales, weights);
    }

    private ModelCard card() throws IOException {
      int length = bounded(4, 1, LONGEST_CARD, "the length of the card");
      need(length);
      ByteBuffer part = in.slice(in.position(), length);
      try {
        ModelCard card =
            ModelCard.parse(
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(part)
                    .toString());
        in.position(in.position() + length);
        return card;
      } catch (CharacterCodingException e) {
        throw wrong("the card is no UTF-8");
      } catch (IllegalArgumentException e) {
        throw wrong("the card cannot be read: " + e.getMessage());
      }
    }

    private List<Region> regions() throws IOException {
      int count = bounded(1, 1, MOST_REGIONS, "the number of regions");
      List<Region> regions = new ArrayList<>();
      for (int r = 0; r < count; r++) {
        int length = bounded(1, 1, 32, "the length of a region's name");
        byte[] text = new byte[length];
        need(length);
        in.get(text);
        Region region =
            Region.named(new String(text, StandardCharsets.US_ASCII))
                .orElseThrow(() -> wrong("there is no region of that name"));
        if (regions.contains(region)) {
          throw wrong("a region is there twice");
        }
        regions.add(region);
      }
      return regions;
    }

    private int bounded(int width, int least, int most, String what) throws IOException {
      need(width);
      int value = width == 1 ? in.get() & 0xff : width == 2 ? in.getShort() & 0xffff : in.getInt();
      if (value < least || value > most) {
        throw wrong(what + " must be between " + least + " and " + most + ": was " + value);
      }
      return value;
    }

    private float finite(float least, float most, String what) throws IOException {
      need(4);
      float value = in.getFloat();
      if (!(value >= least && value <= most)) {
        throw wrong(what + " must be between " + least + " and " + most + ": was " + value);
      }
      return value;
    }

    /** Makes sure that so many bytes are left. */
    private void need(int count) throws IOException {
      if (in.remaining() < count) {
        throw wrong("the file ends too early");
      }
    }

    private IOException wrong(String what) {
      return new IOException(name + ", byte " + in.position() + ": " + what);
    }
  }

  /** The card's name, and the sizes. */
  @Override
  public String toString() {
    return "TextModel["
        + card.name()
        + ", "
        + (1 << bits)
        + " rows, "
        + regions.size()
        + " regions, "
        + masks.length
        + " sets]";
  }
}
