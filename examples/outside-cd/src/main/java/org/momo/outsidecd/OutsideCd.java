package org.momo.outsidecd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.momo.dicom.DataSet;
import org.momo.dicom.DicomWriter;
import org.momo.dicom.Vr;
import org.momo.study.Tag;

/**
 * Writes a synthetic CD: seven studies of one invented patient, from several hospitals, in four
 * languages, in odd folders, among a viewer's program, a PDF, a file that is cut short, and a copy
 * of an image that is there already.
 */
public final class OutsideCd {
  private static final int ROWS = 64;
  private static final int COLUMNS = 64;

  private final Path root;

  private OutsideCd(Path root) {
    this.root = root;
  }

  /**
   * Writes the CD.
   *
   * @param arguments the folder to write it to; made where it is not there
   * @throws IOException if writing fails
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("say one folder to write the CD to");
    }
    write(Path.of(arguments[0]));
  }

  /**
   * Writes the CD.
   *
   * @param folder where to; made where it is not there
   * @return how many studies it holds
   * @throws IOException if writing fails
   */
  public static int write(Path folder) throws IOException {
    OutsideCd cd = new OutsideCd(folder);
    List<StudyPlan> plans = StudyPlan.all();
    for (int i = 0; i < plans.size(); i++) {
      cd.study(i + 1, plans.get(i));
    }
    cd.whatElseIsThere();
    return plans.size();
  }

  private void study(int number, StudyPlan plan) throws IOException {
    for (int s = 0; s < plan.series().size(); s++) {
      StudyPlan.SeriesPlan series = plan.series().get(s);
      for (int i = 0; i < series.instances(); i++) {
        DicomWriter.write(
            instance(number, plan, s + 1, series, i + 1), file(number, plan, s + 1, i + 1));
      }
    }
  }

  private Path file(int study, StudyPlan plan, int series, int instance) throws IOException {
    Path file =
        switch (plan.naming()) {
          case NUMBERED ->
              root.resolve(
                  "DICOM/PAT00001/STU%05d/SER%05d/IMG%05d".formatted(study, series, instance));
          case FLAT -> root.resolve("IMAGES/" + uid(study, series, instance) + ".dcm");
          case HASHED ->
              root.resolve(
                  HexFormat.of().toHexDigits(plan.key().hashCode())
                      + "/"
                      + HexFormat.of().toHexDigits((byte) (series * 16 + instance)));
        };
    Files.createDirectories(file.getParent());
    return file;
  }

  private static DataSet instance(
      int study, StudyPlan plan, int number, StudyPlan.SeriesPlan series, int instance) {
    DataSet.Builder set =
        DataSet.builder()
            .put(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
            .put(Tag.SOP_CLASS_UID, series.sopClass())
            .put(Tag.SOP_INSTANCE_UID, uid(study, number, instance))
            .put(Tag.STUDY_INSTANCE_UID, uid(study))
            .put(Tag.SERIES_INSTANCE_UID, uid(study, number))
            .put(Tag.STUDY_DATE, "20260" + study + "15")
            .put(Tag.MODALITY, series.modality())
            .put(0x00080080, Vr.LO, plan.hospital())
            .put(Tag.STUDY_DESCRIPTION, plan.description())
            .put(Tag.SERIES_DESCRIPTION, series.description())
            .put(0x00100010, Vr.PN, "Beispiel^Erika")
            .put(Tag.PATIENT_ID, "OUTSIDE-1")
            .put(Tag.BODY_PART_EXAMINED, series.bodyPart())
            .put(Tag.PROTOCOL_NAME, series.protocol())
            .put(Tag.SERIES_NUMBER, String.valueOf(number))
            .put(Tag.INSTANCE_NUMBER, String.valueOf(instance));
    if (!series.modality().equals("SR")) {
      pixels(set, instance);
    }
    return set.build();
  }

  private static void pixels(DataSet.Builder set, int instance) {
    ByteBuffer samples = ByteBuffer.allocate(2 * ROWS * COLUMNS).order(ByteOrder.LITTLE_ENDIAN);
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < COLUMNS; x++) {
        int dx = x - COLUMNS / 2;
        int dy = y - ROWS / 2;
        samples.putShort(
            (short) (dx * dx + dy * dy < 20 * instance + 300 ? 1000 + 10 * instance : 0));
      }
    }
    set.put(Tag.SAMPLES_PER_PIXEL, 1)
        .put(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME2")
        .put(Tag.ROWS, ROWS)
        .put(Tag.COLUMNS, COLUMNS)
        .put(Tag.BITS_ALLOCATED, 16)
        .put(Tag.BITS_STORED, 12)
        .put(Tag.HIGH_BIT, 11)
        .put(Tag.PIXEL_REPRESENTATION, 0)
        .bytes(Tag.PIXEL_DATA, Vr.OW, samples.array());
  }

  private void whatElseIsThere() throws IOException {
    Files.writeString(root.resolve("AUTORUN.INF"), "[autorun]\r\nopen=VIEWER\\VIEWER.EXE\r\n");
    Files.writeString(root.resolve("LIESMICH.TXT"), "Bitte VIEWER.EXE starten.\r\n");
    Path viewer = Files.createDirectories(root.resolve("VIEWER"));
    byte[] program = new byte[4096];
    program[0] = 'M';
    program[1] = 'Z';
    Files.write(viewer.resolve("VIEWER.EXE"), program);
    Files.createDirectories(root.resolve("REPORTS"));
    Files.write(
        root.resolve("REPORTS/BEFUND.PDF"),
        "%PDF-1.4\n% an empty report\n%%EOF\n".getBytes(StandardCharsets.US_ASCII));
    Path image = root.resolve("DICOM/PAT00001/STU00001/SER00002/IMG00001");
    byte[] whole = Files.readAllBytes(image);
    Files.write(root.resolve("IMAGES/COPY OF IMG00001"), whole);
    Files.write(root.resolve("IMAGES/BROKEN"), Arrays.copyOf(whole, 400));
  }

  private static String uid(int... parts) {
    StringBuilder uid = new StringBuilder("2.25.20261124");
    for (int part : parts) {
      uid.append('.').append(part);
    }
    return uid.toString();
  }
}
