package org.momo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.momo.catalogue.internal.RuleText;
import org.momo.decision.Ballot;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;
import org.momo.decision.Vote;
import org.momo.spi.ConfigurationException;
import org.momo.spi.VoteRule;
import org.momo.spi.VoteRuleContract;

class VoteRulesTest {

  private static String applied(String rule, String codes) {
    Ballot before = codes.isEmpty() ? Ballot.empty() : Ballots.of(codes.split(" "));
    return Ballots.text(VoteRules.parse(rule, Ballots.ESSEN).apply(before));
  }

  @ParameterizedTest
  @CsvSource({
    // All that must be there become the class; who is not named stays.
    "CTT+CTAB=CTTA,         CTT CTAB CTS,       CTTA CTTA CTS",
    "CTT+CTAB=CTTA,         CTAB CTT CTT CTAB,  CTTA CTTA CTTA CTTA",
    "CTT+CTAB=CTTA,         CTT CTS,            CTT CTS",
    "CTT+CTAB=CTTA,         CTTA,               CTTA",
    "KHWS+KBWS+KLWS=KWS,    KHWS KBWS KLWS KTH, KWS KWS KWS KTH",
    "KHWS+KBWS+KLWS=KWS,    KHWS KBWS KTH,      KHWS KBWS KTH",
    "MRH+MRB+MRL=MRWS,      MRL MRB MRH,        MRWS MRWS MRWS",
    "CTS+CTGE=CTS,          CTS CTGE CTT,       CTS CTS CTT",
    "CTSH+CTGE=CTGE,        CTSH CTGE,          CTGE CTGE",
    "CTT=CTTA,              CTT CTAB CTT,       CTTA CTAB CTTA",
    // A class with a minus must not be there, and is never touched.
    "CTT-CTAB=CTTA,         CTT CTS,            CTTA CTS",
    "CTT-CTAB=CTTA,         CTT CTAB,           CTT CTAB",
    "CTT-CTAB=CTTA,         CTAB,               CTAB",
    "CTT+CTAB-CTB=CTTA,     CTT CTAB CTS,       CTTA CTTA CTS",
    "CTT+CTAB-CTB=CTTA,     CTT CTAB CTB,       CTT CTAB CTB",
    "CTT-CTB+CTAB=CTTA,     CTAB CTT,           CTTA CTTA",
    "CTT-CTB-CTH=CTTA,      CTT CTH,            CTT CTH",
    "CTT-CTB=CTB,           CTT CTS,            CTB CTS",
    // The first of the two gets the votes, where both have some.
    "CTTA>CTAB,             CTTA CTAB CTT,      CTTA CTTA CTT",
    "CTTA>CTAB,             CTAB CTAB CTTA,     CTTA CTTA CTTA",
    "CTTA>CTAB,             CTAB CTT,           CTAB CTT",
    "CTTA>CTAB,             CTTA CTT,           CTTA CTT",
    "MRPETWS>MRWS,          MRWS MRPETWS,       MRPETWS MRPETWS",
    // Elected, whatever the others weigh.
    "CTH!,                  CTT CTT CTH,        CTT CTT CTH CTH!",
    "CTH!,                  CTT,                CTT",
    "CTH!+CTT,              CTH CTT CTS,        CTH CTT CTS CTH!",
    "CTH!+CTT,              CTH CTS,            CTH CTS",
    "CTH!+CTT,              CTT CTS,            CTT CTS",
    "CTH!-CTT,              CTH CTS,            CTH CTS CTH!",
    "CTH!-CTT,              CTH CTT,            CTH CTT",
    "CTH!+CTT-CTS,          CTH CTT,            CTH CTT CTH!",
    "CTH!+CTT-CTS,          CTH CTT CTS,        CTH CTT CTS",
    "CTH!+CTT-CTS+CTAB,     CTAB CTT CTH,       CTAB CTT CTH CTH!",
    "CTH!+CTT-CTS+CTAB,     CTT CTH,            CTT CTH",
    // Blanks between the parts, quotes around codes.
    "' CTT +\tCTAB = CTTA ', CTT CTAB,          CTTA CTTA",
    "'\"CTT\" + \"CTAB\"=\"CTTA\"', CTT CTAB,   CTTA CTTA",
  })
  void a_rule_does_what_its_syntax_says(String rule, String before, String after) {
    assertThat(applied(rule, before)).isEqualTo(after);
  }

  /** The original refuses any minus before an equals sign. */
  @Test
  void the_documented_rule_with_a_minus_is_a_rule() {
    VoteRule rule = VoteRules.parse("CTT-CTAB=CTTA", Ballots.ESSEN);
    assertThat(Ballots.text(rule.apply(Ballots.of("CTT")))).isEqualTo("CTTA");
  }

