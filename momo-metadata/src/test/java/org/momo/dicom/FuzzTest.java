package org.momo.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.momo.study.Tag;

/** A short run of {@link Fuzz} from generated seeds; the long one takes its seeds from a folder. */
class FuzzTest {
  private static final int MUTANTS = 20_000;

  @Test
  void no_mutant_brings_another_exception_or_takes_too_much() {
    List<byte[]> seeds = seeds();
    Fuzz fuzz = new Fuzz(20261124);
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = fuzz.mutate(seeds.get(i % seeds.size()));
      // Only exceptions and allocations: the time depends on the machine, the long run holds it.
      String failure = fuzz.failure(mutant);
      if (failure != null && !failure.startsWith("took")) {
        failures.add(failure);
      }
    }
    assertThat(failures).isEmpty();
  }

  private static List<byte[]> seeds() {
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
}
