package org.momo.metadata.published;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Catalogue;
import org.momo.decision.StudyClass;

/*
 * The longest stretch that a text shares with a keyword, by the published order of preference: a
 * class of priority; a whole keyword; the longest stretch; of the same stretch, the class with the
 * fewest keywords. Two different stretches of the same length cancel each other.
 *
 * Whole keywords are found by search. For parts of keywords the grams of the least inner length
 * point to the keywords that can share a stretch at all, so that few are compared letter by letter.
 */
/**
 * The substring matcher of the published system, for parity with its results. It knows no word
 * boundaries: "hippocampus" holds "hip".
 *
 * <p>This class is immutable and thread-safe.
 */
public final class PublishedMatcher {
  private final Reduction reduction;
  private final int leastExact;
  private final int leastInner;
  private final Map<String, Group> groups = new HashMap<>();

  /** The keywords of one modality group. */
  private static final class Group {
    final List<Keyword> keywords = new ArrayList<>();
    final Map<String, List<Keyword>> byGram = new HashMap<>();
  }

  /** One keyword of one class, reduced. */
  private record Keyword(
      String text, StudyClass studyClass, int keywordsOfClass, boolean priority) {}

  private PublishedMatcher(Builder builder) {
    this.reduction = new Reduction(builder.blacklist);
    this.leastExact = builder.leastExact;
    this.leastInner = builder.leastInner;
    for (StudyClass studyClass : builder.catalogue.classes()) {
      add(studyClass, builder);
    }
  }

  private void add(StudyClass studyClass, Builder builder) {
    List<String> words =
        builder.modalityWords.getOrDefault(studyClass.modality(), List.of(studyClass.modality()));
    List<String> alternatives =
        studyClass.keywords().values().stream().flatMap(List::stream).toList();
    Set<String> reduced = new LinkedHashSet<>();
    reduced.add(reduction.reduce(studyClass.name()));
    words.forEach(word -> reduced.add(reduction.reduce(studyClass.name() + word)));
    for (String alternative : alternatives) {
      reduced.add(reduction.reduce(alternative));
      for (String word : words) {
        reduced.add(reduction.reduce(alternative + word));
        reduced.add(reduction.reduce(word + alternative));
      }
    }
    reduced.remove("");
    boolean priority = builder.priorities.contains(studyClass.code());
    Group group = groups.computeIfAbsent(studyClass.modality(), g -> new Group());
    for (String text : reduced) {
      Keyword keyword = new Keyword(text, studyClass, alternatives.size(), priority);
      group.keywords.add(keyword);
      Set<String> grams = new LinkedHashSet<>();
      for (int i = 0; i + leastInner <= text.length(); i++) {
        grams.add(text.substring(i, i + leastInner));
      }
      grams.forEach(
          gram -> group.byGram.computeIfAbsent(gram, g -> new ArrayList<>()).add(keyword));
    }
  }

  /**
   * Starts a matcher with the published defaults for study descriptions.
   *
   * @param catalogue the classes and their keywords
   * @return a builder
   */
  public static Builder builder(Catalogue catalogue) {
    return new Builder(catalogue);
  }

  /**
   * Matches a text against the classes of a modality group.
   *
   * @param text a text; may be empty
   * @param modalityGroup the only group whose classes are considered
   * @return the class, or empty where nothing is long enough or two stretches are equally good
   */
  public Optional<PublishedMatch> match(String text, String modalityGroup) {
    Group group = groups.get(modalityGroup);
    String reduced = reduction.reduce(text);
    if (group == null || reduced.isEmpty()) {
      return Optional.empty();
    }
    Best exact = new Best();
    for (Keyword keyword : group.keywords) {
      if (keyword.text.length() >= leastExact && reduced.contains(keyword.text)) {
        if (keyword.priority) {
          return Optional.of(new PublishedMatch(keyword.studyClass, true, keyword.text));
        }
        exact.offer(keyword, keyword.text);
      }
    }
    if (exact.keyword != null) {
      return exact.match(true);
    }
    Best inner = new Best();
    Set<Keyword> possible = new LinkedHashSet<>();
    for (int i = 0; i + leastInner <= reduced.length(); i++) {
      possible.addAll(group.byGram.getOrDefault(reduced.substring(i, i + leastInner), List.of()));
    }
    for (Keyword keyword : group.keywords) {
      if (possible.contains(keyword)) {
        inner.offer(keyword, longestCommon(reduced, keyword.text));
      }
    }
    return inner.match(false);
  }

