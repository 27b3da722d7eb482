package org.momo.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"tiny.safetensors", "tiny.pth"})
  void reads_every_tensor_that_python_wrote(String name) throws IOException {
    try (Weights weights = Weights.open(Generated.unpack(name, folder))) {
      for (Layer layer : Architecture.named("resnet18-w1").layers(3, Generated.CLASSES)) {
        for (Layer.Named each : layer.parameters()) {
          assertThat(weights.shape(each.name())).isEqualTo(each.shape());
          assertThat(weights.values(each)).isEqualTo(Generated.parameter(each));
        }
      }
      assertThat(weights.names()).contains("bn1.num_batches_tracked");
      assertThat(weights.values("bn1.num_batches_tracked")).containsExactly(0);
      assertThatThrownBy(() -> weights.values("conv9.weight"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("there is no tensor conv9.weight");
    }
  }

  @ParameterizedTest
  @CsvSource({"F64,8", "F32,4", "F16,2", "BF16,2", "I64,8", "I32,4", "I16,2", "I8,1", "U8,1"})
  void numbers_of_each_type_are_floats(String type, int bytes) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(2 * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 2; i++) {
      int value = i == 0 ? 3 : 96;
      switch (type) {
        case "F64" -> data.putDouble(value);
        case "F32" -> data.putFloat(value);
        case "F16" -> data.putShort((short) (i == 0 ? 0x4200 : 0x5600));
        case "BF16" -> data.putShort((short) (Float.floatToIntBits(value) >>> 16));
        case "I64" -> data.putLong(value);
        case "I32" -> data.putInt(value);
        case "I16" -> data.putShort((short) value);
        default -> data.put((byte) value);
      }
    }
    String header =
        "{\"t\":{\"dtype\":\"%s\",\"shape\":[2],\"data_offsets\":[0,%d]}}"
            .formatted(type, 2 * bytes);
    try (Weights weights = Weights.open(safetensors(header, data.array()))) {
      assertThat(weights.values("t")).containsExactly(3, 96);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000,0",
    "0x8000,-0",
    "0x0001,5.9604645E-8",
    "0x03ff,6.097555E-5",
    "0x0400,6.1035156E-5",
    "0x3c00,1",
    "0xbc00,-1",
    "0x7bff,65504",
    "0x7c00,Infinity",
    "0xfc00,-Infinity",
    "0x7e00,NaN"
  })
  void halves_are_exact(String bits, Float value) {
    assertThat(Weights.Type.half((short) (int) Integer.decode(bits))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{\"a\":1}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F99\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,17179869184]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"code\":\"x\"}}",
        "{\"a\":{\"dtype\":[[[[[[[[1]]]]]]]]}}",
      })
  void a_header_that_lies_is_an_error_that_names_the_file(String header) throws IOException {
    Path file = safetensors(header, new byte[4]);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Weights.open(file).close())
        .withMessageContaining("weights.safetensors");
  }

  @Test
  void a_header_longer_than_the_file_takes_no_memory() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
    for (long length : new long[] {93, Integer.MAX_VALUE, Long.MAX_VALUE, -1, 0}) {
      Path file = folder.resolve("long.safetensors");
      Files.write(file, bytes.putLong(0, length).array());
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> Weights.open(file).close())
          .withMessageContaining("its header at byte 8 must have between 2 and 92 bytes");
    }
  }

  @Test
  void a_pickle_that_calls_anything_else_is_refused_and_not_run() throws IOException {
    String pickle = "\u0080\u0002cos\nsystem\n(X\u0004\u0000\u0000\u0000exittR.";
    Path file = stateDict(pickle.getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Weights.open(file).close())
        .withMessageContaining("weights.pth: archive/data.pkl, byte 2: it names \"os system\"")
        .withMessageContaining("nothing was run");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "t.",
        "N.",
        "}.",
        "(((((",
        "}}s.",
        "h\u0009.",
        "X\u00ff\u00ff\u00ff\u007f.",
        "}q\u0000h\u0000Ns.",
        "(R.",
        "]ccollections\nOrderedDict\n)Rb.",
        "i",
        "o",
        "\u0092",
        "ccollections\nOrderedDict\n",
        "}X\u0001\u0000\u0000\u0000aK\u0001s.",
        "\u008a\u0009",
        "c",
        "]q\u0000h\u0000h\u0000\u0093."
      })
  void a_pickle_that_is_no_state_dict_is_an_error_that_names_the_place(String pickle)
      throws IOException {
    Path file = stateDict(pickle.getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Weights.open(file).close())
        .withMessageContaining("weights.pth: archive/data.pkl, byte ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny.safetensors", "tiny.pth"})
  void a_damaged_file_is_an_error_or_other_numbers_and_nothing_else(String name)
      throws IOException {
    byte[] sound = Files.readAllBytes(Generated.unpack(name, folder));
    Path file = folder.resolve("damaged");
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 600; i++) {
      byte[] damaged =
          i % 3 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
      for (int flips = 0; i % 3 != 0 && flips <= i % 5; flips++) {
        // Most of the interesting bytes are at one of the ends.
        int at = random.nextInt(i % 2 == 0 ? damaged.length : Math.min(9000, damaged.length));
        damaged[i % 4 < 2 ? at : damaged.length - 1 - at] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try (Weights weights = Weights.open(file)) {
        for (String each : weights.names()) {
          weights.values(each);
        }
      } catch (IOException e) {
        refused++;
        assertThat(e.getMessage()).contains("damaged");
      }
    }
    assertThat(refused).isGreaterThan(200);
  }

  @Test
  void a_file_of_another_kind_says_what_was_expected() throws IOException {
    Path file = folder.resolve("old.pth");
    Files.write(file, new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10});
    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("old.pth is a bare pickle, as PyTorch before 1.6 wrote them");
    Files.writeString(file, "");
    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no safetensors file");
  }

  @Test
  void writes_what_the_format_asks_for() throws IOException {
    Path file = folder.resolve("written.safetensors");
    List<Layer.Named> parameters =
        List.of(new Layer.Named("b", new int[] {2, 1}), new Layer.Named("a", new int[] {1}));
    SafetensorsFile.write(
        file, parameters, each -> each.name().equals("b") ? new float[] {1, 2} : new float[] {3});
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong();
    assertThat(length % 8).isZero();
    assertThat(new String(bytes.array(), 8, length, StandardCharsets.UTF_8).strip())
        .isEqualTo(
            "{\"b\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}");
    try (Weights weights = Weights.open(file)) {
      assertThat(weights.names()).containsExactly("a", "b");
      assertThat(weights.values("b")).containsExactly(1, 2);
      assertThat(weights.values("a")).containsExactly(3);
    }
  }

  private Path safetensors(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).put(data);
    return Files.write(folder.resolve("weights.safetensors"), bytes.array());
  }

  private Path stateDict(byte[] pickle) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.write(pickle);
    }
    return Files.write(folder.resolve("weights.pth"), bytes.toByteArray());
  }
}
