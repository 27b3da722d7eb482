package com.example.momo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;
import org.momo.spi.DecisionLayer;
import org.momo.spi.DecisionLayerContract;
import org.momo.spi.SampleStudies;
import org.momo.study.Instance;
import org.momo.study.Study;

class WardLayerTest extends DecisionLayerContract {
  private final StudyClass head = StudyClass.builder("CT_HEAD", "CT").build();

  @Override
  protected DecisionLayer layer() {
    return new WardLayer("STROKE-CT", head);
  }

  @Override
  protected Catalogue catalogue() {
    return Catalogue.builder("test").add(head).build();
  }

  @Override
  protected List<Study> studies() {
    List<Study> studies = new ArrayList<>(super.studies());
    Instance fromWard = Instance.of(SampleStudies.header(Map.of(0x00081010, "STROKE-CT")));
    studies.addAll(Study.group(List.of(fromWard)));
    return studies;
  }
}
