package org.momo.metadata;

import org.momo.decision.StudyClass;

/**
 * The class that a text speaks for.
 *
 * @param studyClass the class
 * @param strong whether it is named outright, and not merely fits
 * @param keyword the catalogue's words that led to it
 */
record TextMatch(StudyClass studyClass, boolean strong, String keyword) {
  private static final int LONGEST = 160;

  TextMatch {
    keyword = keyword.length() > LONGEST ? keyword.substring(0, LONGEST) : keyword;
  }
}
