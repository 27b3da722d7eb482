package org.momo.metadata.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.momo.decision.Concept;
import org.momo.decision.StudyClass;

/*
 * All terms of a catalogue as one automaton. Words become numbers in one table; a term is a path of
 * word numbers in a trie. Reading a text looks each token up once and follows the trie, so the cost
 * is that of the text, however many terms there are.
 *
 * A token that is no word is taken apart or completed, in this order: plural and genitive endings;
 * camel case; a compound of words of one language from end to end; a beginning of words that all
 * mean the same; a stem under another ending; a word without its vowels; and, where asked for, a
 * word one letter away.
 */
/** The compiled words of a catalogue. This class is immutable once built. */
final class Lexicon {
  /** Words that stand between others and are skipped inside of a term: of, the, with, or. */
  private static final Set<String> FILLERS = Set.of("FUNCTION_WORD", "ADDITION", "ALTERNATIVE");

  /** The concept of a word that says one of two. */
  static final String ALTERNATIVE = "ALTERNATIVE";

  /** The concept of what is done to a patient beside imaging. */
  static final String INTERVENTION = "INTERVENTION";

  private static final int MAX_TERM_WORDS = 12;
  private static final int MAX_COMPOUND = 40;
  private static final int MAX_PARTS = 5;
  private static final int MAX_RANGE = 96;
  private static final String[] LINKS = {"s", "es", "n", "en", "er", "e", "o", "i", "a"};
  private static final int MIN_STEM = 5;
  private static final int MAX_SLIPS = 24;

  /** What Slavic and Romance languages change at the end of a stem. */
  private static final List<String> CHANGING_ENDINGS =
      List.of(
          ("a e i o u y ie ia ii io iu em om um us is es os as am im ym ech ach ich ych ami mi ou"
                  + " ow ej ego iego emu iemu ho mu ni na ne ny ova ove ovy owa owe owy al ale ali"
                  + " ul ului ei ilor elor le")
              .split(" "));

  /** What the inflecting languages hang on a whole word: declensions, articles, possessives. */
  private static final Set<String> ENDINGS = new HashSet<>(CHANGING_ENDINGS);

  static {
    ENDINGS.addAll(
        List.of(
            ("lor si su in nin nun ler lar leri lari en et er ar or arna erna orna ens ets nen n t"
                    + " ta tu ya yi ye")
                .split(" ")));
  }

  /** One meaning of a term. */
  static final class Sense {
    final @Nullable Concept concept;
    final @Nullable StudyClass studyClass;

    /** The modality groups that its concept names, as bits of {@link Lexicon#group}. */
    final long groups;

    final boolean modality;
    final boolean anatomic;

    /** Whether what it stands before comes along with something: with, plus. */
    final boolean addition;

    /** Whether what it stands beside is a means to something: guided, under control. */
    final boolean guidance;

    final int order;
    long languages;

    Sense(@Nullable Concept concept, @Nullable StudyClass studyClass, long groups, int order) {
      this.concept = concept;
      this.studyClass = studyClass;
      this.groups = groups;
      this.modality = concept != null && concept.kind() == Concept.Kind.MODALITY;
      this.anatomic = concept != null && isAnatomic(concept.kind());
      this.addition = concept != null && concept.id().equals("ADDITION");
      this.guidance = concept != null && concept.id().equals("GUIDANCE");
      this.order = order;
    }

    /** Whether it is meant in a modality group, given as its bit; 0 where the group is unknown. */
    boolean isMeant(long group) {
      return groups == 0 || modality || (groups & group) != 0;
    }
  }

  /** A term: how it is written, and all that it can mean. */
  static final class Term {
    final String written;
    final int letters;
    final int words;
    Sense[] senses = {};
    Sense[] classes = {};

    /** The languages of all senses. */
    long languages;

    Term(String written, int letters, int words) {
      this.written = written;
      this.letters = letters;
      this.words = words;
    }
  }

  final Tokenizer tokenizer = new Tokenizer();
  final List<String> languages;
  final List<Composition> compositions = new ArrayList<>();
  private final WordTable words = new WordTable();
  private final Transitions sequences = new Transitions();
  private final SpellingTrie spelling;
  private final Slips slips;
  private final List<Term> terms = new ArrayList<>();
  private int[] accepts = new int[1 << 10];
  private int[] single = {};
  private boolean[] filler = {};
  private int[] sorted = {};
  private Map<String, Integer> skeletons = Map.of();
  private final boolean misspellings;
  private final Map<String, Long> groups = new HashMap<>();