  /** The original, were its parser mended, would rewrite the class that must not be there. */
  @Test
  void the_class_that_must_not_be_there_is_a_condition_alone() {
    RuleText rule = RuleText.parse("CTT-CTAB=CTTA");
    assertThat(rule.present()).containsExactly("CTT");
    assertThat(rule.absent()).containsExactly("CTAB");
    assertThat(rule.target()).isEqualTo("CTTA");
    assertThat(applied("CTT-CTAB=CTTA", "CTT CTAB")).isEqualTo("CTT CTAB");
  }

  @Test
  void codes_with_signs_in_them_are_quoted() {
    Catalogue catalogue =
        Catalogue.builder("site")
            .add(StudyClass.builder("CT-1", "CT").build())
            .add(StudyClass.builder("CT.2_x", "CT").build())
            .build();
    VoteRule rule = VoteRules.parse("'CT-1'-CT.2_x=CT.2_x", catalogue);
    assertThat(rule).hasToString("'CT-1'-CT.2_x=CT.2_x");
    assertThatThrownBy(() -> VoteRules.parse("CT-1=CT.2_x", catalogue))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("names the class 1, which the catalogue site lacks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``              |  1 | expected a class code but the rule ends",
        "CTT             |  4 | expected '+', '-', '=', '>' or '!' but the rule ends",
        "CTT?CTAB        |  4 | expected '+', '-', '=', '>' or '!' but found '?'",
        "CTT+=CTTA       |  5 | expected a class code but found '='",
        "CTT+CTAB        |  9 | expected '+', '-', '=', '>' or '!' but the rule ends",
        "CTT+CTAB=       | 10 | expected a class code but the rule ends",
        "CTT+CTAB=CTTA+  | 14 | expected the end of the rule but found '+'",
        "CTT=CTAB=CTTA   |  9 | expected the end of the rule but found '='",
        "CTTA>CTT>CTAB   |  9 | expected the end of the rule but found '>'",
        "CTTA+CTT>CTAB   |  9 | expected '+', '-', '=', '>' or '!' but found '>'",
        "=CTTA           |  1 | expected a class code but found '='",
        "!CTH            |  1 | expected a class code but found '!'",
        "CTH!CTT         |  5 | expected the end of the rule but found 'C'",
        "CTH!+           |  6 | expected a class code but the rule ends",
        "CTH!!           |  5 | expected the end of the rule but found '!'",
        "CTT CTAB=CTTA   |  5 | expected '+', '-', '=', '>' or '!' but found 'C'",
        "CTT-CTT=CTTA    |  5 | CTT is asked for and excluded at once",
        "CTT+CTAB-CTAB=CTTA | 10 | CTAB is asked for and excluded at once",
        "CTH!-CTH        |  6 | CTH is asked for and excluded at once",
        "CTT> CTT        |  6 | CTT cannot be preferred to itself",
        "\"CTT=CTTA      |  1 | the quote is not closed",
        "CTT+''=CTTA     |  5 | expected a class code but the quotes are empty",
      })
  void what_is_no_rule_is_refused_with_its_position(String rule, int position, String what) {
    assertThatThrownBy(() -> VoteRules.parse(rule, Ballots.ESSEN))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("vote rule \"" + rule + "\", position " + position + ": " + what);
  }

  @Test
  void a_rule_of_absurd_length_is_refused() {
    assertThatThrownBy(() -> VoteRules.parse("CTT+".repeat(2000) + "CTT=CTTA", Ballots.ESSEN))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("a vote rule must not be longer than 4096 characters: was 8008");
  }

