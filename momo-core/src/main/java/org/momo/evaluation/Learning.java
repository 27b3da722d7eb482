package org.momo.evaluation;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;
import org.momo.spi.ConfigurationException;
import org.momo.study.Header;
import org.momo.study.Series;
import org.momo.study.Study;
import org.momo.study.Tag;

/**
 * From studies whose right class a person said, the table entries that would have led there: whole
 * study descriptions, and keywords of one to three words.
 *
 * <p>An entry is proposed when enough corrected studies of one class share it and at least one of
 * them is not answered so today. What speaks against it is counted too: corrected studies of
 * another class, and other studies that have the text and another answer today. Words with digits
 * are never proposed, since they may be numbers of patients or dates; nor is what fewer studies
 * share than asked for, since it may name one of them.
 *
 * <p>Nothing is changed: {@link Lessons#writeOverlay} writes what a person accepted, and {@link
 * Replay} shows what that does.
 *
 * <p>Memory grows with the number of studies and of different texts, a hundred bytes or so each.
 *
 * <p>This class is immutable.
 */
public final class Learning {
  private static final int MOST_TEXTS = 64;
  private static final int LONGEST_TEXT = 256;
  private static final int MOST_WORDS = 40;
  private static final int LONGEST_KEYWORD = 3;
  private static final int MOST_DOUBTFUL = 3;
  private static final Pattern SPLIT = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int[] TEXTS = {
    Tag.STUDY_DESCRIPTION,
    Tag.REQUESTED_PROCEDURE_DESCRIPTION,
    Tag.PERFORMED_PROCEDURE_STEP_DESCRIPTION,
    Tag.SERIES_DESCRIPTION,
    Tag.PROTOCOL_NAME,
    Tag.BODY_PART_EXAMINED
  };

  private final Subject current;
  private final Labels corrections;
  private final int support;
  private final Progress progress;
  private final long total;

  private Learning(Builder builder) {
    this.current = builder.current;
    this.corrections = builder.corrections;
    this.support = builder.support;
    this.progress = builder.progress;
    this.total = builder.total;
  }

  /**
   * Starts.
   *
   * @param current the configuration whose table is to learn
   * @param corrections studies with their right class
   * @return a builder that asks for two studies that share an entry
   * @throws ConfigurationException if a correction names no class, or one that the catalogue lacks
   * @throws NullPointerException if an argument is null
   */
  public static Builder builder(Subject current, Labels corrections) {
    return new Builder(current, corrections);
  }

  /** A study, as far as it matters here. */
  private record Case(Set<String> groups, String today, @Nullable String right, int[] texts) {
    boolean isWrong() {
      return right != null && !right.equals(today);
    }
  }

  /** What a study without correction is answered with, and the groups of its modalities. */
  private record Elsewhere(Set<String> groups, String today) {}

  /** A text or a keyword, and the studies that have it. */
  private static final class Feature {
    final Proposal.Kind kind;
    final String text;
    final BitSet corrected = new BitSet();
    final Map<Elsewhere, Integer> others = new HashMap<>();
    private int last = -1;

    Feature(Proposal.Kind kind, String text) {
      this.kind = kind;
      this.text = text;
    }

    /** Counts a study once, however many of its texts have the feature. */
    void add(int number, int index, Case each) {
      if (last == number) {
        return;
      }
      last = number;
      if (each.right != null) {
        corrected.set(index);
      } else {
        others.merge(new Elsewhere(each.groups, each.today), 1, Integer::sum);
      }
    }

    BitSet of(BitSet studies) {
      BitSet both = (BitSet) corrected.clone();
      both.and(studies);
      return both;
    }
  }