  /** What concepts mean together. */
  static final class Composition {
    final Concept concept;
    final Set<String> parts;

    Composition(Concept concept, Set<String> parts) {
      this.concept = concept;
      this.parts = parts;
    }
  }

  Lexicon(Collection<Concept> concepts, Collection<StudyClass> classes, boolean misspellings) {
    this.misspellings = misspellings;
    Arrays.fill(accepts, -1);
    Set<String> found = new LinkedHashSet<>();
    found.add("*");
    found.add("en");
    Map<String, List<String>> sorter = new TreeMap<>();
    concepts.forEach(c -> sorter.putAll(c.terms()));
    classes.forEach(c -> sorter.putAll(c.keywords()));
    found.addAll(sorter.keySet());
    if (found.size() > 63) {
      throw new IllegalArgumentException(
          "a catalogue can have words in at most 62 languages: this one has " + found.size());
    }
    languages = List.copyOf(found);
    int order = 0;
    for (Concept concept : concepts) {
      Sense sense = new Sense(concept, null, groups(concept.modalities()), order++);
      for (Map.Entry<String, List<String>> entry : concept.terms().entrySet()) {
        boolean composed = concept.kind() == Concept.Kind.COMPOSED && entry.getKey().equals("*");
        for (String term : entry.getValue()) {
          if (composed) {
            compositions.add(
                new Composition(
                    concept, new LinkedHashSet<>(Arrays.asList(term.strip().split("\\s+")))));
          } else {
            add(term, entry.getKey(), sense);
          }
        }
      }
    }
    for (StudyClass studyClass : classes) {
      Sense sense = new Sense(null, studyClass, 0, order++);
      for (Map.Entry<String, List<String>> entry : studyClass.keywords().entrySet()) {
        for (String keyword : entry.getValue()) {
          add(keyword, entry.getKey(), sense);
        }
      }
    }
    spelling = freeze();
    slips = new Slips(spelling);
  }

  private void add(String term, String language, Sense sense) {
    long bit = 1L << languages.indexOf(language);
    int written = tokenizer.tokenize(term, 200).count;
    for (String variant : variants(term)) {
      Tokens tokens = tokenizer.tokenize(variant, 200);
      if (tokens.count == 0 || tokens.count > MAX_TERM_WORDS || tokens.count != written) {
        continue;
      }
      int node = 0;
      int letters = 0;
      for (int i = 0; i < tokens.count; i++) {
        int word = words.add(tokens.chars, tokens.start[i], tokens.end[i]);
        letters += tokens.end[i] - tokens.start[i];
        node = sequences.grow(node, word);
      }
      accepts = room(accepts, node);
      if (accepts[node] < 0) {
        accepts[node] = terms.size();
        terms.add(new Term(term, letters, tokens.count));
      }
      Term entry = terms.get(accepts[node]);
      entry.languages |= sense.concept != null ? bit : 0;
      boolean known = false;
      Sense[] present = sense.concept != null ? entry.senses : entry.classes;
      for (Sense other : present) {
        if (other.concept == sense.concept && other.studyClass == sense.studyClass) {
          other.languages |= bit;
          known = true;
        }
      }
      if (!known) {
        Sense copy = new Sense(sense.concept, sense.studyClass, sense.groups, sense.order);
        copy.languages = bit;
        Sense[] more = Arrays.copyOf(present, present.length + 1);
        more[present.length] = copy;
        if (sense.concept != null) {
          entry.senses = more;
        } else {
          entry.classes = more;
        }
      }
    }
  }

  /** The bits of modality groups, which are given as they come. */
  long groups(Collection<String> names) {
    long bits = 0;
    for (String name : names) {
      if (!groups.containsKey(name)) {
        if (groups.size() == 62) {
          throw new IllegalArgumentException(
              "concepts can be of at most 62 modality groups: " + name + " is one more");
        }
        groups.put(name, 1L << groups.size());
      }
      bits |= groups.getOrDefault(name, 0L);
    }
    return bits;
  }

  /** The bit of a modality group; 0 where no concept names it. */
  long group(@Nullable String name) {
    return name == null ? 0 : groups.getOrDefault(name, 0L);
  }

  Set<String> groups() {
    return groups.keySet();
  }

