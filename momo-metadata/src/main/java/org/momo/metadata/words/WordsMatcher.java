package org.momo.metadata.words;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.decision.Concept;
import org.momo.decision.Region;
import org.momo.decision.StudyClass;

/*
 * From words to a class, in this order.
 *
 * 1. Tokens, words, terms: see Tokenizer and Lexicon. At each place the longest term wins.
 * 2. Meanings. A term can mean several things: what is meant in this modality alone goes before
 *    what is meant in any, unless much more of the text is written in the other's language. An
 *    abbreviation of a language in which nothing else is written does not count beside anatomy.
 *    A modality that only helps or goes along (guided by CT, with CT) is none that the text is of.
 * 3. What a "without" or "not including" takes out is out.
 * 4. What stands after a caret goes before what stands before it, the name of a protocol's folder.
 * 5. Compositions: what concepts mean together replaces what each means alone.
 * 6. Ranks: named regions before general ones; the whole body before its parts, pregnancy before
 *    the organs it is seen in, heart and breast before the chest around them, a spine's level
 *    before the spine. "Heart and lungs" on a plain radiograph are a chest.
 * 7. The class of exactly these regions and this focus; else the nearest one, weakly.
 */
/**
 * Reads descriptions: finds the concepts that a text names, and the classes that they lead to.
 *
 * <p>Compiled once from a catalogue; the cost of reading grows with the text, not with the
 * catalogue. Texts are read up to their first 1,024 characters.
 *
 * <p>This class is immutable and thread-safe.
 */
public final class WordsMatcher {
  private static final int MAX_TEXT = 1024;

  /** Where the lexicon keeps English among the languages, after the words of any language. */
  private static final int ENGLISH = 1;

  private final Lexicon lexicon;
  private final ClassIndex classes;
  private final Map<String, Integer> participants = new HashMap<>();
  private final List<Rule> rules = new ArrayList<>();

  /** For each modality group, those whose words can stand on its images, as bits. */
  private final Map<String, Long> related = new HashMap<>();

  private final Map<String, Concept> defaults = new HashMap<>();

  /** A composition, its parts as bits. */
  private record Rule(Concept concept, long groups, long needs, long keeps, long forbids) {}

  private WordsMatcher(Builder builder) {
    Collection<Concept> concepts =
        builder.vocabulary != null ? builder.vocabulary : builder.catalogue.concepts();
    lexicon = new Lexicon(concepts, builder.catalogue.classes(), builder.misspellings);
    classes = new ClassIndex(builder.catalogue.classes());
    for (Concept concept : concepts) {
      if (concept.kind() == Concept.Kind.GENERAL && concept.terms().isEmpty()) {
        concept.modalities().forEach(group -> defaults.put(group, concept));
      }
    }
    Set<String> known = new TreeSet<>();
    concepts.forEach(c -> known.add(c.id()));
    for (Lexicon.Composition composition : lexicon.compositions) {
      long needs = 0;
      long keeps = 0;
      long forbids = 0;
      for (String part : composition.parts) {
        char sign = part.charAt(0);
        String id = sign == '!' || sign == '+' ? part.substring(1) : part;
        if (!known.contains(id)) {
          throw new IllegalArgumentException(
              "concept "
                  + composition.concept.id()
                  + " is composed of "
                  + id
                  + ", which is no concept");
        }
        long bit = 1L << participants.computeIfAbsent(id, k -> participants.size());
        if (sign == '!') {
          forbids |= bit;
        } else {
          needs |= bit;
          keeps |= sign == '+' ? bit : 0;
        }
      }
      rules.add(
          new Rule(
              composition.concept,
              lexicon.groups(composition.concept.modalities()),
              needs,
              keeps,
              forbids));
    }
    if (participants.size() > 64) {
      throw new IllegalArgumentException(
          "at most 64 concepts can take part in compositions: these are " + participants.size());
    }
    for (String its : lexicon.groups()) {
      long bits = 0;
      for (String other : lexicon.groups()) {
        bits |= related(its, Set.of(other)) ? lexicon.group(other) : 0;
      }
      related.put(its, bits);
    }
    rules.sort((a, b) -> Integer.compare(Long.bitCount(b.needs), Long.bitCount(a.needs)));
  }

