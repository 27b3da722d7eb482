package org.momo.imaging.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.momo.imaging.volume.MadeUp;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

/** Studies whose series have three even slices: what a network sees of them is known by heart. */
final class Crafted {
  private final List<Instance> instances = new ArrayList<>();
  private final String studyDescription;
  private final Random random = new Random(11);
  private int series;

  Crafted() {
    this("");
  }

  Crafted(String studyDescription) {
    this.studyDescription = studyDescription;
  }

  /** Adds a series; its three channels are even, of these values. */
  Crafted series(String modality, String description, int first, int middle, int last) {
    series++;
    int[] values = {first, middle, last};
    for (int i = 0; i < 3; i++) {
      instances.add(image(modality, description, i + 1).filled(values[i]).instance());
    }
    return this;
  }

  /** Adds a series of one kind of {@link Textures}. */
  Crafted texture(String modality, String description, int kind) {
    short[][] slices = new short[3][];
    for (int i = 0; i < 3; i++) {
      slices[i] = Textures.slice(kind, random);
    }
    return slices(modality, description, slices);
  }

  /** Adds a series of slices of {@link Textures#SIZE}. */
  Crafted slices(String modality, String description, short[]... slices) {
    series++;
    for (int i = 0; i < slices.length; i++) {
      instances.add(image(modality, description, i + 1, Textures.SIZE).frame(slices[i]).instance());
    }
    return this;
  }

  /** Adds a series whose slices are in a syntax that nobody reads. */
  Crafted unreadable(String modality, String description) {
    series++;
    instances.add(
        image(modality, description, 1)
            .syntax("1.2.840.10008.1.2.4.999")
            .frame((byte) 1)
            .instance());
    return this;
  }

  private MadeUp image(String modality, String description, int number) {
    return image(modality, description, number, 16);
  }

  private MadeUp image(String modality, String description, int number, int size) {
    return MadeUp.image(modality, number, size, size)
        .with(Tag.STUDY_DESCRIPTION, studyDescription)
        .with(Tag.SERIES_INSTANCE_UID, "1.2.3." + series)
        .with(Tag.SERIES_NUMBER, String.valueOf(series))
        .with(Tag.SOP_INSTANCE_UID, "1.2.3." + series + "." + number)
        .with(Tag.SERIES_DESCRIPTION, description)
        .at(0, 0, 5 * number);
  }

  List<Instance> instances() {
    return instances;
  }

  Study study() {
    return Study.group(instances).get(0);
  }
}
