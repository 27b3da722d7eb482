package org.momo.metadata.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.momo.decision.Region;

class TextModelFileTest {
  private static final TextModel MODEL = Lessons.model();

  /** Where the parts of {@link #MODEL}'s file begin. */
  private static final int CARD = 14;

  @Property(tries = 200)
  void a_model_reads_as_it_was_written(
      @ForAll long seed,
      @ForAll @IntRange(min = 8, max = 11) int bits,
      @ForAll @IntRange(min = 1, max = 15) int columns,
      @ForAll @IntRange(min = 1, max = 40) int sets,
      @ForAll @StringLength(max = 60) String text)
      throws IOException {
    Random random = new Random(seed);
    List<Region> regions = new ArrayList<>(Arrays.asList(Region.values()).subList(0, columns));
    int[] masks =
        random.ints(0, 1 << columns).distinct().limit(Math.min(sets, 1 << columns)).toArray();
    float[] biases = new float[masks.length];
    for (int s = 0; s < biases.length; s++) {
      biases[s] = (float) random.nextGaussian();
    }
    float[] scales = new float[columns];
    for (int r = 0; r < columns; r++) {
      scales[r] = random.nextFloat();
    }
    byte[] weights = new byte[columns << bits];
    random.nextBytes(weights);
    ModelCard card = new ModelCard("été " + seed, "日本", "", new TreeMap<>());
    TextModel model =
        new TextModel(
            card, bits, regions, masks, biases, 0.5f + random.nextFloat(), scales, weights);
    byte[] bytes = model.bytes();
    TextModel again = TextModel.read(bytes, "model");
    assertThat(again.bytes()).isEqualTo(bytes);
    assertThat(again.card()).isEqualTo(card);
    assertThat(again.guess(text, "CT")).isEqualTo(model.guess(text, "CT"));
  }

  @Property(tries = 300)
  void a_damaged_file_is_refused_in_one_sentence(
      @ForAll @IntRange(min = 0) int at, @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] bytes = MODEL.bytes();
    bytes[at % bytes.length] ^= (byte) change;
    assertThatThrownBy(() -> TextModel.read(bytes, "x.model"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("x.model, byte ");
  }

  @Property(tries = 300)
  void damage_that_the_checksum_hides_is_refused_or_harmless(
      @ForAll @IntRange(min = 0, max = 700) int at, @ForAll byte value) {
    byte[] bytes = MODEL.bytes();
    bytes[at] = value;
    signed(bytes);
    try {
      TextModel model = TextModel.read(bytes, "x.model");
      assertThat(model.guess("chest", "CT")).isNotEmpty();
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith("x.model, byte ");
    }
  }

  @Property(tries = 200)
  void a_short_file_is_refused(@ForAll @IntRange(min = 0) int length) {
    byte[] bytes = MODEL.bytes();
    byte[] part = Arrays.copyOf(bytes, length % bytes.length);
    assertThatThrownBy(() -> TextModel.read(part, "x.model")).isInstanceOf(IOException.class);
  }

  @Test
  void a_long_file_is_refused() {
    byte[] bytes = MODEL.bytes();
    assertThatThrownBy(() -> TextModel.read(Arrays.copyOf(bytes, bytes.length + 1), "x.model"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bytes of weights");
    assertThatThrownBy(() -> TextModel.read(new byte[(16 << 20) + 1], "x.model"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("at most");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00, this is no text model",
    "8, 7f, the version must be 1",
    "10, 7f, the length of the card",
    "10, ff, the length of the card",
    "14, ff, the card is no UTF-8",
  })
  void says_what_is_wrong(int at, String value, String message) {
    byte[] bytes = MODEL.bytes();
    bytes[at] = (byte) Integer.parseInt(value, 16);
    signed(bytes);
    assertThatThrownBy(() -> TextModel.read(bytes, "x.model"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void takes_no_memory_for_what_a_file_only_claims() {
    byte[] bytes = MODEL.bytes();
    int bits = CARD + MODEL.card().text().getBytes(StandardCharsets.UTF_8).length;
    bytes[bits] = 18;
    signed(bytes);
    assertThatThrownBy(() -> TextModel.read(bytes, "x.model"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bytes of weights");
    bytes[bits] = 31;
    assertThatThrownBy(() -> TextModel.read(bytes, "x.model"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("between 8 and 18");
  }

  @Test
  void writes_and_reads_files(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.model");
    MODEL.write(file);
    assertThat(TextModel.read(file).bytes()).isEqualTo(MODEL.bytes());
    assertThat(Files.size(file)).isLessThan(20_000);
  }

  private static void signed(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
  }
}