  /**
   * The matcher of a catalogue, with its own concepts and without mending of misspelt words.
   *
   * @param catalogue the classes and the vocabulary
   * @return a matcher
   * @throws IllegalArgumentException if a composition names a concept that is not there
   */
  public static WordsMatcher of(Catalogue catalogue) {
    return builder(catalogue).build();
  }

  /**
   * Starts a matcher.
   *
   * @param catalogue the classes and the vocabulary
   * @return a builder
   */
  public static Builder builder(Catalogue catalogue) {
    return new Builder(catalogue);
  }

  /**
   * Reads a text of a study.
   *
   * @param text the text; may be empty, damaged or hostile
   * @param modalityGroup the modality group of the study or series, such as {@code CT}; null where
   *     it is not known
   * @return what was understood
   */
  public Reading read(String text, @Nullable String modalityGroup) {
    return read(text, modalityGroup, TextKind.STUDY);
  }

  /**
   * Reads a text.
   *
   * @param text the text; may be empty, damaged or hostile
   * @param modalityGroup the modality group of the study or series, such as {@code CT}; null where
   *     it is not known
   * @param kind what sort of tag the text stands in
   * @return what was understood
   */
  public Reading read(String text, @Nullable String modalityGroup, TextKind kind) {
    Objects.requireNonNull(kind, "kind");
    return new Pass(lexicon.tokenizer.tokenize(text, MAX_TEXT), modalityGroup, kind).read();
  }

  /** Whether words for these groups can stand on images of that group. */
  private static boolean related(String its, Set<String> spoken) {
    if (spoken.contains(its)) {
      return true;
    }
    switch (its) {
      case "XR":
      case "XA":
      case "MG":
        return spoken.contains("XR") || spoken.contains("XA") || spoken.contains("MG");
      case "PT":
        return spoken.contains("NM") || spoken.contains("CT") || spoken.contains("MR");
      case "NM":
        return spoken.contains("PT") || spoken.contains("CT");
      case "CT":
      case "MR":
        return spoken.contains("PT");
      default:
        return false;
    }
  }

  /** A term at its place. */
  private static final class Hit {
    final int term;
    final int first;
    final int last;
    final boolean guessed;
    final boolean afterCaret;
    Lexicon.@Nullable Sense sense;
    Finding.Role role = Finding.Role.COUNTED;

    Hit(int term, int first, int last, boolean guessed, boolean afterCaret) {
      this.term = term;
      this.first = first;
      this.last = last;
      this.guessed = guessed;
      this.afterCaret = afterCaret;
    }

    Concept concept() {
      return Objects.requireNonNull(Objects.requireNonNull(sense).concept);
    }
  }

  /** One text on its way to a reading. */
  private final class Pass {
    private final Tokens tokens;
    private @Nullable String group;
    private final TextKind kind;
    private final long relatedBits;
    private long groupBit;

    /** The levels of a spine that were named, and that the spine stands for now. */
    private int merged;

    private int[] word;
    private int[] token;
    private boolean[] guess;
    private int units;
    private final List<Hit> hits = new ArrayList<>(12);
    private final List<Hit> keywords = new ArrayList<>(4);
    private final List<String> unknown = new ArrayList<>(4);
    private final List<Finding> composed = new ArrayList<>(2);

    Pass(Tokens tokens, @Nullable String group, TextKind kind) {
      this.tokens = tokens;
      this.group = group;
      this.kind = kind;
      groupBit = lexicon.group(group);
      relatedBits = group == null ? 0 : related.getOrDefault(group, groupBit);
      int capacity = tokens.count + 8;
      word = new int[capacity];
      token = new int[capacity];
      guess = new boolean[capacity];
    }

    Reading read() {
      resolve();
      match();
      Set<String> spoken = new TreeSet<>();
      chooseSenses(spoken);
      boolean contradicts = group != null && !spoken.isEmpty() && !related(group, spoken);
      if (group == null && spoken.size() == 1) {
        group = spoken.iterator().next();
        groupBit = lexicon.group(group);
      }
      Contrast contrast = negate();
      preferAfterCaret();
      int mask = compose();
      boolean weak = false;
      if (mask == 0) {
        mask = general();
        weak = mask != 0;
      }
      mask = rank(mask);
      String focus = focus(mask);
      List<ClassMatch> matches = matches(mask, focus, weak);
      Laterality laterality = laterality();
      return new Reading(
          tokens,
          findings(),
          regions(mask),
          focus,
          laterality,
          contrast,
          spoken,
          group,
          contradicts,
          matches,
          unknown);
    }