  /**
   * Looks at all studies.
   *
   * @param studies the corrected ones and, so that conflicts show, as many others as there are
   * @return what the corrections would teach
   */
  public Lessons run(Iterator<Study> studies) {
    Texts texts = new Texts();
    List<Case> cases = new ArrayList<>();
    Map<Set<String>, Set<String>> groupSets = new HashMap<>();
    Set<String> found = new HashSet<>();
    progress.at(0, total);
    while (studies.hasNext()) {
      Study study = studies.next();
      Label label = corrections.find(study).orElse(null);
      if (label != null) {
        found.add(label.key());
      }
      Set<String> groups = groupSets.computeIfAbsent(groups(study), g -> g);
      String right = label == null ? null : right(label);
      cases.add(new Case(groups, today(study), right, texts.of(study)));
      progress.at(cases.size(), total);
    }
    List<Case> corrected = cases.stream().filter(each -> each.right != null).toList();
    Map<String, BitSet> wrong = new TreeMap<>();
    for (int i = 0; i < corrected.size(); i++) {
      Case each = corrected.get(i);
      if (each.isWrong() && fits(each, each.right)) {
        wrong.computeIfAbsent(String.valueOf(each.right), r -> new BitSet()).set(i);
      }
    }
    List<Feature> features = texts.features(cases, corrected, support);
    List<Proposal> proposals = new ArrayList<>();
    BitSet explained = new BitSet();
    wrong.forEach(
        (code, studiesOfClass) ->
            propose(code, studiesOfClass, features, texts, corrected, proposals, explained));
    proposals.sort(
        Comparator.comparing((Proposal p) -> !p.isClear())
            .thenComparing(Proposal::wrong, Comparator.reverseOrder())
            .thenComparing(Proposal::support, Comparator.reverseOrder())
            .thenComparing(Proposal::code)
            .thenComparing(Proposal::kind)
            .thenComparing(Proposal::text));
    return new Lessons(
        proposals,
        corrected.size(),
        corrected.stream().filter(Case::isWrong).count(),
        explained.cardinality(),
        corrected.stream().filter(c -> c.isWrong() && !fits(c, c.right)).count(),
        corrections.all().size() - found.size());
  }

  private String today(Study study) {
    try {
      return current
          .classifier()
          .apply(study)
          .studyClass()
          .map(StudyClass::code)
          .orElse(ReplayResult.UNDECIDED);
    } catch (RuntimeException e) {
      return ReplayResult.UNDECIDED;
    }
  }

  /** The class that a correction names; null where it leaves a choice. */
  private static @Nullable String right(Label label) {
    Set<String> codes = label.truth().labels();
    return codes.size() == 1 ? codes.iterator().next() : null;
  }

  private Set<String> groups(Study study) {
    Set<String> groups = new TreeSet<>();
    for (Series series : study.series()) {
      current.catalogue().modalityGroup(series.modality()).ifPresent(groups::add);
    }
    return groups;
  }

  /** Whether a study could be of a class, by its modalities. */
  private boolean fits(Case each, @Nullable String code) {
    return code != null
        && current
            .catalogue()
            .find(code)
            .filter(c -> each.groups.contains(c.modality()))
            .isPresent();
  }

  /**
   * Every description that enough studies share, and few keywords that together explain as many
   * wrong answers as can be: again and again the one that explains most of what is left. Where none
   * without conflict is left, the least doubtful ones are named.
   */
  private void propose(
      String code,
      BitSet wrong,
      List<Feature> features,
      Texts texts,
      List<Case> corrected,
      List<Proposal> proposals,
      BitSet explained) {
    Map<Proposal, Feature> keywords = new LinkedHashMap<>();
    for (Feature feature : features) {
      if (!feature.corrected.intersects(wrong) || isKnown(code, feature)) {
        continue;
      }
      Proposal each = weigh(code, feature, texts, corrected);
      if (each.support() < support || each.wrong() == 0) {
        continue;
      }
      if (feature.kind == Proposal.Kind.KEYWORD) {
        keywords.put(each, feature);
      } else {
        proposals.add(each);
        if (each.isClear()) {
          explained.or(feature.of(wrong));
        }
      }
    }
    BitSet left = (BitSet) wrong.clone();
    int doubtful = 0;
    while (!left.isEmpty() && doubtful < MOST_DOUBTFUL) {
      Proposal best = best(keywords, left);
      if (best == null) {
        break;
      }
      proposals.add(best);
      BitSet covered = Objects.requireNonNull(keywords.remove(best)).of(wrong);
      left.andNot(covered);
      if (best.isClear()) {
        explained.or(covered);
      } else {
        doubtful++;
      }
    }
  }

  private boolean isKnown(String code, Feature feature) {
    StudyClass known = current.catalogue().find(code).orElse(null);
    if (known == null) {
      return false;
    }
    return feature.kind == Proposal.Kind.DESCRIPTION
        ? known.descriptions().stream().anyMatch(d -> fold(d).equals(feature.text))
        : known.keywords().values().stream()
            .flatMap(List::stream)
            .anyMatch(k -> String.join(" ", words(k)).equals(feature.text));
  }

