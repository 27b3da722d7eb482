package org.momo.djl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of the safetensors format: the length of a header in eight bytes, the header in JSON, the
 * tensors one behind the other.
 */
final class SafetensorsFile extends Weights {
  private static final int LONGEST_HEADER = 16 << 20;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNumberLength(20)
                  .maxNameLength(1000)
                  .maxStringLength(1 << 20)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final FileChannel channel;
  private final TreeMap<String, Entry> entries = new TreeMap<>();

  /** Where a tensor lies, in bytes of the file. */
  private record Entry(String name, Type type, int[] shape, long begin, long end) {}

  SafetensorsFile(Path file) throws IOException {
    super(file);
    channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      readHeader();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void readHeader() throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw damaged("it has " + size + " bytes and is no safetensors file");
    }
    long length = read(0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
      throw damaged(
          "its header at byte 8 must have between 2 and "
              + Math.min(LONGEST_HEADER, size - 8)
              + " bytes: was "
              + Long.toUnsignedString(length)
              + "; is it a safetensors file?");
    }
    long start = 8 + length;
    try (JsonParser json = JSON.createParser(read(8, (int) length).array())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw damaged("its header at byte 8 is no JSON object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        if (name.equals("__metadata__")) {
          json.skipChildren();
        } else {
          entries.put(name, entry(name, json, start));
        }
        if (entries.size() > MOST_TENSORS) {
          throw damaged("it names more than " + MOST_TENSORS + " tensors");
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw damaged("its header ends too early");
      }
    } catch (JsonProcessingException e) {
      throw damaged(
          "its header is no JSON at byte " + (8 + Math.max(0, e.getLocation().getByteOffset())));
    }
    requireNoGaps(start, size);
  }

  private Entry entry(String name, JsonParser json, long start) throws IOException {
    Type type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw damaged("its header says of " + name + " no object");
    }
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      switch (key) {
        case "dtype" -> {
          String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
          type = Type.named(text);
          if (type == null) {
            throw damaged(name + " must be of one of the types " + Arrays.toString(Type.values()));
          }
        }
        case "shape" -> shape = numbers(name, json);
        case "data_offsets" -> offsets = numbers(name, json);
        default -> throw damaged("its header says of " + name + " something that is not known");
      }
    }
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw damaged("its header must give type, shape and two offsets of " + name);
    }
    int[] dimensions = new int[shape.size()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = dimension(name, i, shape.get(i));
    }
    long bytes = (long) count(name, dimensions) * type.bytes;
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (begin < 0 || end < begin || end - begin != bytes) {
      throw damaged(
          name + " needs " + bytes + " bytes, and its offsets are " + begin + " and " + end);
    }
    return new Entry(name, type, dimensions, start + begin, start + end);
  }

  private List<Long> numbers(String name, JsonParser json) throws IOException {
    List<Long> numbers = new ArrayList<>();
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw damaged("its header must give shape and offsets of " + name + " as lists");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || numbers.size() > 8) {
        throw damaged("shape and offsets of " + name + " must be a few whole numbers");
      }
      numbers.add(json.getLongValue());
    }
    return numbers;
  }

  /** The format allows no byte that belongs to no tensor, and none that belongs to two. */
  private void requireNoGaps(long start, long size) throws IOException {
    List<Entry> ordered = new ArrayList<>(entries.values());
    ordered.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long next = start;
    for (Entry entry : ordered) {
      if (entry.begin() != next) {
        throw damaged(
            entry.name() + " begins at byte " + entry.begin() + ", and must begin at " + next);
      }
      next = entry.end();
    }
    if (next != size) {
      throw damaged("its tensors end at byte " + next + ", and the file at " + size);
    }
  }

  private ByteBuffer read(long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException(file + " ends at byte " + (at + buffer.position()));
      }
    }
    return buffer.flip();
  }

  @Override
  Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  private Entry entry(String name) throws IOException {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw missing(name);
    }
    return entry;
  }

  @Override
  int[] shape(String name) throws IOException {
    return entry(name).shape().clone();
  }

  @Override
  float[] values(String name) throws IOException {
    Entry entry = entry(name);
    long bytes = entry.end() - entry.begin();
    if (bytes > Integer.MAX_VALUE - 16) {
      throw damaged(name + " has more bytes than can be read at once: " + bytes);
    }
    return entry.type().floats(read(entry.begin(), (int) bytes), count(name, entry.shape()));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Gives a tensor's values when it is written. */
  interface Source {
    float[] values(Layer.Named parameter) throws IOException;
  }

  /**
   * Writes a file of floats.
   *
   * @param parameters the tensors in the order in which they are written
   * @param source is asked once for each
   */
  static void write(Path file, List<Layer.Named> parameters, Source source) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(header)) {
      json.writeStartObject();
      long at = 0;
      for (Layer.Named each : parameters) {
        json.writeObjectFieldStart(each.name());
        json.writeStringField("dtype", "F32");
        json.writeFieldName("shape");
        json.writeArray(each.shape(), 0, each.shape().length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {at, at += 4L * each.size()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    // Readers map the tensors into memory, so they begin at a multiple of eight.
    while (header.size() % 8 != 0) {
      header.write(' ');
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      out.write(length.putLong(header.size()).array());
      header.writeTo(out);
      for (Layer.Named each : parameters) {
        out.write(littleEndian(source.values(each)));
      }
    }
  }

  /** Floats as both this format and ONNX store them. */
  static byte[] littleEndian(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