    private void unit(int number, int of, boolean guessed) {
      if (units == word.length) {
        word = java.util.Arrays.copyOf(word, units * 2);
        token = java.util.Arrays.copyOf(token, units * 2);
        guess = java.util.Arrays.copyOf(guess, units * 2);
      }
      word[units] = number;
      token[units] = of;
      guess[units++] = guessed;
    }

    private void resolve() {
      int[] parts = null;
      for (int t = 0; t < tokens.count; t++) {
        int number = lexicon.find(tokens, t);
        if (number >= 0) {
          unit(number, t, false);
          continue;
        }
        if (parts == null) {
          parts = new int[6];
        }
        int found = lexicon.resolve(tokens, t, parts);
        int count = found & 0xffff;
        for (int i = 0; i < count; i++) {
          unit(parts[i], t, found >> 16 == Lexicon.GUESSED);
        }
        if (count == 0) {
          unit(-1, t, false);
          if (tokens.end[t] - tokens.start[t] > 1
              && Character.isLetter(tokens.chars[tokens.start[t]])) {
            unknown.add(tokens.word(t));
          }
        }
      }
    }

    private void match() {
      boolean caret = false;
      int doneToken = -1;
      int i = 0;
      while (i < units) {
        if (token[i] != doneToken) {
          doneToken = token[i];
          caret |= tokens.gap[doneToken] == Tokens.CARET && doneToken > 0;
        }
        int node = 0;
        int best = -1;
        int bestEnd = i;
        boolean guessed = false;
        boolean bestGuessed = false;
        for (int j = i; j < units; j++) {
          int next = lexicon.next(node, word[j]);
          if (next < 0) {
            if (j > i && lexicon.isFiller(word[j])) {
              continue;
            }
            break;
          }
          guessed |= guess[j];
          node = next;
          int accepted = lexicon.accepts(node);
          if (accepted >= 0 && meant(lexicon.term(accepted))) {
            best = accepted;
            bestEnd = j;
            bestGuessed = guessed;
          }
        }
        if (best < 0) {
          if (standsOnlyInTerms(i)) {
            int alone = lexicon.alone(tokens, token[i]);
            if (alone >= 0) {
              word[i] = alone;
              continue;
            }
          }
          if (word[i] >= 0 && tokens.end[token[i]] - tokens.start[token[i]] > 1) {
            unknown.add(tokens.word(token[i]));
          }
          i++;
          continue;
        }
        Hit hit = new Hit(best, i, bestEnd, bestGuessed, caret);
        Lexicon.Term term = lexicon.term(best);
        if (term.senses.length > 0) {
          hits.add(hit);
        }
        if (term.classes.length > 0) {
          keywords.add(hit);
        }
        i = bestEnd + 1;
      }
    }

    /**
     * Whether a unit is a whole token that the tables have within longer terms only: "mamarias" of
     * "prótesis mamarias" is the plural of a word all the same.
     */
    private boolean standsOnlyInTerms(int i) {
      return word[i] >= 0
          && lexicon.single(word[i]) < 0
          && (i == 0 || token[i - 1] != token[i])
          && (i + 1 == units || token[i + 1] != token[i]);
    }

    /** Whether a term means something in this modality: one that does not hides no shorter one. */
    private boolean meant(Lexicon.Term term) {
      if (group == null || term.classes.length > 0) {
        return true;
      }
      for (Lexicon.Sense sense : term.senses) {
        if (sense.isMeant(groupBit)) {
          return true;
        }
      }
      return false;
    }