  private Proposal weigh(String code, Feature feature, Texts texts, List<Case> corrected) {
    long supporting = 0;
    long wrong = 0;
    long against = 0;
    BitSet having = feature.corrected;
    for (int i = having.nextSetBit(0); i >= 0; i = having.nextSetBit(i + 1)) {
      Case each = corrected.get(i);
      if (fits(each, code)) {
        boolean same = code.equals(each.right);
        supporting += same ? 1 : 0;
        wrong += same && each.isWrong() ? 1 : 0;
        against += same ? 0 : 1;
      }
    }
    String modality = current.catalogue().find(code).map(StudyClass::modality).orElse("");
    long elsewhere = 0;
    for (Map.Entry<Elsewhere, Integer> each : feature.others.entrySet()) {
      String today = each.getKey().today;
      if (each.getKey().groups.contains(modality)
          && !today.equals(code)
          && !today.equals(ReplayResult.UNDECIDED)) {
        elsewhere += each.getValue();
      }
    }
    String text =
        feature.kind == Proposal.Kind.DESCRIPTION ? texts.asTyped(feature.text) : feature.text;
    return new Proposal(feature.kind, code, text, supporting, wrong, against, elsewhere);
  }

  private static @Nullable Proposal best(Map<Proposal, Feature> candidates, BitSet left) {
    Proposal best = null;
    long most = 0;
    for (Map.Entry<Proposal, Feature> each : candidates.entrySet()) {
      long gain = each.getValue().of(left).cardinality();
      if (gain > 0 && (best == null || isBetter(each.getKey(), gain, best, most))) {
        best = each.getKey();
        most = gain;
      }
    }
    return best;
  }

  private static boolean isBetter(Proposal a, long gainOfA, Proposal b, long gainOfB) {
    if (a.isClear() != b.isClear()) {
      return a.isClear();
    }
    double doubtOfA = (double) (a.against() + a.elsewhere()) / gainOfA;
    double doubtOfB = (double) (b.against() + b.elsewhere()) / gainOfB;
    if (doubtOfA != doubtOfB) {
      return doubtOfA < doubtOfB;
    }
    if (gainOfA != gainOfB) {
      return gainOfA > gainOfB;
    }
    if (a.support() != b.support()) {
      return a.support() > b.support();
    }
    int wordsOfA = SPLIT.split(a.text()).length;
    int wordsOfB = SPLIT.split(b.text()).length;
    return wordsOfA != wordsOfB ? wordsOfA < wordsOfB : a.text().length() > b.text().length();
  }

