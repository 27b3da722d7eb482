package org.momo.djl;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A state dict as {@code torch.save} writes it since PyTorch 1.6: a zip with a pickle inside. */
final class StateDictFile extends Weights {
  private static final int LONGEST_PICKLE = 16 << 20;

  private final ZipFile zip;
  private final String folder;
  private final TreeMap<String, StateDictPickle.Tensor> tensors = new TreeMap<>();

  StateDictFile(Path file) throws IOException {
    super(file);
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new IOException(file + " is a damaged zip", e);
    }
    try {
      ZipEntry pickle = pickle();
      folder = pickle.getName().substring(0, pickle.getName().length() - "data.pkl".length());
      requireLittleEndian();
      Map<String, StateDictPickle.Tensor> found =
          new StateDictPickle(file, pickle.getName(), bytes(pickle, LONGEST_PICKLE)).tensors();
      for (Map.Entry<String, StateDictPickle.Tensor> each : found.entrySet()) {
        tensors.put(each.getKey(), each.getValue());
      }
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private ZipEntry pickle() throws IOException {
    if (zip.size() > 2 * MOST_TENSORS) {
      throw damaged("it has " + zip.size() + " entries, more than a state dict needs");
    }
    ZipEntry found =
        zip.stream()
            .filter(entry -> entry.getName().matches("[^/]+/data\\.pkl"))
            .findFirst()
            .orElse(null);
    if (found == null) {
      throw damaged("it is a zip without a data.pkl, and so no state dict");
    }
    String folder = found.getName().substring(0, found.getName().length() - "data.pkl".length());
    if (zip.getEntry(folder + "constants.pkl") != null) {
      throw damaged("it is TorchScript and no state dict; its name must end in .pt");
    }
    return found;
  }

  private void requireLittleEndian() throws IOException {
    ZipEntry order = zip.getEntry(folder + "byteorder");
    if (order != null) {
      String text = new String(bytes(order, 16), StandardCharsets.US_ASCII);
      if (!text.equals("little")) {
        throw damaged("its numbers are not stored little end first");
      }
    }
  }

  private byte[] bytes(ZipEntry entry, int most) throws IOException {
    try (CheckedInputStream in = open(entry)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw damaged(entry.getName() + " must have at most " + most + " bytes");
      }
      TorchScriptFile.requireSum(file, entry, in);
      return bytes;
    } catch (ZipException | EOFException e) {
      throw new IOException(file + ": " + entry.getName() + " is damaged", e);
    }
  }

  private CheckedInputStream open(ZipEntry entry) throws IOException {
    return new CheckedInputStream(zip.getInputStream(entry), new CRC32());
  }

  @Override
  Set<String> names() {
    return Collections.unmodifiableSet(tensors.keySet());
  }

  private StateDictPickle.Tensor tensor(String name) throws IOException {
    StateDictPickle.@Nullable Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw missing(name);
    }
    return tensor;
  }

  @Override
  int[] shape(String name) throws IOException {
    long[] sizes = tensor(name).sizes();
    int[] shape = new int[sizes.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = dimension(name, i, sizes[i]);
    }
    return shape;
  }

  @Override
  float[] values(String name) throws IOException {
    StateDictPickle.Tensor tensor = tensor(name);
    int[] shape = shape(name);
    int count = count(name, shape);
    long last = tensor.offset();
    for (int i = 0; i < shape.length; i++) {
      if (tensor.strides()[i] < 0 || tensor.strides()[i] > Integer.MAX_VALUE) {
        throw damaged(name + " has a stride that leads nowhere: " + tensor.strides()[i]);
      }
      last += Math.max(0, shape[i] - 1) * tensor.strides()[i];
    }
    ZipEntry storage = zip.getEntry(folder + "data/" + tensor.storage());
    if (storage == null) {
      throw damaged("there is no storage " + tensor.storage() + " of " + name);
    }
    int bytes = tensor.type().bytes;
    if (tensor.offset() < 0 || count > 0 && last >= storage.getSize() / bytes) {
      throw damaged(
          name
              + " reads up to value "
              + last
              + ", and its storage has "
              + storage.getSize() / bytes);
    }
    if (count == 0) {
      return new float[0];
    }
    int from = Math.toIntExact(tensor.offset() * bytes);
    int length = Math.toIntExact((last - tensor.offset() + 1) * bytes);
    byte[] raw;
    try (CheckedInputStream in = open(storage)) {
      in.skipNBytes(from);
      raw = in.readNBytes(length);
      in.transferTo(OutputStream.nullOutputStream());
      TorchScriptFile.requireSum(file, storage, in);
    } catch (ZipException | EOFException e) {
      throw new IOException(file + ": " + storage.getName() + " is damaged", e);
    }
    if (raw.length != length) {
      throw damaged(storage.getName() + " is shorter than the zip says");
    }
    float[] stored = tensor.type().floats(ByteBuffer.wrap(raw), length / bytes);
    return gather(stored, shape, tensor.strides(), count);
  }

  private static float[] gather(float[] stored, int[] shape, long[] strides, int count) {
    float[] values = new float[count];
    int[] at = new int[shape.length];
    long index = 0;
    for (int i = 0; i < count; i++) {
      values[i] = stored[(int) index];
      for (int d = shape.length - 1; d >= 0; d--) {
        index += strides[d];
        if (++at[d] < shape[d]) {
          break;
        }
        index -= strides[d] * shape[d];
        at[d] = 0;
      }
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