    private void chooseSenses(Set<String> spoken) {
      int[] score = new int[lexicon.languages.size()];
      int most = 0;
      for (int h = 0; h < hits.size(); h++) {
        Lexicon.Term term = lexicon.term(hits.get(h).term);
        if ((term.languages & 1) != 0) {
          continue;
        }
        for (long rest = term.languages; rest != 0; rest &= rest - 1) {
          int language = Long.numberOfTrailingZeros(rest);
          score[language] += term.words;
          most = Math.max(most, score[language]);
        }
      }
      for (int h = hits.size() - 1; h >= 0; h--) {
        Hit hit = hits.get(h);
        Lexicon.Term term = lexicon.term(hit.term);
        Lexicon.Sense chosen;
        if (term.senses.length == 1 && term.letters > 4) {
          chosen = term.senses[0].isMeant(groupBit) ? term.senses[0] : null;
        } else {
          chosen = best(h, term, score, most);
        }
        if (chosen == null) {
          hits.remove(h);
          continue;
        }
        hit.sense = chosen;
        Concept concept = hit.concept();
        switch (concept.kind()) {
          case MODALITY:
          case OTHER:
            hit.role = Finding.Role.IGNORED;
            break;
          default:
        }
      }
      boolean subject = false;
      for (int h = 0; h < hits.size(); h++) {
        Concept concept = hits.get(h).concept();
        if (concept.kind() != Concept.Kind.MODALITY) {
          subject |=
              Lexicon.isAnatomic(concept.kind()) || concept.id().equals(Lexicon.INTERVENTION);
        } else if (group == null || !subject || !isMeans(h)) {
          spoken.addAll(concept.modalities());
        }
      }
    }

    /**
     * Whether a modality is named as what helps or goes along, and not as what the study is: with
     * CT, + scan, under ultrasound control.
     */
    private boolean isMeans(int h) {
      Hit hit = hits.get(h);
      if (tokens.gap[token[hit.first]] == Tokens.PLUS) {
        return true;
      }
      int next = hit.first;
      for (int b = h - 1; b >= 0 && hits.get(b).last == next - 1; b--) {
        Hit before = hits.get(b);
        Lexicon.Sense sense = Objects.requireNonNull(before.sense);
        if (sense.addition || sense.guidance) {
          return true;
        }
        if (!lexicon.isFiller(word[before.first])) {
          break;
        }
        next = before.first;
      }
      if (h + 1 == hits.size()) {
        return false;
      }
      Hit after = hits.get(h + 1);
      return Objects.requireNonNull(after.sense).guidance && after.first == hit.last + 1;
    }

    /** The sense of a term that the modality and the language of the text speak for. */
    private Lexicon.@Nullable Sense best(int h, Lexicon.Term term, int[] score, int most) {
      Lexicon.Sense chosen = null;
      int chosenScore = Integer.MIN_VALUE;
      for (Lexicon.Sense sense : term.senses) {
        if (!sense.isMeant(groupBit)) {
          continue;
        }
        int points = (sense.languages & 1) != 0 ? most : 0;
        for (long rest = sense.languages & ~1L; rest != 0; rest &= rest - 1) {
          points = Math.max(points, score[Long.numberOfTrailingZeros(rest)]);
        }
        if (term.letters <= 4
            && (term.words == 1 && points * 2 <= most && points < most - 1
                || foreign(h, term, sense, score))) {
          continue;
        }
        points = points * 64;
        if ((sense.groups & groupBit) != 0) {
          points += 112;
        }
        points += widespread(sense.languages) + (sense.anatomic ? 31 : 0);
        if (sense.modality && group != null && (sense.groups & relatedBits) == 0) {
          points -= 1 << 20;
        }
        if (points > chosenScore) {
          chosenScore = points;
          chosen = sense;
        }
      }
      return chosen;
    }

    /**
     * What decides a tie of anatomies: one in many languages before one in few, English among
     * equals.
     */
    private int widespread(long languages) {
      return Math.min(30, 2 * Long.bitCount(languages & ~1L) + (int) (languages >> ENGLISH & 1));
    }

