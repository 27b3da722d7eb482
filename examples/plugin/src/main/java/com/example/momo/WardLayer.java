package com.example.momo;

import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.StudyClass;
import org.momo.spi.BuildContext;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Options;
import org.momo.study.Study;
import org.momo.study.TagPath;

/** A station that sends one kind of examination only: its name is the answer. */
record WardLayer(String station, StudyClass answer) implements DecisionLayer {
  private static final TagPath STATION_NAME = TagPath.of(0x00081010);

  static WardLayer create(Options options, BuildContext context) {
    StudyClass answer = context.requireClass(options.requiredString("class"));
    return new WardLayer(options.requiredString("station"), answer);
  }

  @Override
  public Opinion consider(Study study) {
    return study.header().strings(STATION_NAME).contains(station)
        ? Opinion.decide(answer, 1, Evidence.declared(STATION_NAME, null, station))
        : Opinion.abstain("not from " + station);
  }
}
