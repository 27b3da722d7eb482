package org.momo.imaging.volume;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.PixelData;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

/** Made-up instances: a header that can be written to, and frames in memory. */
public final class MadeUp implements Header {
  private final Map<Integer, List<String>> values = new HashMap<>();
  private final Map<Integer, List<Header>> items = new HashMap<>();
  private final Map<Integer, byte[]> binary = new HashMap<>();
  private final List<byte[]> frames = new ArrayList<>();
  private String syntax = "1.2.840.10008.1.2.1";

  /** A 16-bit grey image of a series of a modality. */
  public static MadeUp image(String modality, int number, int rows, int columns) {
    return new MadeUp()
        .with(Tag.STUDY_INSTANCE_UID, "1.2.3")
        .with(Tag.SERIES_INSTANCE_UID, "1.2.3.4")
        .with(Tag.SOP_INSTANCE_UID, "1.2.3.4." + number)
        .with(Tag.MODALITY, modality)
        .with(Tag.INSTANCE_NUMBER, String.valueOf(number))
        .with(Tag.ROWS, String.valueOf(rows))
        .with(Tag.COLUMNS, String.valueOf(columns))
        .with(Tag.SAMPLES_PER_PIXEL, "1")
        .with(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .with(Tag.BITS_ALLOCATED, "16")
        .with(Tag.BITS_STORED, "16")
        .with(Tag.HIGH_BIT, "15")
        .with(Tag.PIXEL_REPRESENTATION, "1");
  }

  /** At a place, in axial orientation. */
  public MadeUp at(double x, double y, double z) {
    return with(Tag.IMAGE_ORIENTATION_PATIENT, "1", "0", "0", "0", "1", "0")
        .with(Tag.IMAGE_POSITION_PATIENT, "" + x, "" + y, "" + z);
  }

  public MadeUp with(int tag, String... texts) {
    values.put(tag, List.of(texts));
    return this;
  }

  public MadeUp withItems(int tag, Header... headers) {
    items.put(tag, List.of(headers));
    return this;
  }

  public MadeUp withBytes(int tag, byte... bytes) {
    binary.put(tag, bytes);
    return this;
  }

  public MadeUp syntax(String uid) {
    syntax = uid;
    return this;
  }

  /** A frame of bytes. */
  public MadeUp frame(byte... bytes) {
    frames.add(bytes);
    return this;
  }

  /** A frame of 16-bit samples. */
  public MadeUp frame(short... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    return frame(bytes.array());
  }

  /** A frame of one value everywhere. */
  public MadeUp filled(int value) {
    int size =
        Integer.parseInt(values.get(Tag.ROWS).get(0))
            * Integer.parseInt(values.get(Tag.COLUMNS).get(0));
    short[] samples = new short[size];
    Arrays.fill(samples, (short) value);
    return frame(samples);
  }

  public Instance instance() {
    if (frames.isEmpty()) {
      return Instance.of(this);
    }
    return Instance.of(
        this,
        new PixelData() {
          @Override
          public String transferSyntax() {
            return syntax;
          }

          @Override
          public int frames() {
            return frames.size();
          }

          @Override
          public ByteBuffer frame(int index) {
            return ByteBuffer.wrap(frames.get(index)).asReadOnlyBuffer();
          }
        });
  }

  /** The one series of these instances. */
  public static Series series(List<MadeUp> images) {
    List<Study> studies = Study.group(images.stream().map(MadeUp::instance).toList());
    return studies.get(0).series().get(0);
  }

  @Override
  public List<String> strings(int tag) {
    return values.getOrDefault(tag, List.of());
  }

  @Override
  public List<Header> items(int sequenceTag) {
    return items.getOrDefault(sequenceTag, List.of());
  }

  @Override
  public Optional<ByteBuffer> bytes(int tag) {
    return Optional.ofNullable(binary.get(tag))
        .map(b -> ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN));
  }
}