    /**
     * Whether an abbreviation is of a language that no other word of the text is of, where anatomy
     * is named in another: LCA is a knee's ligament in French, and no knee beside "coronary".
     */
    private boolean foreign(int h, Lexicon.Term term, Lexicon.Sense sense, int[] score) {
      long languages = term.languages;
      if (!sense.anatomic
          || term.words > 1 && term.letters > 2
          || (languages & (1 | 1 << ENGLISH)) != 0
          || Tokenizer.isIdeographic(term.written.charAt(0))) {
        return false;
      }
      int support = 0;
      for (long rest = languages; rest != 0; rest &= rest - 1) {
        support = Math.max(support, score[Long.numberOfTrailingZeros(rest)] - term.words);
      }
      if (term.letters <= 2 && support < score[ENGLISH]) {
        return true;
      }
      if (support > 0) {
        return false;
      }
      for (int o = 0; o < hits.size(); o++) {
        Lexicon.Term other = lexicon.term(hits.get(o).term);
        if (o == h || other.letters <= 4) {
          continue;
        }
        boolean names = false;
        for (Lexicon.Sense its : other.senses) {
          names |= its.anatomic;
        }
        if (names && (other.languages & languages) == 0) {
          return true;
        }
      }
      return false;
    }

    private Contrast negate() {
      boolean with = false;
      boolean without = false;
      for (int h = 0; h < hits.size(); h++) {
        Hit hit = hits.get(h);
        switch (hit.concept().kind()) {
          case NEGATION:
            hit.role = Finding.Role.IGNORED;
            for (int n = h + 1; n < hits.size() && hits.get(n).first - hit.last <= 3; n++) {
              Hit next = hits.get(n);
              Concept.Kind sort = next.concept().kind();
              if (sort == Concept.Kind.CONTRAST) {
                next.role = Finding.Role.NEGATED;
                break;
              }
              if (Lexicon.isAnatomic(sort)) {
                boolean first = next.first == hit.last + 1;
                boolean same =
                    !first
                        && next.first == hits.get(n - 1).last + 1
                        && hits.get(n - 1).role == Finding.Role.NEGATED
                        && next.concept().regions().equals(hits.get(n - 1).concept().regions());
                if (lexicon.term(hit.term).letters > 3 && (first || same)) {
                  next.role = Finding.Role.NEGATED;
                  continue;
                }
                break;
              }
            }
            break;
          case EXCLUSION:
            hit.role = Finding.Role.IGNORED;
            for (int n = h + 1; n < hits.size(); n++) {
              Hit next = hits.get(n);
              boolean ends = false;
              for (int t = token[hit.last] + 1; t <= token[next.first]; t++) {
                ends |= tokens.gap[t] == Tokens.BREAK;
              }
              if (ends) {
                break;
              }
              next.role = Finding.Role.NEGATED;
            }
            break;
          case CONTRAST:
            if (hit.role == Finding.Role.NEGATED || hit.concept().id().equals("CONTRAST_WITHOUT")) {
              without = true;
            } else if (hit.concept().id().equals("CONTRAST_BOTH")) {
              with = true;
              without = true;
            } else {
              with = true;
            }
            break;
          default:
        }
      }
      if (with) {
        return without ? Contrast.BOTH : Contrast.WITH;
      }
      return without ? Contrast.WITHOUT : Contrast.UNSAID;
    }

    private boolean evidence(Hit hit) {
      if (hit.role != Finding.Role.COUNTED) {
        return false;
      }
      Concept.Kind sort = hit.concept().kind();
      return sort == Concept.Kind.REGION
          || sort == Concept.Kind.ORGAN
          || sort == Concept.Kind.PROCEDURE;
    }

    private void preferAfterCaret() {
      boolean after = false;
      for (Hit hit : hits) {
        after |= hit.afterCaret && evidence(hit);
      }
      if (after) {
        for (Hit hit : hits) {
          if (!hit.afterCaret && Lexicon.isAnatomic(hit.concept().kind())) {
            hit.role = Finding.Role.OUTRANKED;
          }
        }
      }
    }

