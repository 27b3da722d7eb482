package org.momo.metadata;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Ballot;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.Evidence;
import org.momo.decision.Opinion;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.metadata.words.ClassMatch;
import org.momo.metadata.words.Reading;
import org.momo.metadata.words.Strength;
import org.momo.metadata.words.TextKind;
import org.momo.metadata.words.WordsMatcher;
import org.momo.spi.DecisionLayer;
import org.momo.spi.Options;
import org.momo.study.Code;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;
import org.momo.study.TagPath;

/**
 * Weighs all metadata of a study together: what its descriptions, codes, body parts and acquisition
 * parameters say, of every series, each as far as it can be trusted.
 *
 * <p>The shares of the votes are probabilities. What is left of 1 is blank weight: the chance that
 * none of the classes is right.
 *
 * <p>This class is immutable.
 */
final class EvidenceLayer implements DecisionLayer {
  private static final Set<Texts> OF_STUDY =
      EnumSet.of(
          Texts.STUDY_DESCRIPTION,
          Texts.PROCEDURE_CODE_MEANING,
          Texts.REQUESTED_DESCRIPTION,
          Texts.REQUESTED_PROCEDURE,
          Texts.PERFORMED_PROCEDURE,
          Texts.PERFORMED_PROTOCOL,
          Texts.STUDY_COMMENTS);
  private static final List<Texts> OF_SERIES =
      List.of(Texts.SERIES_DESCRIPTION, Texts.SERIES_CODE_MEANING, Texts.PROTOCOL_NAME);
  private static final List<Texts> OF_MACHINE =
      List.of(Texts.ANATOMIC_REGION, Texts.PRESET, Texts.LANDMARK);

  /** Two letters in a text mean many things. */
  private static final int SHORTEST_FIRM_KEYWORD = 3;

  private static final double USUAL = 0.8;
  private static final double DETAIL_IS_SPINE = 0.6;

  /** A text as it is read: the series of a study repeat each other's. */
  private record Text(String text, TextKind kind) {}

  /** What a study has said so far, and how its texts were read. */
  private static final class Heard {
    final List<Statement> all = new ArrayList<>();
    final Map<Text, Reading> readings;

    Heard() {
      this(new HashMap<>());
    }

    private Heard(Map<Text, Reading> readings) {
      this.readings = readings;
    }

    Heard apart() {
      return new Heard(readings);
    }
  }

  private final Modalities modalities;
  private final WordsMatcher words;
  private final ConceptCodes codes;
  private final RegionIndex regions;
  private final Weighing weighing;
  private final double least;

  EvidenceLayer(Options options, Catalogue catalogue) {
    modalities = new Modalities(catalogue);
    words = TextMatcher.words(options, catalogue);
    codes = new ConceptCodes(catalogue);
    regions = new RegionIndex(catalogue);
    weighing = new Weighing(regions);
    least = options.number("abstain-below", 0.5, 0, 1);
  }

  @Override
  public Opinion consider(Study study) {
    Modalities.Found modality = modalities.of(study);
    String group = modality.group();
    if (group == null) {
      return Opinion.abstain(modality.reason());
    }
    Optional<String> nobody = NotAPatient.reason(study);
    if (nobody.isPresent()) {
      return Opinion.abstain(nobody.get());
    }
    Heard statements = new Heard();
    ofStudy(study, group, statements);
    Map<String, Double> roles = roles(study);
    for (Series series : study.series()) {
      if (modalities.speaksFor(series, group)) {
        ofSeries(series, group, roles.getOrDefault(series.uid(), 1.0), statements);
      }
    }
    if (!NotAPatient.isTest(study)) {
      usual(group, statements);
    }
    return opinion(weighing.weigh(statements.all, group));
  }

  private Opinion opinion(List<Weighing.Share> shares) {
    if (shares.isEmpty()) {
      return Opinion.abstain("nothing in the metadata speaks of what was examined");
    }
    Weighing.Share best = shares.get(0);
    if (best.probability() < least) {
      return Opinion.abstain(
          String.format(
              Locale.ROOT,
              "what speaks for %s is weak or contradicted: %.2f is less than %.2f",
              best.studyClass().code(),
              best.probability(),
              least));
    }
    List<Vote> votes = new ArrayList<>();
    double sum = 0;
    for (Weighing.Share share : shares) {
      for (Vote vote : share.votes()) {
        votes.add(vote);
        sum += vote.weight();
      }
    }
    return new Opinion.Votes(Ballot.of(votes, Math.max(0, 1 - sum)));
  }

  /** What stands for the whole study, said by whichever series says it first. */
  private void ofStudy(Study study, String group, Heard statements) {
    for (Texts tag : OF_STUDY) {
      for (Texts.Said said : tag.in(study)) {
        read(said, tag, null, group, group, 1, Statement.Family.STUDY, statements);
      }
    }
  }