  @ParameterizedTest
  @CsvSource({"NIX+CTT=CTTA", "CTT-NIX=CTTA", "CTT=NIX", "CTT>NIX", "NIX!", "CTH!-NIX"})
  void an_unknown_class_is_named(String rule) {
    assertThatThrownBy(() -> VoteRules.parse(rule, Ballots.ESSEN))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "vote rule \"" + rule + "\" names the class NIX, which the catalogue essen-76 lacks");
  }

  private static String appliedSet(String set, String... codes) {
    List<VoteRule> rules =
        VoteRules.parse(Ballots.ESSEN.ruleSets().getOrDefault(set, List.of()), Ballots.ESSEN);
    assertThat(rules).isNotEmpty();
    return Ballots.text(VoteRules.apply(rules, Ballots.of(codes)));
  }

  @Test
  void the_published_sets_differ_in_the_spine_alone() {
    assertThat(appliedSet("default", "MRH", "MRB", "MRL")).isEqualTo("MRWS MRWS MRWS");
    assertThat(appliedSet("minvr", "MRH", "MRB", "MRL")).isEqualTo("MRH MRB MRL");
    assertThat(appliedSet("default", "MRWS", "MRH", "MRB")).isEqualTo("MRWS MRWS MRWS");
    assertThat(appliedSet("minvr", "MRWS", "MRH", "MRB")).isEqualTo("MRWS MRH MRB");
    assertThat(appliedSet("default", "KHWS", "KBWS", "KLWS")).isEqualTo("KWS KWS KWS");
    assertThat(appliedSet("minvr", "KHWS", "KBWS", "KLWS")).isEqualTo("KHWS KBWS KLWS");
    for (String set : List.of("default", "minvr")) {
      assertThat(appliedSet(set, "CTT", "CTAB", "CTS")).isEqualTo("CTTA CTTA CTS");
      assertThat(appliedSet(set, "CTT", "CTTA")).isEqualTo("CTTA CTTA");
      assertThat(appliedSet(set, "CTS", "CTGE")).isEqualTo("CTS CTS");
      assertThat(appliedSet(set, "CTT", "CTT", "PCTGK")).isEqualTo("CTT CTT PCTGK PCTGK!");
    }
  }

  @Test
  void each_rule_sees_what_the_one_before_left() {
    assertThat(VoteRules.apply(rules("CTT+CTAB=CTTA", "CTTA+CTB=CTWB"), votes()))
        .satisfies(ballot -> assertThat(Ballots.text(ballot)).isEqualTo("CTWB CTWB CTWB"));
    assertThat(VoteRules.apply(rules("CTTA+CTB=CTWB", "CTT+CTAB=CTTA"), votes()))
        .satisfies(ballot -> assertThat(Ballots.text(ballot)).isEqualTo("CTTA CTTA CTB"));
  }

  @Test
  void no_rule_is_applied_after_an_election() {
    assertThat(Ballots.text(VoteRules.apply(rules("CTB!", "CTT+CTAB=CTTA", "CTT!"), votes())))
        .isEqualTo("CTT CTAB CTB CTB!");
  }

  private static Ballot votes() {
    return Ballots.of("CTT", "CTAB", "CTB");
  }

  private static List<VoteRule> rules(String... texts) {
    return VoteRules.parse(List.of(texts), Ballots.ESSEN);
  }

  private static final List<String> CODES = List.of("CTT", "CTAB", "CTTA", "CTB", "CTH", "CTS");

  @Provide
  Arbitrary<Ballot> ballots() {
    Arbitrary<Vote> vote =
        Combinators.combine(
                Arbitraries.of(CODES),
                Arbitraries.doubles().between(0.001, 1000).ofScale(4),
                Arbitraries.integers().between(0, 1_000_000))
            .as(Ballots::vote);
    return Combinators.combine(
            vote.list().ofMaxSize(8),
            Arbitraries.doubles().between(0, 10).ofScale(4).injectNull(0.5))
        .as((votes, blank) -> Ballot.of(votes, blank == null ? 0 : blank));
  }

  /** Rules of every form, written as people write them. */
  @Provide
  Arbitrary<String> ruleTexts() {
    Arbitrary<List<String>> codes = Arbitraries.shuffle(CODES);
    Arbitrary<List<Boolean>> signs = Arbitraries.of(true, false).list().ofMaxSize(3);
    return Combinators.combine(
            codes, signs, Arbitraries.of("=", ">", "!"), Arbitraries.of(CODES), spaces())
        .as(
            (order, plus, form, target, space) -> {
              if (form.equals(">")) {
                return order.get(0) + space + ">" + space + order.get(1);
              }
              StringBuilder text = new StringBuilder(order.get(0));
              text.append(form.equals("!") ? space + "!" : "");
              for (int i = 0; i < plus.size(); i++) {
                text.append(space).append(plus.get(i) ? "+" : "-").append(order.get(i + 1));
              }
              return text + (form.equals("=") ? space + "=" + target : "");
            });
  }

  private static Arbitrary<String> spaces() {
    return Arbitraries.of("", " ", "\t ");
  }

  @Property
  void no_rule_changes_weights_evidence_or_blank_weight(
      @ForAll("ballots") Ballot ballot, @ForAll("ruleTexts") String text) {
    Ballot after = VoteRules.parse(text, Ballots.ESSEN).apply(ballot);
    assertThat(after.votes()).extracting(Vote::weight).isEqualTo(weights(ballot));
    assertThat(after.votes())
        .extracting(Vote::evidence)
        .isEqualTo(ballot.votes().stream().map(Vote::evidence).toList());
    assertThat(after.blank()).isEqualTo(ballot.blank());
  }

  private static List<Double> weights(Ballot ballot) {
    return ballot.votes().stream().map(Vote::weight).toList();
  }

  @Property
  void only_those_that_the_rule_asks_for_lose_votes_and_only_its_target_gets_some(
      @ForAll("ballots") Ballot ballot, @ForAll("ruleTexts") String text) {
    RuleText rule = RuleText.parse(text);
    Set<String> givers =
        switch (rule.kind()) {
          case BECOME -> new TreeSet<>(rule.present());
          case PREFER -> new TreeSet<>(rule.absent());
          case ELECT -> Set.of();
        };
    Ballot after = VoteRules.parse(text, Ballots.ESSEN).apply(ballot);
    for (int i = 0; i < ballot.votes().size(); i++) {
      String before = ballot.votes().get(i).studyClass().code();
      String now = after.votes().get(i).studyClass().code();
      assertThat(now.equals(before) || (givers.contains(before) && now.equals(rule.target())))
          .as("vote %s went from %s to %s", i, before, now)
          .isTrue();
    }
  }

  @Property
  void what_must_not_be_there_stops_the_rule_and_keeps_its_votes(
      @ForAll("ballots") Ballot ballot, @ForAll("ruleTexts") String text) {
    RuleText rule = RuleText.parse(text);
    if (rule.kind() != RuleText.Kind.PREFER && rule.absent().stream().anyMatch(ballot::has)) {
      assertThat(VoteRules.parse(text, Ballots.ESSEN).apply(ballot)).isEqualTo(ballot);
    }
  }

  @Property
  void a_rule_applies_where_and_only_where_its_conditions_hold(
      @ForAll("ballots") Ballot ballot, @ForAll("ruleTexts") String text) {
    RuleText rule = RuleText.parse(text);
    boolean present = ballot.codes().containsAll(rule.present());
    boolean absent = rule.absent().stream().noneMatch(ballot.codes()::contains);
    Ballot after = VoteRules.parse(text, Ballots.ESSEN).apply(ballot);
    Ballot expected =
        switch (rule.kind()) {
          case BECOME -> present && absent ? given(ballot, rule.present(), rule) : ballot;
          case PREFER ->
              present && ballot.codes().containsAll(rule.absent())
                  ? given(ballot, rule.absent(), rule)
                  : ballot;
          case ELECT ->
              present && absent ? ballot.elect(Ballots.studyClass(rule.target())) : ballot;
        };
    assertThat(after).isEqualTo(expected);
  }

  private static Ballot given(Ballot ballot, List<String> givers, RuleText rule) {
    List<Vote> votes = new ArrayList<>();
    for (Vote vote : ballot.votes()) {
      boolean gives = givers.contains(vote.studyClass().code());
      votes.add(gives ? vote.withClass(Ballots.studyClass(rule.target())) : vote);
    }
    return Ballot.of(votes, ballot.blank());
  }

  @Property
  void rules_are_applied_in_written_order(
      @ForAll("ballots") Ballot ballot,
      @ForAll("ruleTexts") String first,
      @ForAll("ruleTexts") String second) {
    Ballot afterFirst = VoteRules.parse(first, Ballots.ESSEN).apply(ballot);
    Ballot expected =
        afterFirst.absolute().isPresent()
            ? afterFirst
            : VoteRules.parse(second, Ballots.ESSEN).apply(afterFirst);
    assertThat(VoteRules.apply(rules(first, second), ballot)).isEqualTo(expected);
  }

  @Property
  void any_text_is_a_rule_or_a_clear_error(@ForAll String text) {
    try {
      RuleText.parse(text);
    } catch (ConfigurationException e) {
      assertThat(e).hasMessageStartingWith("vote rule \"").hasMessageContaining("position ");
    }
  }

  private abstract static class Contract extends VoteRuleContract {
    private final String text;

    Contract(String text) {
      this.text = text;
    }

    @Override
    protected VoteRule rule() {
      return VoteRules.parse(text, Ballots.ESSEN);
    }

    @Override
    protected List<Ballot> ballots() {
      return List.of(
          Ballots.of("CTT", "CTAB", "CTS"),
          Ballots.of("CTT", "CTAB", "CTTA", "CTB"),
          Ballots.of("CTH"),
          Ballot.of(List.of(Ballots.vote("CTT", 0.3, 0), Ballots.vote("CTS", 0.1, 1)), 0.7));
    }
  }

  @Nested
  class BecomeContract extends Contract {
    BecomeContract() {
      super("CTT+CTAB-CTB=CTTA");
    }
  }

  @Nested
  class PreferContract extends Contract {
    PreferContract() {
      super("CTTA>CTAB");
    }
  }

  @Nested
  class ElectContract extends Contract {
    ElectContract() {
      super("CTT!-CTTA");
    }
  }
}