    private int compose() {
      long present = 0;
      for (Hit hit : hits) {
        if (hit.role == Finding.Role.COUNTED || hit.role == Finding.Role.IGNORED) {
          Integer bit = participants.get(hit.concept().id());
          if (bit != null) {
            present |= 1L << bit;
          }
        }
      }
      int mask = 0;
      if (present != 0) {
        long consumed = 0;
        List<Rule> fired = null;
        for (int r = 0; r < rules.size(); r++) {
          Rule rule = rules.get(r);
          if ((present & rule.needs) != rule.needs
              || (present & rule.forbids) != 0
              || rule.groups != 0 && (rule.groups & groupBit) == 0) {
            continue;
          }
          boolean within = false;
          if (fired != null) {
            for (Rule other : fired) {
              within |= (rule.needs & other.needs) == rule.needs;
            }
          }
          if (within) {
            continue;
          }
          if (fired == null) {
            fired = new ArrayList<>(2);
          }
          fired.add(rule);
          consumed |= rule.needs & ~rule.keeps;
        }
        if (fired != null) {
          for (Rule rule : fired) {
            mask |= ClassIndex.mask(rule.concept.regions());
            StringBuilder keyword = new StringBuilder();
            int from = Integer.MAX_VALUE;
            int to = 0;
            boolean guessed = false;
            for (Hit hit : hits) {
              Integer bit = participants.get(hit.concept().id());
              if (bit != null
                  && (rule.needs >> bit & 1) != 0
                  && hit.role != Finding.Role.NEGATED
                  && hit.role != Finding.Role.OUTRANKED) {
                keyword
                    .append(keyword.length() > 0 ? " " : "")
                    .append(lexicon.term(hit.term).written);
                from = Math.min(from, tokens.from[token[hit.first]]);
                to = Math.max(to, tokens.to[token[hit.last]]);
                guessed |= hit.guessed;
                if ((consumed >> bit & 1) != 0) {
                  hit.role = Finding.Role.COMBINED;
                }
              }
            }
            composed.add(
                new Finding(
                    rule.concept, keyword.toString(), from, to, Finding.Role.COUNTED, guessed));
          }
        }
      }
      for (Hit hit : hits) {
        if (evidence(hit)) {
          mask |= ClassIndex.mask(hit.concept().regions());
        }
      }
      return mask;
    }

    private int general() {
      if (kind == TextKind.SERIES && group != null && !group.equals("MG")) {
        return generalOf(true);
      }
      int mask = generalOf(false);
      if (mask == 0 && group != null && kind == TextKind.STUDY) {
        Concept concept = defaults.get(group);
        if (concept != null) {
          mask = ClassIndex.mask(concept.regions());
          composed.add(new Finding(concept, "", 0, 0, Finding.Role.COUNTED, true));
        }
      }
      return mask;
    }

    private int generalOf(boolean anatomyOnly) {
      Hit first = null;
      int firstOrder = Integer.MAX_VALUE;
      for (Hit hit : hits) {
        if (hit.role == Finding.Role.COUNTED && hit.concept().kind() == Concept.Kind.GENERAL) {
          int its = ClassIndex.mask(hit.concept().regions());
          if (anatomyOnly && its == ClassIndex.bit(Region.WHOLEBODY)) {
            continue;
          }
          int order = Objects.requireNonNull(hit.sense).order;
          if (order < firstOrder) {
            first = hit;
            firstOrder = order;
          }
        }
      }
      if (first == null) {
        return 0;
      }
      for (Hit hit : hits) {
        if (hit != first
            && hit.role == Finding.Role.COUNTED
            && hit.concept().kind() == Concept.Kind.GENERAL
            && hit.concept() != first.concept()) {
          hit.role = Finding.Role.OUTRANKED;
        }
      }
      return ClassIndex.mask(first.concept().regions());
    }

    private int rank(int mask) {
      int whole = ClassIndex.bit(Region.WHOLEBODY);
      int obstetric = ClassIndex.bit(Region.OBSTETRIC);
      int heart = ClassIndex.bit(Region.HEART);
      int breast = ClassIndex.bit(Region.BREAST);
      int chest = ClassIndex.bit(Region.CHEST);
      int spine = ClassIndex.bit(Region.SPINE);
      int levels =
          ClassIndex.bit(Region.SPINE_C)
              | ClassIndex.bit(Region.SPINE_T)
              | ClassIndex.bit(Region.SPINE_L);
      if ((mask & whole) != 0) {
        return whole;
      }
      if ((mask & obstetric) != 0) {
        return obstetric;
      }
      if ((mask & (heart | chest)) == (heart | chest) && "XR".equals(group)) {
        mask &= ~heart;
      } else if ((mask & (heart | breast)) != 0) {
        mask &= ~chest;
      }
      if ((mask & levels) == levels || Integer.bitCount(mask & levels) == 2 && isAlternative()) {
        merged = mask & levels;
        mask = mask & ~levels | spine;
      } else if ((mask & levels) != 0) {
        mask &= ~spine;
      }
      return mask;
    }