  static boolean isAnatomic(Concept.Kind kind) {
    return kind == Concept.Kind.REGION
        || kind == Concept.Kind.ORGAN
        || kind == Concept.Kind.PROCEDURE
        || kind == Concept.Kind.GENERAL;
  }

  /** A term as written, with its umlauts written out, and with each special letter lost. */
  private static Set<String> variants(String term) {
    Set<String> all = new LinkedHashSet<>();
    all.add(term);
    StringBuilder plain = new StringBuilder();
    boolean umlaut = false;
    boolean special = false;
    for (int i = 0; i < term.length(); i++) {
      char c = term.charAt(i);
      int at = "äöüÄÖÜåø".indexOf(c);
      if (at >= 0) {
        umlaut = true;
        plain.append("ae,oe,ue,AE,OE,UE,aa,oe".split(",")[at]);
      } else {
        plain.append(c);
      }
      special |= isMarkedLatin(c);
    }
    if (umlaut) {
      all.add(plain.toString());
    }
    if (special && term.length() >= 4) {
      StringBuilder lost = new StringBuilder();
      for (int i = 0; i < term.length(); i++) {
        char c = term.charAt(i);
        lost.append(isMarkedLatin(c) ? Tokenizer.REPLACED : c);
      }
      all.add(lost.toString());
    }
    if (term.length() >= 6 && (term.contains("ae") || term.contains("oe") || term.contains("ue"))) {
      all.add(term.replace("ae", "a").replace("oe", "o").replace("ue", "u"));
    }
    return all;
  }

  private static boolean isMarkedLatin(char c) {
    return (c >= 0xc0 && c < 0x250 || c >= 0x1e00 && c < 0x1f00) && Character.isLetter(c);
  }

  private static int[] room(int[] array, int index) {
    if (index < array.length) {
      return array;
    }
    int[] more = Arrays.copyOf(array, Math.max(array.length * 2, index + 1));
    Arrays.fill(more, array.length, more.length, -1);
    return more;
  }

  /** Writes down what is looked up, once the last term is added; the trie of all words. */
  private SpellingTrie freeze() {
    int n = words.size();
    String[] spellings = new String[n];
    List<Integer> spelled = new ArrayList<>();
    single = new int[n];
    filler = new boolean[n];
    Integer[] alphabet = new Integer[n];
    Map<String, Integer> bones = new HashMap<>();
    for (int w = 0; w < n; w++) {
      alphabet[w] = w;
      spellings[w] = words.word(w);
      int node = sequences.next(0, w);
      int term = node < 0 || node >= accepts.length ? -1 : accepts[node];
      single[w] = term;
      filler[w] = term >= 0 && isFiller(terms.get(term));
      int length = words.length(w);
      if (term >= 0 && length >= 2 && Character.isLetter(words.charAt(w, 0))) {
        spelled.add(w);
        if (length >= 5) {
          String bone = skeleton(spellings[w]);
          if (bone.length() >= 4) {
            Integer other = bones.get(bone);
            if (other == null) {
              bones.put(bone, w);
            } else if (other >= 0 && !sameMeaning(w, other)) {
              bones.put(bone, -1);
            }
          }
        }
      }
    }
    skeletons = Map.copyOf(bones);
    Arrays.sort(alphabet, (a, b) -> spellings[a].compareTo(spellings[b]));
    sorted = new int[n];
    for (int i = 0; i < n; i++) {
      sorted[i] = alphabet[i];
    }
    accepts = room(accepts, sequences.nodes());
    compositions.sort((a, b) -> Integer.compare(b.parts.size(), a.parts.size()));
    return SpellingTrie.of(spellings, spelled.toArray(new Integer[0]));
  }

  private static boolean isFiller(Term term) {
    for (Sense sense : term.senses) {
      if (sense.concept != null && FILLERS.contains(sense.concept.id())) {
        return true;
      }
    }
    return false;
  }

  private boolean sameMeaning(int word, int other) {
    if (single[word] < 0 || single[other] < 0) {
      return false;
    }
    Sense[] a = terms.get(single[word]).senses;
    Sense[] b = terms.get(single[other]).senses;
    if (a.length == 0 || b.length == 0) {
      return false;
    }
    Concept one = a[0].concept;
    Concept two = b[0].concept;
    return one != null
        && two != null
        && (one == two
            || one.regions().equals(two.regions())
                && one.kind() != Concept.Kind.PART
                && two.kind() != Concept.Kind.PART
                && (!one.regions().isEmpty() || one.kind() == two.kind()));
  }

