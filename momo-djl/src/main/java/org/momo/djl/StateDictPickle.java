package org.momo.djl;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pickle of a state dict as data. A pickle is a small program that may call anything; of
 * its instructions and of the names that it may call, this knows the few that tensors need, and
 * calls none: what they would build is noted. Every other is an error.
 */
final class StateDictPickle {
  private static final Object MARK = new Object();
  private static final int MOST_OBJECTS = 4_000_000;
  private static final Map<String, Weights.Type> STORAGES =
      Map.of(
          "torch FloatStorage", Weights.Type.F32,
          "torch DoubleStorage", Weights.Type.F64,
          "torch HalfStorage", Weights.Type.F16,
          "torch BFloat16Storage", Weights.Type.BF16,
          "torch LongStorage", Weights.Type.I64,
          "torch IntStorage", Weights.Type.I32,
          "torch ShortStorage", Weights.Type.I16,
          "torch CharStorage", Weights.Type.I8,
          "torch ByteStorage", Weights.Type.U8,
          "torch BoolStorage", Weights.Type.BOOL);

  private final Path file;
  private final String entry;
  private final ByteBuffer in;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private int objects;

  /** A tensor that is described: where its values lie. Offset and strides count values. */
  record Tensor(String storage, Weights.Type type, long offset, long[] sizes, long[] strides) {}

  /** A name that a pickle wants to call. */
  private record Name(String name) {}

  private record Storage(Weights.Type type, String key) {}

  /** Stands for {@code None}. */
  private enum Nothing {
    NONE
  }

