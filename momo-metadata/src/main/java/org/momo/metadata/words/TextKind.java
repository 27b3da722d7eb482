package org.momo.metadata.words;

/** What sort of tag a text stands in. */
public enum TextKind {
  /** Of the study as a whole: study description, requested or performed procedure. */
  STUDY,
  /**
   * Of one series: series description, protocol name. Words that count only where nothing else is
   * said do not count here, since a series often names its sequence alone.
   */
  SERIES,
  /** A name of a body part and nothing else: Body Part Examined, an anatomic region's meaning. */
  BODY_PART
}