    /** Whether an "or" stands between two that count: which of them it was, nobody says. */
    private boolean isAlternative() {
      for (int h = 1; h + 1 < hits.size(); h++) {
        if (hits.get(h).concept().id().equals(Lexicon.ALTERNATIVE)
            && isPart(hits.get(h - 1))
            && isPart(hits.get(h + 1))) {
          return true;
        }
      }
      return false;
    }

    private boolean isPart(Hit hit) {
      return evidence(hit) || hit.role == Finding.Role.COMBINED;
    }

    private @Nullable String focus(int mask) {
      String focus = null;
      for (Finding finding : composed) {
        String its = finding.concept().focus();
        if (its != null) {
          if (focus != null && !focus.equals(its)) {
            return null;
          }
          focus = its;
        }
      }
      for (Hit hit : hits) {
        if (!evidence(hit)
            && !(hit.role == Finding.Role.COUNTED
                && hit.concept().kind() == Concept.Kind.GENERAL)) {
          continue;
        }
        if ((ClassIndex.mask(hit.concept().regions()) & (mask | merged)) == 0) {
          hit.role = Finding.Role.OUTRANKED;
          continue;
        }
        String its = hit.concept().focus();
        if (its != null) {
          if (focus != null && !focus.equals(its)) {
            return null;
          }
          focus = its;
        }
      }
      return focus;
    }

    private List<ClassMatch> matches(int mask, @Nullable String focus, boolean weak) {
      List<ClassMatch> matches = new ArrayList<>(2);
      StudyClass named = null;
      String keyword = "";
      if (!keywords.isEmpty()) {
        Map<StudyClass, Integer> byKeyword = new LinkedHashMap<>();
        for (Hit hit : keywords) {
          Lexicon.Term term = lexicon.term(hit.term);
          for (Lexicon.Sense sense : term.classes) {
            StudyClass studyClass = Objects.requireNonNull(sense.studyClass);
            if (group == null || studyClass.modality().equals(group)) {
              byKeyword.merge(studyClass, term.letters, Math::max);
            }
          }
        }
        int union = 0;
        int longest = 0;
        for (Map.Entry<StudyClass, Integer> entry : byKeyword.entrySet()) {
          union |= ClassIndex.mask(entry.getKey().regions());
          if (entry.getValue() > longest) {
            longest = entry.getValue();
            named = entry.getKey();
          }
        }
        if (byKeyword.size() > 1 && named != null) {
          StudyClass all = classes.exact(named.modality(), rank(union), null);
          if (all != null && rank(union) != ClassIndex.mask(named.regions())) {
            named = all;
          }
        }
        if (named != null && mask != 0 && (mask & ~ClassIndex.mask(named.regions())) != 0) {
          StudyClass composed = classes.exact(named.modality(), mask, focus);
          if (composed != null) {
            named = null;
          }
        }
        StringBuilder words = new StringBuilder();
        for (Hit hit : keywords) {
          words.append(words.length() > 0 ? " + " : "").append(lexicon.term(hit.term).written);
        }
        keyword = words.toString();
      }
      if (named != null) {
        add(matches, named, Strength.STRONG, keyword);
      }
      if (mask != 0) {
        if (group != null) {
          matchRegions(matches, group, mask, focus, weak, keywords());
        } else {
          for (String any : new TreeSet<>(classes.groups())) {
            matchRegions(matches, any, mask, focus, true, keywords());
          }
        }
      }
      int certain = matches.size();
      for (int i = 0; i < certain; i++) {
        for (String parent : matches.get(i).studyClass().parents()) {
          StudyClass general = classes.byCode(parent);
          if (general != null) {
            add(matches, general, Strength.GENERAL, matches.get(i).keyword());
          }
        }
      }
      return matches;
    }