  StateDictPickle(Path file, String entry, byte[] pickle) {
    this.file = file;
    this.entry = entry;
    this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The tensors of the dict; of a checkpoint, those of its {@code state_dict}. A prefix {@code
   * module.} that all names have, as parallel training leaves it, is taken off.
   */
  Map<String, Tensor> tensors() throws IOException {
    Object result;
    try {
      result = run();
    } catch (BufferUnderflowException e) {
      throw wrong("it ends too early");
    }
    if (result instanceof Map<?, ?> map && map.get("state_dict") instanceof Map<?, ?> inner) {
      result = inner;
    }
    if (!(result instanceof Map<?, ?> map)) {
      throw wrong("it holds no dict of tensors; save the state_dict() of the network");
    }
    boolean prefixed =
        map.keySet().stream().allMatch(key -> key instanceof String s && s.startsWith("module."));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (key instanceof String name && value instanceof Tensor tensor) {
            tensors.put(prefixed ? name.substring("module.".length()) : name, tensor);
          }
        });
    if (tensors.isEmpty()) {
      throw wrong("it holds no dict of tensors; save the state_dict() of the network");
    }
    return tensors;
  }

  private Object run() throws IOException {
    while (true) {
      if (++objects > MOST_OBJECTS) {
        throw wrong("it has more than " + MOST_OBJECTS + " instructions");
      }
      int at = in.position();
      int code = in.get() & 0xff;
      switch (code) {
        case 0x80 -> in.get();
        case 0x95 -> in.getLong();
        case '}' -> stack.push(new LinkedHashMap<Object, Object>());
        case ']' -> stack.push(new ArrayList<Object>());
        case ')' -> stack.push(List.of());
        case '(' -> stack.push(MARK);
        case 'N' -> stack.push(Nothing.NONE);
        case 0x88 -> stack.push(true);
        case 0x89 -> stack.push(false);
        case 'J' -> stack.push((long) in.getInt());
        case 'K' -> stack.push((long) (in.get() & 0xff));
        case 'M' -> stack.push((long) (in.getShort() & 0xffff));
        case 0x8a -> stack.push(longNumber());
        case 'G' -> {
          in.order(ByteOrder.BIG_ENDIAN);
          stack.push(in.getDouble());
          in.order(ByteOrder.LITTLE_ENDIAN);
        }
        case 'X' -> stack.push(text(in.getInt()));
        case 0x8c -> stack.push(text(in.get() & 0xff));
        case 'q' -> memo.put(in.get() & 0xff, peek());
        case 'r' -> memo.put(in.getInt(), peek());
        case 0x94 -> memo.put(memo.size(), peek());
        case 'h' -> stack.push(remembered(in.get() & 0xff));
        case 'j' -> stack.push(remembered(in.getInt()));
        case 'c' -> stack.push(name(line() + " " + line(), at));
        case 0x93 -> {
          Object second = pop();
          Object first = pop();
          if (!(first instanceof String) || !(second instanceof String)) {
            throw wrong("it calls what is no name");
          }
          stack.push(name(first + " " + second, at));
        }
        case 'Q' -> stack.push(storage(pop()));
        case 't' -> stack.push(toMark());
        case 0x85 -> stack.push(List.of(pop()));
        case 0x86 -> {
          Object second = pop();
          stack.push(List.of(pop(), second));
        }
        case 0x87 -> {
          Object third = pop();
          Object second = pop();
          stack.push(List.of(pop(), second, third));
        }
        case 'R' -> {
          Object arguments = pop();
          stack.push(reduce(pop(), arguments));
        }
        // The state of an OrderedDict is its _metadata, which no tensor depends on.
        case 'b' -> pop();
        case 's' -> {
          Object value = pop();
          Object key = pop();
          put(map(peek()), key, value);
        }
        case 'u' -> {
          List<Object> pairs = toMark();
          Map<Object, Object> map = map(peek());
          for (int i = 0; i + 1 < pairs.size(); i += 2) {
            put(map, pairs.get(i), pairs.get(i + 1));
          }
        }
        case 'a' -> {
          Object value = pop();
          list(peek()).add(value);
        }
        case 'e' -> {
          List<Object> values = toMark();
          list(peek()).addAll(values);
        }
        case '.' -> {
          return pop();
        }
        default ->
            throw wrong(
                "the instruction 0x" + Integer.toHexString(code) + " is no part of a state dict");
      }
    }
  }

  private Object reduce(Object callable, Object arguments) throws IOException {
    if (!(callable instanceof Name name) || !(arguments instanceof List<?> list)) {
      throw wrong("it calls what is no name");
    }
    switch (name.name()) {
      case "collections OrderedDict":
        return new LinkedHashMap<Object, Object>();
      case "torch._utils _rebuild_parameter":
        if (!list.isEmpty() && list.get(0) instanceof Tensor tensor) {
          return tensor;
        }
        break;
      case "torch._utils _rebuild_tensor_v2":
        if (list.size() >= 4
            && list.get(0) instanceof Storage storage
            && list.get(1) instanceof Long offset) {
          long[] sizes = numbers(list.get(2));
          long[] strides = numbers(list.get(3));
          if (sizes.length == strides.length) {
            return new Tensor(storage.key(), storage.type(), offset, sizes, strides);
          }
        }
        break;
      default:
        break;
    }
    throw wrong("it calls " + name.name() + " in a way that is not known");
  }

  private Name name(String name, int at) throws IOException {
    switch (name) {
      case "collections OrderedDict",
      "torch._utils _rebuild_tensor_v2",
      "torch._utils _rebuild_parameter":
        return new Name(name);
      default:
        if (STORAGES.containsKey(name)) {
          return new Name(name);
        }
        in.position(at);
        throw wrong(
            "it names \""
                + (name.length() > 80 ? name.substring(0, 80) : name).replaceAll("\\p{C}", "?")
                + "\", which is no part of a state dict; nothing was run");
    }
  }

  private Storage storage(Object id) throws IOException {
    if (id instanceof List<?> parts
        && parts.size() >= 3
        && parts.get(0).equals("storage")
        && parts.get(1) instanceof Name name
        && STORAGES.containsKey(name.name())
        && parts.get(2) instanceof String key
        && key.matches("\\d{1,9}")) {
      return new Storage(STORAGES.get(name.name()), key);
    }
    throw wrong("it refers to something that is no storage of numbers");
  }

  private long[] numbers(Object value) throws IOException {
    if (!(value instanceof List<?> list) || list.size() > 8) {
      throw wrong("a shape must be a short list of numbers");
    }
    long[] numbers = new long[list.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(list.get(i) instanceof Long number)) {
        throw wrong("a shape must be a short list of numbers");
      }
      numbers[i] = number;
    }
    return numbers;
  }

  private Long longNumber() throws IOException {
    int length = in.get() & 0xff;
    if (length > 8) {
      throw wrong("a number has " + length + " bytes");
    }
    long number = 0;
    for (int i = 0; i < length; i++) {
      long each = i == length - 1 ? in.get() : in.get() & 0xff;
      number |= each << 8 * i;
    }
    return number;
  }

  private String text(int length) throws IOException {
    if (length < 0 || length > in.remaining()) {
      throw wrong("a text has " + Integer.toUnsignedString(length) + " bytes");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (char c = (char) (in.get() & 0xff); c != '\n'; c = (char) (in.get() & 0xff)) {
      line.append(c);
    }
    return line.toString();
  }

  private Object remembered(int index) throws IOException {
    Object value = memo.get(index);
    if (value == null) {
      throw wrong("it remembers nothing under " + index);
    }
    return value;
  }

  private Object peek() throws IOException {
    @Nullable Object value = stack.peek();
    if (value == null) {
      throw wrong("its stack is empty");
    }
    return value;
  }

  private Object pop() throws IOException {
    Object value = peek();
    stack.pop();
    return value;
  }

  private List<Object> toMark() throws IOException {
    ArrayDeque<Object> values = new ArrayDeque<>();
    for (Object value = pop(); value != MARK; value = pop()) {
      values.push(value);
    }
    return new ArrayList<>(values);
  }

  @SuppressWarnings("unchecked")
  private Map<Object, Object> map(Object value) throws IOException {
    if (!(value instanceof LinkedHashMap<?, ?> map)) {
      throw wrong("it fills what is no dict");
    }
    return (Map<Object, Object>) map;
  }

  @SuppressWarnings("unchecked")
  private List<Object> list(Object value) throws IOException {
    if (!(value instanceof ArrayList<?> list)) {
      throw wrong("it fills what is no list");
    }
    return (List<Object>) list;
  }

  private void put(Map<Object, Object> map, Object key, Object value) throws IOException {
    // A dict that is a key of itself would never stop to be compared.
    if (!(key instanceof String) && !(key instanceof Long)) {
      throw wrong("the keys of a dict must be texts or numbers");
    }
    map.put(key, value);
  }

  private IOException wrong(String what) {
    return new IOException(file + ": " + entry + ", byte " + in.position() + ": " + what);
  }
}
