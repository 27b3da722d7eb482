package org.momo.catalogue.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.momo.spi.ConfigurationException;

/**
 * A vote rule as it is written, taken apart.
 *
 * <p>This class is immutable.
 *
 * @param text the rule as it is written
 * @param kind what it does
 * @param present the codes that must have a vote, in written order
 * @param absent the codes that must have none, in written order
 * @param target the code that gets votes, or is elected
 */
public record RuleText(
    String text, Kind kind, List<String> present, List<String> absent, String target) {
  private static final int LONGEST = 4096;

  /** What a rule does. */
  public enum Kind {
    /** {@code a+b-d=c}. */
    BECOME,
    /** {@code a>b}. */
    PREFER,
    /** {@code a!+b-c}. */
    ELECT
  }

  /**
   * Copies the lists.
   *
   * @param text the rule as it is written
   * @param kind what it does
   * @param present the codes that must have a vote
   * @param absent the codes that must have none
   * @param target the code that gets votes, or is elected
   */
  public RuleText {
    present = List.copyOf(present);
    absent = List.copyOf(absent);
  }

  /**
   * Whether a text can be nothing but a rule: it has one of the signs that make a rule.
   *
   * @param text a text
   * @return true if it holds {@code =}, {@code >} or {@code !}
   */
  public static boolean looksLikeRule(String text) {
    return text.chars().anyMatch(c -> c == '=' || c == '>' || c == '!');
  }

  /**
   * All codes that the rule names.
   *
   * @return the codes in alphabetical order
   */
  public Set<String> codes() {
    Set<String> codes = new TreeSet<>(present);
    codes.addAll(absent);
    codes.add(target);
    return codes;
  }

  /**
   * Takes a rule apart.
   *
   * @param text a rule in the published syntax
   * @return its parts
   * @throws ConfigurationException if it is no rule; the message names the position
   */
  public static RuleText parse(String text) {
    return new Parser(text).parse();
  }

  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    RuleText parse() {
      if (text.length() > LONGEST) {
        throw new ConfigurationException(
            "a vote rule must not be longer than " + LONGEST + " characters: was " + text.length());
      }
      Set<String> present = new LinkedHashSet<>();
      Set<String> absent = new LinkedHashSet<>();
      String first = code();
      present.add(first);
      if (accept('>')) {
        blanks();
        int start = at;
        String loser = code();
        end();
        if (loser.equals(first)) {
          throw wrong(first + " cannot be preferred to itself", start);
        }
        return new RuleText(text, Kind.PREFER, List.of(first), List.of(loser), first);
      }
      if (accept('!')) {
        operands(present, absent);
        end();
        return new RuleText(
            text, Kind.ELECT, new ArrayList<>(present), new ArrayList<>(absent), first);
      }
      operands(present, absent);
      if (!accept('=')) {
        throw wrong(
            at < text.length()
                ? "expected '+', '-', '=', '>' or '!' but found '" + found() + "'"
                : "expected '+', '-', '=', '>' or '!' but the rule ends",
            at);
      }
      String target = code();
      end();
      return new RuleText(
          text, Kind.BECOME, new ArrayList<>(present), new ArrayList<>(absent), target);
    }

    private void operands(Set<String> present, Set<String> absent) {
      while (true) {
        boolean wanted;
        if (accept('+')) {
          wanted = true;
        } else if (accept('-')) {
          wanted = false;
        } else {
          return;
        }
        blanks();
        int start = at;
        String code = code();
        (wanted ? present : absent).add(code);
        if ((wanted ? absent : present).contains(code)) {
          throw wrong(code + " is asked for and excluded at once", start);
        }
      }
    }

    private String code() {
      blanks();
      int start = at;
      @Nullable String quoted = quoted();
      if (quoted != null) {
        return quoted;
      }
      while (at < text.length() && bare(text.charAt(at))) {
        at++;
      }
      if (at == start) {
        throw wrong(
            at < text.length()
                ? "expected a class code but found '" + found() + "'"
                : "expected a class code but the rule ends",
            at);
      }
      return text.substring(start, at);
    }

    private @Nullable String quoted() {
      if (at >= text.length() || (text.charAt(at) != '"' && text.charAt(at) != '\'')) {
        return null;
      }
      int close = text.indexOf(text.charAt(at), at + 1);
      if (close < 0) {
        throw wrong("the quote is not closed", at);
      }
      String code = text.substring(at + 1, close);
      if (code.isEmpty()) {
        throw wrong("expected a class code but the quotes are empty", at);
      }
      at = close + 1;
      return code;
    }

    private static boolean bare(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    private boolean accept(char sign) {
      blanks();
      if (at < text.length() && text.charAt(at) == sign) {
        at++;
        return true;
      }
      return false;
    }

    private void end() {
      blanks();
      if (at < text.length()) {
        throw wrong("expected the end of the rule but found '" + found() + "'", at);
      }
    }

    private void blanks() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }

    private String found() {
      return Character.toString(text.codePointAt(at));
    }

    private ConfigurationException wrong(String what, int position) {
      return new ConfigurationException(
          "vote rule \"" + text + "\", position " + (position + 1) + ": " + what);
    }
  }
}
