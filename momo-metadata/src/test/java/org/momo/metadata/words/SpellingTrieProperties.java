package org.momo.metadata.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SpellingTrieProperties {
  private static final String ALPHABET = "abyz-1éß医";

  @Property
  void holds_the_words_and_their_beginnings_and_nothing_else(
      @ForAll("words") Set<String> words, @ForAll("words") Set<String> others) {
    List<String> spellings = new ArrayList<>(words);
    List<Integer> members = new ArrayList<>();
    for (int i = 0; i < spellings.size(); i += 2) {
      members.add(i);
    }
    SpellingTrie trie =
        SpellingTrie.of(spellings.toArray(new String[0]), members.toArray(new Integer[0]));

    Set<String> held = new TreeSet<>();
    Set<String> beginnings = new TreeSet<>(Set.of(""));
    for (int member : members) {
      String word = spellings.get(member);
      held.add(word);
      for (int end = 1; end <= word.length(); end++) {
        beginnings.add(word.substring(0, end));
      }
    }
    Set<String> asked = new TreeSet<>(words);
    asked.addAll(others);
    asked.addAll(beginnings);
    Set<Integer> nodes = new TreeSet<>();
    for (String text : asked) {
      int node = SpellingTrie.ROOT;
      for (char letter : text.toCharArray()) {
        node = trie.next(node, letter);
      }
      assertThat(node >= 0).as(text).isEqualTo(beginnings.contains(text));
      if (node < 0) {
        continue;
      }
      nodes.add(node);
      int word = trie.word(node);
      assertThat(word < 0 ? null : spellings.get(word))
          .isEqualTo(held.contains(text) ? text : null);
      int child = trie.firstChild(node);
      for (char letter = 'a'; letter <= 'z'; letter++) {
        boolean leads = (trie.branches(node) >> letter - 'a' & 1) == 1;
        assertThat(leads).isEqualTo(beginnings.contains(text + letter));
        assertThat(trie.next(node, letter)).isEqualTo(leads ? child++ : -1);
      }
    }
    assertThat(nodes).hasSameSizeAs(beginnings);
  }

  @Provide
  Arbitrary<Set<String>> words() {
    return Arbitraries.strings()
        .withChars(ALPHABET.toCharArray())
        .ofMinLength(1)
        .ofMaxLength(6)
        .set()
        .ofMaxSize(60);
  }
}