    private void matchRegions(
        List<ClassMatch> matches,
        String of,
        int mask,
        @Nullable String focus,
        boolean weak,
        String keyword) {
      StudyClass exact = classes.exact(of, mask, focus);
      if (exact != null) {
        boolean guessed = weak;
        if (!guessed) {
          guessed = guessedAll();
        }
        add(matches, exact, guessed ? Strength.WEAK : Strength.STRONG, keyword);
      } else {
        StudyClass nearest = classes.nearest(of, mask);
        if (nearest != null) {
          add(matches, nearest, Strength.WEAK, keyword);
        }
      }
    }

    private boolean guessedAll() {
      for (Hit hit : hits) {
        if (evidence(hit) && !hit.guessed) {
          return false;
        }
      }
      for (Finding finding : composed) {
        if (!finding.guessed()) {
          return false;
        }
      }
      return true;
    }

    private void add(List<ClassMatch> matches, StudyClass of, Strength strength, String keyword) {
      for (int i = 0; i < matches.size(); i++) {
        if (matches.get(i).studyClass().code().equals(of.code())) {
          return;
        }
      }
      matches.add(new ClassMatch(of, strength, keyword));
    }

    private String keywords() {
      Set<String> words = new LinkedHashSet<>();
      for (Finding finding : composed) {
        words.add(finding.keyword());
      }
      for (Hit hit : hits) {
        if (evidence(hit)
            || hit.role == Finding.Role.COUNTED && hit.concept().kind() == Concept.Kind.GENERAL) {
          words.add(lexicon.term(hit.term).written);
        }
      }
      words.remove("");
      return String.join(" + ", words);
    }

    private Laterality laterality() {
      boolean left = false;
      boolean right = false;
      for (Hit hit : hits) {
        if (hit.concept().kind() == Concept.Kind.LATERALITY) {
          String id = hit.concept().id();
          left |= id.equals("LEFT") || id.equals("BOTH_SIDES");
          right |= id.equals("RIGHT") || id.equals("BOTH_SIDES");
        }
      }
      if (left) {
        return right ? Laterality.BOTH : Laterality.LEFT;
      }
      return right ? Laterality.RIGHT : Laterality.UNSAID;
    }

    private List<Finding> findings() {
      List<Finding> all = new ArrayList<>(hits.size() + composed.size());
      for (Hit hit : hits) {
        all.add(
            new Finding(
                hit.concept(),
                lexicon.term(hit.term).written,
                tokens.from[token[hit.first]],
                tokens.to[token[hit.last]],
                hit.role,
                hit.guessed));
      }
      all.addAll(composed);
      return all;
    }

    private Set<Region> regions(int mask) {
      EnumSet<Region> regions = EnumSet.noneOf(Region.class);
      for (Region region : Region.values()) {
        if ((mask & ClassIndex.bit(region)) != 0) {
          regions.add(region);
        }
      }
      return regions;
    }
  }

  /**
   * Collects what a matcher is compiled from.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder {
    private final Catalogue catalogue;
    private @Nullable Collection<Concept> vocabulary;
    private boolean misspellings = true;

    private Builder(Catalogue catalogue) {
      this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
    }

    /**
     * Takes the concepts from elsewhere, for a catalogue whose classes name regions but which has
     * no vocabulary of its own.
     *
     * @param concepts the vocabulary, for instance the default catalogue's
     * @return this builder
     */
    public Builder vocabulary(Collection<Concept> concepts) {
      this.vocabulary = List.copyOf(concepts);
      return this;
    }

    /**
     * Mends words that are one slip away from the name of a region, an organ or a procedure with
     * seven letters or more: a letter too many or too few, two in the wrong order, or, from eight
     * letters on, a vowel for a vowel or a neighbour on the keyboard. The first letter is taken as
     * right, and nothing is mended that could mean two things. What is mended counts as guessed. On
     * unless told otherwise.
     *
     * @param mend whether to
     * @return this builder
     */
    public Builder misspellings(boolean mend) {
      this.misspellings = mend;
      return this;
    }

    /**
     * Compiles the matcher.
     *
     * @return a matcher
     * @throws IllegalArgumentException if a composition names a concept that is not there
     */
    public WordsMatcher build() {
      return new WordsMatcher(this);
    }
  }
}
