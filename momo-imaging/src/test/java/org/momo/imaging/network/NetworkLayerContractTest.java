package org.momo.imaging.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.momo.decision.Catalogue;
import org.momo.imaging.model.Workshop;
import org.momo.spi.DecisionLayer;
import org.momo.spi.DecisionLayerContract;
import org.momo.study.Study;

class NetworkLayerContractTest extends DecisionLayerContract {
  @TempDir Path folder;
  private final Workshop workshop = new Workshop();

  @Override
  protected DecisionLayer layer() {
    try {
      Path ct =
          Workshop.write(
              folder,
              "ct",
              "CT",
              NetworkLayerTest.ordered("CTT", "1 0 0 0", "CTAB", "0 1 0 0", "CTH", "0 0 1 0"));
      return workshop.buildLayer("network", Map.of("models", List.of(ct.toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Catalogue catalogue() {
    return workshop.catalogue();
  }

  @Override
  protected List<Study> studies() {
    List<Study> studies = new ArrayList<>(super.studies());
    studies.add(
        new Crafted()
            .series("CT", "a", 2, 0, 0)
            .series("CT", "scout", 2, 0, 0)
            .series("CT", "b", 0, 0, 1)
            .unreadable("CT", "c")
            .study());
    studies.add(new Crafted().series("PT", "a", 2, 0, 0).series("CT", "b", 2, 0, 0).study());
    studies.add(new Crafted().series("MG", "a", 2, 0, 0).study());
    return studies;
  }
}
