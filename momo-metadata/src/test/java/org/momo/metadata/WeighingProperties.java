package org.momo.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Offset;
import org.momo.decision.Catalogue;
import org.momo.decision.Evidence;
import org.momo.decision.StudyClass;
import org.momo.study.Tag;
import org.momo.study.TagPath;

class WeighingProperties {
  private static final Catalogue CATALOGUE = SmallCatalogue.catalogue();
  private static final Weighing WEIGHING = new Weighing(new RegionIndex(CATALOGUE));
  private static final Offset<Double> NOISE = Offset.offset(1e-9);
  private static final String GROUP = "CT";

  private static Statement statement(
      StudyClass studyClass, Statement.Family family, double weight, String series) {
    boolean ofStudy = family == Statement.Family.STUDY || family == Statement.Family.USUAL;
    return new Statement(
        studyClass,
        family,
        weight,
        Evidence.matched(
            TagPath.of(ofStudy ? Tag.STUDY_DESCRIPTION : Tag.SERIES_DESCRIPTION),
            ofStudy ? null : series,
            "word"));
  }

  @Provide
  Arbitrary<Statement> one() {
    List<StudyClass> classes =
        CATALOGUE.classes().stream().filter(c -> c.modality().equals(GROUP)).toList();
    return Combinators.combine(
            Arbitraries.of(classes),
            Arbitraries.of(Statement.Family.class),
            Arbitraries.doubles().between(0.01, 4),
            Arbitraries.of("2.25.1", "2.25.2", "2.25.3", "2.25.4"))
        .as(WeighingProperties::statement);
  }

  @Provide
  Arbitrary<List<Statement>> some() {
    return one().list().ofMinSize(1).ofMaxSize(12);
  }

  @Property
  void the_order_of_statements_does_not_matter(
      @ForAll("some") List<Statement> statements, @ForAll Random random) {
    List<Weighing.Share> expected = WEIGHING.weigh(statements, GROUP);
    List<Statement> shuffled = new ArrayList<>(statements);
    Collections.shuffle(shuffled, random);
    List<Weighing.Share> shares = WEIGHING.weigh(shuffled, GROUP);
    assertThat(shares).hasSameSizeAs(expected);
    for (int i = 0; i < shares.size(); i++) {
      assertThat(shares.get(i).probability()).isCloseTo(expected.get(i).probability(), NOISE);
    }
  }

  @Property
  void probabilities_leave_room_for_none_of_them(@ForAll("some") List<Statement> statements) {
    double sum =
        WEIGHING.weigh(statements, GROUP).stream().mapToDouble(Weighing.Share::probability).sum();
    assertThat(sum).isBetween(0.0, Math.nextDown(1.0));
  }

  @Property
  void the_votes_of_a_class_make_up_its_probability(@ForAll("some") List<Statement> statements) {
    for (Weighing.Share share : WEIGHING.weigh(statements, GROUP)) {
      double votes = share.votes().stream().mapToDouble(vote -> vote.weight()).sum();
      assertThat(votes).isCloseTo(share.probability(), NOISE);
    }
  }

  /** Not words of a series: two series of different parts make a combination of both. */
  @Provide
  Arbitrary<Statement.Family> agreeing() {
    return Arbitraries.of(Statement.Family.STUDY, Statement.Family.ACQUISITION);
  }

  @Property
  void what_agrees_with_the_winner_never_makes_it_less_probable(
      @ForAll("some") List<Statement> statements,
      @ForAll("agreeing") Statement.Family family,
      @ForAll @DoubleRange(min = 0.01, max = 4) double weight) {
    List<Weighing.Share> before = WEIGHING.weigh(statements, GROUP);
    if (before.isEmpty()) {
      return;
    }
    Weighing.Share winner = before.get(0);
    List<Statement> more = new ArrayList<>(statements);
    // An attribute of its own, since two texts in one attribute are two examinations.
    more.add(
        new Statement(
            winner.studyClass(),
            family,
            weight,
            Evidence.matched(TagPath.of(Tag.MODALITY), "2.25.9", "word")));
    double after =
        WEIGHING.weigh(more, GROUP).stream()
            .filter(share -> share.studyClass().regions().equals(winner.studyClass().regions()))
            .mapToDouble(Weighing.Share::probability)
            .findFirst()
            .orElse(0);
    assertThat(after).isGreaterThanOrEqualTo(winner.probability() - NOISE.value);
  }

  @Property
  void firmer_statements_make_a_winner_surer_that_has_more_for_it_than_against(
      @ForAll("some") List<Statement> statements,
      @ForAll @DoubleRange(min = 1, max = 3) double factor) {
    List<Weighing.Share> before = WEIGHING.weigh(statements, GROUP);
    List<Statement> firmer =
        statements.stream()
            .map(s -> new Statement(s.studyClass(), s.family(), s.weight() * factor, s.evidence()))
            .toList();
    if (!before.isEmpty()) {
      double sum = before.stream().mapToDouble(Weighing.Share::probability).sum();
      if (before.get(0).probability() >= 1 - sum) {
        List<Weighing.Share> after = WEIGHING.weigh(firmer, GROUP);
        assertThat(after.get(0).probability())
            .isGreaterThanOrEqualTo(before.get(0).probability() - NOISE.value);
      }
    }
  }
}
