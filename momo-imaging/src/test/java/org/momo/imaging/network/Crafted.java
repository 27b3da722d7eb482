package org.momo.imaging.network;

import java.util.ArrayList;
import java.util.List;
import org.momo.imaging.volume.MadeUp;
import org.momo.study.Instance;
import org.momo.study.Study;
import org.momo.study.Tag;

/** Studies whose series have three even slices: what a network sees of them is known by heart. */
final class Crafted {
  private final List<Instance> instances = new ArrayList<>();
  private int series;

  /** Adds a series; its three channels are even, of these values. */
  Crafted series(String modality, String description, int first, int middle, int last) {
    series++;
    int[] values = {first, middle, last};
    for (int i = 0; i < 3; i++) {
      instances.add(image(modality, description, i + 1).filled(values[i]).instance());
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
    return MadeUp.image(modality, number, 16, 16)
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