  /** Whether all that one word says of regions, another says too. */
  private boolean means(int less, int more) {
    Sense[] a = terms.get(single[less]).senses;
    Sense[] b = terms.get(single[more]).senses;
    if (a.length == 0 || b.length == 0) {
      return false;
    }
    Concept one = a[0].concept;
    Concept two = b[0].concept;
    return one != null
        && two != null
        && !one.regions().isEmpty()
        && two.regions().containsAll(one.regions());
  }

  Term term(int index) {
    return terms.get(index);
  }

  int find(Tokens tokens, int token) {
    return words.find(tokens.chars, tokens.start[token], tokens.end[token]);
  }

  boolean isFiller(int word) {
    return word >= 0 && filler[word];
  }

  /** The single-word term of a word, or -1. */
  int single(int word) {
    return word < 0 ? -1 : single[word];
  }

  String word(int word) {
    return words.word(word);
  }

  int next(int node, int word) {
    return word < 0 ? -1 : sequences.next(node, word);
  }

  /** The term that ends at a node, or -1. */
  int accepts(int node) {
    return accepts[node];
  }

  /** How a token was understood that is no word as it stands. */
  static final byte EXACT = 0;

  static final byte PARTS = 1;
  static final byte GUESSED = 2;

  /**
   * The words that an unknown token stands for.
   *
   * @param into receives word numbers; at most {@code into.length}
   * @return how many, with the kind of understanding in the upper half; 0 where none
   */
  int resolve(Tokens tokens, int token, int[] into) {
    char[] text = tokens.chars;
    int from = tokens.start[token];
    int to = tokens.end[token];
    int length = to - from;
    if (length < 2
        || length > MAX_COMPOUND
        || !Character.isLetter(text[from]) && text[from] != '?') {
      return 0;
    }
    int word = inflected(text, from, to);
    if (word >= 0) {
      into[0] = word;
      return 1;
    }
    int parts = camel(tokens, from, to, into);
    if (parts > 0) {
      return parts | PARTS << 16;
    }
    if (length >= 5) {
      parts = compound(text, from, to, into);
      if (parts > 0) {
        return parts | PARTS << 16;
      }
    }
    word = length >= 4 ? beginning(text, from, to) : -1;
    if (word < 0 && length > MIN_STEM) {
      word = stemmed(text, from, to);
    }
    if (word < 0 && length >= 4) {
      word = vowelless(text, from, to);
    }
    if (word < 0 && misspellings && length >= Slips.SHORTEST) {
      word = misspelt(text, from, to);
    }
    if (word >= 0) {
      into[0] = word;
      return 1 | GUESSED << 16;
    }
    return 0;
  }

  /** The long word, a term by itself, that a token is the plural or genitive of; -1 where none. */
  int alone(Tokens tokens, int token) {
    int from = tokens.start[token];
    int to = tokens.end[token];
    return to - from > MIN_STEM + 1 ? inflected(tokens.chars, from, to) : -1;
  }

  private int inflected(char[] text, int from, int to) {
    int length = to - from;
    if (length < 4) {
      return -1;
    }
    char last = text[to - 1];
    int word = -1;
    if (last == 's') {
      word = words.find(text, from, to - 1);
      if (word < 0 && text[to - 2] == 'e' && length > 4) {
        word = words.find(text, from, to - 2);
      }
    }
    return word >= 0 && single[word] >= 0 ? word : -1;
  }