  private void ofSeries(Series series, String group, double role, Heard statements) {
    String own = modalities.of(series).orElse(group);
    double factor = own.equals(group) || own.equals("PT") ? role : role * 0.4;
    for (Texts tag : OF_SERIES) {
      for (Texts.Said said : tag.in(series)) {
        read(said, tag, series.uid(), group, own, factor, Statement.Family.SERIES, statements);
      }
    }
    bodyPart(series, group, own, factor, statements);
    for (Texts tag : OF_MACHINE) {
      for (Texts.Said said : tag.in(series)) {
        read(said, tag, series.uid(), group, own, factor, Statement.Family.BODY_PART, statements);
      }
    }
    anatomyCodes(series, group, own, factor, statements);
    for (Hints.Hint hint : Acquisition.of(series, series.modality())) {
      add(
          regions.find(group, hint.regions(), null),
          Statement.Family.ACQUISITION,
          Statement.logOdds(hint.reliability()) * factor,
          Evidence.matched(hint.path(), series.uid(), hint.matched()),
          statements);
    }
  }

  /** The body part, unless the way the series was made proves it wrong. */
  private void bodyPart(Series series, String group, String own, double factor, Heard statements) {
    Heard said = statements.apart();
    for (Texts.Said text : Texts.BODY_PART.in(series)) {
      read(
          text,
          Texts.BODY_PART,
          series.uid(),
          group,
          own,
          factor,
          Statement.Family.BODY_PART,
          said);
    }
    for (Statement statement : said.all) {
      Set<Region> named = statement.studyClass().regions();
      if (Acquisition.isDetailOfTrunk(series, named)) {
        add(
            regions.find(group, Set.of(Region.SPINE), null),
            Statement.Family.ACQUISITION,
            Statement.logOdds(DETAIL_IS_SPINE) * factor,
            Evidence.matched(
                TagPath.of(Tag.RECONSTRUCTION_DIAMETER), series.uid(), "small field in the trunk"),
            statements);
      } else if (!named.contains(Region.WHOLEBODY) || group.equals("PT") || group.equals("NM")) {
        statements.all.add(statement);
      }
    }
  }

  private void read(
      Texts.Said said,
      Texts tag,
      @Nullable String seriesUid,
      String group,
      String own,
      double factor,
      Statement.Family family,
      Heard statements) {
    Reading reading =
        statements.readings.computeIfAbsent(
            new Text(said.text(), tag.kind()), t -> words.read(t.text(), group, t.kind()));
    Optional<ClassMatch> best = reading.best();
    boolean otherModality =
        reading.contradictsModality() && !reading.spokenModalities().contains(own);
    if (best.isEmpty() || best.get().keyword().isEmpty() || otherModality) {
      return;
    }
    double reliability = Reliability.of(tag, own, best.get().studyClass().regions());
    boolean firm =
        best.get().strength() == Strength.STRONG
            && best.get().keyword().length() >= SHORTEST_FIRM_KEYWORD;
    TextMatch match = new TextMatch(best.get().studyClass(), firm, best.get().keyword());
    add(
        match.studyClass(),
        family,
        Statement.logOdds(reliability) * factor * (firm ? 1 : Reliability.WEAK),
        Evidence.matched(said.path(), seriesUid, match.keyword()),
        statements);
  }

  private void anatomyCodes(
      Series series, String group, String own, double factor, Heard statements) {
    for (int sequence :
        List.of(Tag.ANATOMIC_REGION_SEQUENCE, Tag.PRIMARY_ANATOMIC_STRUCTURE_SEQUENCE)) {
      List<Header> items = Texts.first(series, header -> header.items(sequence));
      for (int i = 0; i < Math.min(items.size(), 8); i++) {
        Code code =
            new Code(
                items.get(i).string(Tag.CODING_SCHEME_DESIGNATOR).orElse(""),
                items.get(i).string(Tag.CODE_VALUE).orElse(""),
                "");
        Concept concept = codes.find(code);
        if (concept != null) {
          add(
              regions.find(group, concept.regions(), concept.focus()),
              Statement.Family.BODY_PART,
              Statement.logOdds(Reliability.of(Texts.ANATOMIC_REGION, own, concept.regions()))
                  * factor,
              Evidence.declared(
                  TagPath.of(sequence, i, Tag.CODE_VALUE), series.uid(), code.value()),
              statements);
        }
      }
    }
  }

  /** What studies of the group are when nothing is said: the catalogue's own word. */
  private void usual(String group, Heard statements) {
    words
        .read("", group, TextKind.STUDY)
        .best()
        .ifPresent(
            best ->
                add(
                    best.studyClass(),
                    Statement.Family.USUAL,
                    Statement.logOdds(USUAL),
                    new Evidence(
                        Evidence.Kind.DECLARED,
                        TagPath.of(Tag.MODALITY),
                        null,
                        group,
                        "usual for the modality"),
                    statements));
  }

  private static void add(
      @Nullable StudyClass studyClass,
      Statement.Family family,
      double weight,
      Evidence evidence,
      Heard statements) {
    if (studyClass != null && weight > 0) {
      statements.all.add(new Statement(studyClass, family, weight, evidence));
    }
  }

  /** The factor of each series, 1 for the one that speaks most. */
  private static Map<String, Double> roles(Study study) {
    Map<String, Double> roles = new LinkedHashMap<>();
    double most = 0;
    for (Series series : study.series()) {
      double role = SeriesRole.of(series);
      roles.put(series.uid(), role);
      most = Math.max(most, role);
    }
    double scale = 1 / Math.max(most, 0.5);
    roles.replaceAll((uid, role) -> role * scale);
    return roles;
  }
}