  private static String longestCommon(String a, String b) {
    int[] row = new int[b.length() + 1];
    int longest = 0;
    int end = 0;
    for (int i = 0; i < a.length(); i++) {
      for (int j = b.length(); j > 0; j--) {
        row[j] = a.charAt(i) == b.charAt(j - 1) ? row[j - 1] + 1 : 0;
        if (row[j] > longest) {
          longest = row[j];
          end = i + 1;
        }
      }
    }
    return a.substring(end - longest, end);
  }

  /** The best stretch so far. */
  private static final class Best {
    @Nullable Keyword keyword;
    String common = "";
    boolean contested;

    void offer(Keyword other, String stretch) {
      if (keyword == null || stretch.length() > common.length()) {
        keyword = other;
        common = stretch;
        contested = false;
      } else if (stretch.length() == common.length()) {
        if (!stretch.equals(common)) {
          contested = true;
        } else if (other.keywordsOfClass < keyword.keywordsOfClass) {
          keyword = other;
        }
      }
    }

    Optional<PublishedMatch> match(boolean exact) {
      return keyword == null || contested
          ? Optional.empty()
          : Optional.of(new PublishedMatch(keyword.studyClass, exact, common));
    }
  }

  /**
   * Collects how a matcher compares.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder {
    private final Catalogue catalogue;
    private int leastExact = 4;
    private int leastInner = 6;
    private List<String> blacklist = Reduction.BLACKLIST;
    private List<String> priorities = List.of("CTH", "PCTH");
    private final Map<String, List<String>> modalityWords = new LinkedHashMap<>();

    private Builder(Catalogue catalogue) {
      this.catalogue = Objects.requireNonNull(catalogue, "catalogue");
      modalityWords.put("PT", List.of("PT", "PET CT", "CT PET"));
      modalityWords.put("MR", List.of("MRT", "MR"));
      modalityWords.put("MRPET", List.of("MRT PET", "PET MRT", "PET MR", "MR PET"));
    }

    /**
     * The fewest letters of a whole keyword that counts.
     *
     * @param letters 1 or more; 4 unless said, 3 in the published series vote
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder leastExact(int letters) {
      this.leastExact = positive("leastExact", letters);
      return this;
    }

    /**
     * The fewest letters of a part of a keyword that counts.
     *
     * @param letters 1 or more; 6 unless said
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder leastInner(int letters) {
      this.leastInner = positive("leastInner", letters);
      return this;
    }

    /**
     * The words that are deleted before texts are compared.
     *
     * @param words words in reduced form
     * @return this builder
     */
    public Builder blacklist(Collection<String> words) {
      this.blacklist = List.copyOf(words);
      return this;
    }

    /**
     * The classes that win as soon as a whole keyword of theirs is found.
     *
     * @param codes class codes; those that the catalogue lacks are of no effect
     * @return this builder
     */
    public Builder priorities(Collection<String> codes) {
      this.priorities = List.copyOf(codes);
      return this;
    }

    /**
     * The words for a modality group that keywords are joined with.
     *
     * @param group the group
     * @param words the words; the group's own name where none are said
     * @return this builder
     */
    public Builder modalityWords(String group, Collection<String> words) {
      modalityWords.put(group, List.copyOf(words));
      return this;
    }

    /**
     * Makes the matcher.
     *
     * @return a matcher
     */
    public PublishedMatcher build() {
      return new PublishedMatcher(this);
    }

    private static int positive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be 1 or more: was " + value);
      }
      return value;
    }
  }
}