  private int camel(Tokens tokens, int from, int to, int[] into) {
    int count = 0;
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      boolean cut =
          i == to
              || tokens.upper[i] && !tokens.upper[i - 1]
              || tokens.upper[i] && tokens.upper[i - 1] && i + 1 < to && !tokens.upper[i + 1];
      if (cut) {
        if (start == from && i == to || count == into.length) {
          return 0;
        }
        int word = words.find(tokens.chars, start, i);
        if (word < 0) {
          word = inflected(tokens.chars, start, i);
        }
        if (word < 0) {
          return 0;
        }
        into[count++] = word;
        start = i;
      }
    }
    return count;
  }

  /** Takes a token apart into words from end to end: few, long parts first. */
  private int compound(char[] text, int from, int to, int[] into) {
    int n = to - from;
    int[] cost = new int[n + 1];
    int[] back = new int[n + 1];
    int[] via = new int[n + 1];
    Arrays.fill(cost, Integer.MAX_VALUE);
    cost[0] = 0;
    for (int i = 0; i < n; i++) {
      if (cost[i] == Integer.MAX_VALUE) {
        continue;
      }
      int node = SpellingTrie.ROOT;
      for (int j = i; j < n; j++) {
        node = spelling.next(node, text[from + j]);
        if (node < 0) {
          break;
        }
        int word = spelling.word(node);
        int length = j + 1 - i;
        if (word < 0 || !canJoin(word, length, i, j + 1 == n)) {
          continue;
        }
        int price = cost[i] + (length <= 3 ? 14 : 10);
        if (price < cost[j + 1]) {
          cost[j + 1] = price;
          back[j + 1] = i;
          via[j + 1] = word;
        }
        for (String link : LINKS) {
          int end = j + 1 + link.length();
          if (end > n || length < 3 || price + 3 >= cost[end]) {
            continue;
          }
          boolean same = true;
          for (int k = 0; k < link.length(); k++) {
            same &= text[from + j + 1 + k] == link.charAt(k);
          }
          if (same) {
            cost[end] = price + 3;
            back[end] = i;
            via[end] = word;
          }
        }
      }
    }
    if (cost[n] == Integer.MAX_VALUE) {
      return 0;
    }
    int count = 0;
    for (int at = n; at > 0; at = back[at]) {
      count++;
    }
    if (count < 2 || count > MAX_PARTS || count > into.length) {
      return 0;
    }
    int at = n;
    boolean firm = false;
    long common = -1L;
    for (int k = count - 1; k >= 0; k--) {
      into[k] = via[at];
      common &= languages(via[at]);
      firm |= words.length(via[at]) >= 4 || isModality(via[at]);
      at = back[at];
    }
    return firm && common != 0 && (count > 2 || !isLittle(into[0])) ? count : 0;
  }

  /** Whether a word is too small to make, with one other, a compound: any, and, no. */
  private boolean isLittle(int word) {
    if (words.length(word) > 3) {
      return false;
    }
    for (Sense sense : terms.get(single[word]).senses) {
      if (filler[word] || sense.concept != null && sense.concept.kind() == Concept.Kind.NEGATION) {
        return true;
      }
    }
    return false;
  }

  /** The languages that a word stands in, as bits: all of them for one of any language. */
  private long languages(int word) {
    long bits = 0;
    Term term = terms.get(single[word]);
    for (Sense sense : term.senses) {
      bits |= sense.languages;
    }
    return term.classes.length > 0 || (bits & 1) != 0 ? -1L : bits;
  }

  private boolean isModality(int word) {
    for (Sense sense : terms.get(single[word]).senses) {
      if (sense.concept != null && sense.concept.kind() == Concept.Kind.MODALITY) {
        return true;
      }
    }
    return false;
  }

  private boolean canJoin(int word, int length, int at, boolean last) {
    if (length >= 4) {
      return true;
    }
    Term term = terms.get(single[word]);
    for (Sense sense : term.senses) {
      if (sense.concept == null) {
        continue;
      }
      Concept.Kind kind = sense.concept.kind();
      if (length == 3
          && (kind == Concept.Kind.REGION
              || kind == Concept.Kind.ORGAN
              || kind == Concept.Kind.MODALITY
              || at == 0 && (kind == Concept.Kind.PROCEDURE || filler[word]))) {
        return true;
      }
      if (length == 2
          && (kind == Concept.Kind.MODALITY && at == 0
              || kind == Concept.Kind.NEGATION && at == 0
              || kind == Concept.Kind.LATERALITY && at == 0 && words.charAt(word, 1) == 't'
              || last && at > 3 && (kind == Concept.Kind.CONTRAST || kind == Concept.Kind.VIEW))) {
        return true;
      }
    }
    return length == 3 && term.classes.length > 0;
  }

  private int compare(int word, char[] text, int from, int to) {
    int length = words.length(word);
    int n = to - from;
    for (int i = 0; i < n; i++) {
      if (i >= length) {
        return -1;
      }
      int d = words.charAt(word, i) - text[from + i];
      if (d != 0) {
        return d;
      }
    }
    return 0;
  }

  /** The word that a token is the beginning of, where all such words mean the same. */
  private int beginning(char[] text, int from, int to) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int mid = low + high >>> 1;
      if (compare(sorted[mid], text, from, to) < 0) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    int found = -1;
    for (int i = low; i < sorted.length && compare(sorted[i], text, from, to) == 0; i++) {
      if (i - low >= MAX_RANGE) {
        return -1;
      }
      int word = sorted[i];
      if (found < 0) {
        found = word;
      } else if (single[word] < 0 || single[found] < 0) {
        if (single[found] < 0 && single[word] < 0) {
          return -1;
        }
        found = single[found] < 0 ? word : found;
      } else if (!sameMeaning(found, word)) {
        if (means(word, found)) {
          found = word;
        } else if (!means(found, word)) {
          return -1;
        }
      } else if (words.length(word) < words.length(found)) {
        found = word;
      }
    }
    return found >= 0 && single[found] < 0 && to - from < 5 ? -1 : found;
  }

  /** The word that has the token's stem and another ending, where all such words mean the same. */
  private int stemmed(char[] text, int from, int to) {
    int node = SpellingTrie.ROOT;
    int found = -1;
    int[] nodes = new int[to - from + 1];
    int reached = 0;
    for (int i = from; i < to; i++) {
      node = spelling.next(node, text[i]);
      if (node < 0) {
        break;
      }
      nodes[++reached] = node;
    }
    for (int stem = reached; stem >= MIN_STEM && found < 0; stem--) {
      String rest = new String(text, from + stem, to - from - stem);
      if (rest.isEmpty() || rest.length() > 5 || !ENDINGS.contains(rest)) {
        continue;
      }
      if (spelling.word(nodes[stem]) >= 0) {
        return spelling.word(nodes[stem]);
      }
      if (!CHANGING_ENDINGS.contains(rest)) {
        continue;
      }
      for (String ending : CHANGING_ENDINGS) {
        int at = nodes[stem];
        for (int i = 0; i < ending.length() && at >= 0; i++) {
          at = spelling.next(at, ending.charAt(i));
        }
        int word = at < 0 ? -1 : spelling.word(at);
        if (word < 0) {
          continue;
        }
        if (found >= 0 && !sameMeaning(found, word)) {
          return -1;
        }
        found = found < 0 || words.length(word) < words.length(found) ? word : found;
      }
    }
    return found;
  }

  private static String skeleton(String word) {
    StringBuilder bones = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (i == 0 || "aeiouy".indexOf(c) < 0) {
        if (bones.length() == 0 || bones.charAt(bones.length() - 1) != c) {
          bones.append(c);
        }
      }
    }
    return bones.toString();
  }

  /** The word that a token is when some of its vowels are left out, and nothing is put in. */
  private int vowelless(char[] text, int from, int to) {
    String token = new String(text, from, to - from);
    String bones = skeleton(token);
    if (bones.length() < 4) {
      return -1;
    }
    Integer word = skeletons.get(bones);
    if (word == null || word < 0 || words.length(word) <= token.length()) {
      return -1;
    }
    int at = 0;
    for (int i = 0; i < words.length(word) && at < token.length(); i++) {
      at += words.charAt(word, i) == token.charAt(at) ? 1 : 0;
    }
    return at == token.length() ? word : -1;
  }

  /** The anatomical word that one slip made this token of, where all such words mean the same. */
  private int misspelt(char[] text, int from, int to) {
    int[] nodes = new int[MAX_SLIPS];
    int count = slips.find(text, from, to, nodes);
    if (count > nodes.length) {
      return -1;
    }
    int found = -1;
    for (int i = 0; i < count; i++) {
      int word = spelling.word(nodes[i]);
      if (word < 0 || word == found) {
        continue;
      }
      if (found >= 0 && !sameMeaning(found, word)) {
        return -1;
      }
      found = found < 0 || words.length(word) < words.length(found) ? word : found;
    }
    return found >= 0 && isAnatomic(found) ? found : -1;
  }

  private boolean isAnatomic(int word) {
    for (Sense sense : terms.get(single[word]).senses) {
      if (sense.anatomic) {
        return true;
      }
    }
    return false;
  }

  Map<String, Concept> byId(Collection<Concept> concepts) {
    Map<String, Concept> all = new LinkedHashMap<>();
    concepts.forEach(c -> all.put(c.id(), c));
    return all;
  }
}