  private static String fold(String text) {
    return BLANKS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT).strip())
        .replaceAll(" ");
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : SPLIT.split(fold(text))) {
      if (!word.isEmpty() && words.size() < MOST_WORDS) {
        words.add(word);
      }
    }
    return words;
  }

  /** The keywords that a text holds: one to three words in a row, without digits. */
  private static Set<String> keywords(String text) {
    List<String> words = words(text);
    Set<String> keywords = new LinkedHashSet<>();
    for (int from = 0; from < words.size(); from++) {
      StringBuilder joined = new StringBuilder();
      for (int i = from; i < Math.min(words.size(), from + LONGEST_KEYWORD); i++) {
        String word = words.get(i);
        if (word.chars().anyMatch(Character::isDigit)) {
          break;
        }
        joined.append(joined.isEmpty() ? "" : " ").append(word);
        if (joined.codePoints().filter(Character::isLetter).count() >= 3) {
          keywords.add(joined.toString());
        }
      }
    }
    return keywords;
  }

  /** The different texts of all studies, each once. */
  private static final class Texts {
    private final Map<String, Integer> known = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final BitSet descriptions = new BitSet();
    private final Map<String, Map<String, Integer>> spellings = new HashMap<>();

    int[] of(Study study) {
      int[] ids = new int[MOST_TEXTS];
      int count = 0;
      for (Series series : study.series()) {
        Header header = series.header();
        for (int tag : TEXTS) {
          String text = header.string(tag).orElse("");
          String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
          if (!cut.isBlank() && count < MOST_TEXTS) {
            int id = id(cut, tag == Tag.STUDY_DESCRIPTION);
            if (Arrays.stream(ids, 0, count).noneMatch(each -> each == id)) {
              ids[count++] = id;
              if (tag == Tag.STUDY_DESCRIPTION) {
                spellings
                    .computeIfAbsent(fold(cut), f -> new TreeMap<>())
                    .merge(cut.strip(), 1, Integer::sum);
              }
            }
          }
        }
      }
      return Arrays.copyOf(ids, count);
    }

    /** A study description is kept apart from the same text of another attribute. */
    private int id(String text, boolean description) {
      String folded = fold(text);
      Integer id = known.putIfAbsent((description ? "d" : "t") + folded, texts.size());
      if (id != null) {
        return id;
      }
      texts.add(folded);
      if (description) {
        descriptions.set(texts.size() - 1);
      }
      return texts.size() - 1;
    }

    /** The most frequent spelling; of equally frequent ones, the first. */
    String asTyped(String folded) {
      String best = folded;
      int most = 0;
      for (Map.Entry<String, Integer> each : spellings.getOrDefault(folded, Map.of()).entrySet()) {
        if (each.getValue() > most) {
          best = each.getKey();
          most = each.getValue();
        }
      }
      return best;
    }

    /** What enough corrected studies have, with all studies that have it, in a fixed order. */
    List<Feature> features(List<Case> cases, List<Case> corrected, int support) {
      List<Set<String>> keywordsByText = new ArrayList<>();
      texts.forEach(text -> keywordsByText.add(Set.of()));
      Map<String, Integer> counts = new HashMap<>();
      BitSet described = new BitSet();
      for (Case each : corrected) {
        Set<String> keywords = new HashSet<>();
        for (int id : each.texts) {
          if (keywordsByText.get(id).isEmpty()) {
            keywordsByText.set(id, Learning.keywords(texts.get(id)));
          }
          keywords.addAll(keywordsByText.get(id));
          described.set(id, descriptions.get(id));
        }
        keywords.forEach(word -> counts.merge(word, 1, Integer::sum));
      }
      Map<String, Feature> keywords = new TreeMap<>();
      counts.forEach(
          (word, count) -> {
            if (count >= support) {
              keywords.put(word, new Feature(Proposal.Kind.KEYWORD, word));
            }
          });
      List<Feature> features = new ArrayList<>(keywords.values());
      List<List<Feature>> byText = new ArrayList<>();
      for (int id = 0; id < texts.size(); id++) {
        List<Feature> here = new ArrayList<>();
        for (String word : Learning.keywords(texts.get(id))) {
          Feature feature = keywords.get(word);
          if (feature != null) {
            here.add(feature);
          }
        }
        if (described.get(id)) {
          Feature feature = new Feature(Proposal.Kind.DESCRIPTION, texts.get(id));
          features.add(feature);
          here.add(feature);
        }
        byText.add(here);
      }
      int index = 0;
      for (int i = 0; i < cases.size(); i++) {
        Case each = cases.get(i);
        for (int id : each.texts) {
          for (Feature feature : byText.get(id)) {
            feature.add(i, index, each);
          }
        }
        index += each.right == null ? 0 : 1;
      }
      return features;
    }
  }

  /**
   * Collects the settings.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder {
    private final Subject current;
    private final Labels corrections;
    private int support = 2;
    private Progress progress = Progress.SILENT;
    private long total = -1;

    private Builder(Subject current, Labels corrections) {
      this.current = Objects.requireNonNull(current, "current");
      this.corrections = Objects.requireNonNull(corrections, "corrections");
      Catalogue catalogue = current.catalogue();
      for (Label label : corrections.all()) {
        for (String code : label.truth().labels()) {
          if (catalogue.find(code).isEmpty()) {
            throw new ConfigurationException(
                "the correction of "
                    + label.key()
                    + " names "
                    + (code.length() > 40 ? code.substring(0, 40) + "…" : code)
                    + ", which is no class of the catalogue "
                    + catalogue.name());
          }
        }
      }
    }

    /**
     * Says how many corrected studies must share an entry.
     *
     * @param studies 1 or more; with 1, a text that names a patient may be proposed
     * @return this builder
     * @throws IllegalArgumentException if {@code studies} is below 1
     */
    public Builder support(int studies) {
      if (studies < 1) {
        throw new IllegalArgumentException("support must be 1 or more: was " + studies);
      }
      support = studies;
      return this;
    }

    /**
     * Says who hears of the progress.
     *
     * @param listener counts studies
     * @param studies how many there will be, or -1 where nobody knows
     * @return this builder
     * @throws NullPointerException if {@code listener} is null
     */
    public Builder progress(Progress listener, long studies) {
      progress = Objects.requireNonNull(listener, "listener");
      total = studies;
      return this;
    }

    /**
     * Makes it.
     *
     * @return what looks at studies, with what was set so far
     */
    public Learning build() {
      return new Learning(this);
    }
  }
}
