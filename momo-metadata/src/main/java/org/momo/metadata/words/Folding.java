package org.momo.metadata.words;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts texts into the folded tokens that a {@link WordsMatcher} reads: in lower case, without
 * marks, with damaged encodings undone.
 *
 * <p>This class is immutable.
 */
public final class Folding {
  private final Tokenizer tokenizer = new Tokenizer();

  /** A folding, ready to be used; making one is slow, using it is not. */
  public Folding() {}

  /**
   * Folds a text.
   *
   * @param text the text; may be empty, damaged or hostile
   * @param limit how many characters of it are read at most, at least 0
   * @return runs of letters, runs of digits, and single ideographs, in the order of the text; a
   *     letter that an encoding lost is {@code ?}
   */
  public List<String> tokens(String text, int limit) {
    Tokens tokens = tokenizer.tokenize(text, limit);
    List<String> words = new ArrayList<>(tokens.count);
    for (int i = 0; i < tokens.count; i++) {
      words.add(tokens.word(i));
    }
    return words;
  }
}
