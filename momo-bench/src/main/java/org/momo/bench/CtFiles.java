package org.momo.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.momo.dicom.DataSet;
import org.momo.dicom.DicomWriter;
import org.momo.dicom.Vr;
import org.momo.study.Tag;

/** Made-up CT series as files: an ellipse of tissue with noise, in air. */
final class CtFiles {
  private CtFiles() {}

  /** Writes one file for each slice, uncompressed, as scanners do: unsigned, offset by 1024. */
  static void write(Path folder, int slices, int size) throws IOException {
    write(folder, 1, slices, size);
  }

  /** Writes the series of a number of the one study, beside what is in the folder. */
  static void write(Path folder, int series, int slices, int size) throws IOException {
    short[] samples = new short[size * size];
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int z = 0; z < slices; z++) {
      fill(samples, series, z, slices, size);
      bytes.asShortBuffer().put(samples);
      DataSet image =
          DataSet.builder()
              .put(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.2")
              .put(Tag.SOP_INSTANCE_UID, "2.25.4." + series + "." + (z + 1))
              .put(Tag.STUDY_INSTANCE_UID, "2.25.2")
              .put(Tag.SERIES_INSTANCE_UID, "2.25.3." + series)
              .put(Tag.SERIES_NUMBER, String.valueOf(series))
              .put(Tag.MODALITY, "CT")
              .put(Tag.INSTANCE_NUMBER, String.valueOf(z + 1))
              .put(Tag.IMAGE_POSITION_PATIENT, "-250", "-250", String.valueOf(z))
              .put(Tag.IMAGE_ORIENTATION_PATIENT, "1", "0", "0", "0", "1", "0")
              .put(Tag.PIXEL_SPACING, "0.9765625", "0.9765625")
              .put(Tag.SAMPLES_PER_PIXEL, 1)
              .put(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
              .put(Tag.ROWS, size)
              .put(Tag.COLUMNS, size)
              .put(Tag.BITS_ALLOCATED, 16)
              .put(Tag.BITS_STORED, 12)
              .put(Tag.HIGH_BIT, 11)
              .put(Tag.PIXEL_REPRESENTATION, 0)
              .put(Tag.RESCALE_INTERCEPT, "-1024")
              .put(Tag.RESCALE_SLOPE, "1")
              .bytes(Tag.PIXEL_DATA, Vr.OW, bytes.array())
              .build();
      DicomWriter.write(image, folder.resolve("%02d-%04d.dcm".formatted(series, z)));
    }
  }

  private static void fill(short[] samples, int series, int z, int slices, int size) {
    double along = 2.0 * z / slices - 1;
    double wide = 0.87 - 0.02 * series - 0.2 * along * along;
    for (int y = 0, at = 0; y < size; y++) {
      double v = (2.0 * y / size - 1) / (0.6 * wide);
      for (int x = 0; x < size; x++, at++) {
        double h = (2.0 * x / size - 1) / wide;
        int noise = (z * 0x9E3779B1 + at * 0x2C1B3C6D) >>> 26;
        samples[at] = (short) ((v * v + h * h < 1 ? 1050 : 8) + noise);
      }
    }
  }
}
