package org.momo.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The way to an attribute: sequence items to enter, then the attribute's tag.
 *
 * <p>This class is immutable.
 *
 * @param steps the items to enter, outermost first; empty for an attribute of the data set itself
 * @param tag the attribute's tag
 */
public record TagPath(List<Step> steps, int tag) {

  /**
   * One item of one sequence.
   *
   * <p>This class is immutable.
   *
   * @param sequenceTag the sequence's tag
   * @param item the item's index, 0 for the first
   */
  public record Step(int sequenceTag, int item) {
    /**
     * Checks the index.
     *
     * @param sequenceTag the sequence's tag
     * @param item the item's index, 0 for the first
     * @throws IllegalArgumentException if {@code item} is negative
     */
    public Step {
      if (item < 0) {
        throw new IllegalArgumentException("item must be 0 or more: was " + item);
      }
    }
  }

  /**
   * Copies the steps.
   *
   * @param steps the items to enter, outermost first
   * @param tag the attribute's tag
   * @throws NullPointerException if {@code steps} is null or holds null
   */
  public TagPath {
    steps = List.copyOf(steps);
  }

  /**
   * An attribute of the data set itself.
   *
   * @param tag the attribute's tag
   * @return the path
   */
  public static TagPath of(int tag) {
    return new TagPath(List.of(), tag);
  }

  /**
   * An attribute inside one item of a sequence.
   *
   * @param sequenceTag the sequence's tag
   * @param item the item's index, 0 for the first
   * @param tag the attribute's tag
   * @return the path
   * @throws IllegalArgumentException if {@code item} is negative
   */
  public static TagPath of(int sequenceTag, int item, int tag) {
    return new TagPath(List.of(new Step(sequenceTag, item)), tag);
  }

  /**
   * This path, entered from an item of a sequence further out.
   *
   * @param sequenceTag the outer sequence's tag
   * @param item the item's index, 0 for the first
   * @return the longer path
   * @throws IllegalArgumentException if {@code item} is negative
   */
  public TagPath inside(int sequenceTag, int item) {
    List<Step> longer = new ArrayList<>(steps.size() + 1);
    longer.add(new Step(sequenceTag, item));
    longer.addAll(steps);
    return new TagPath(longer, tag);
  }

  /** For instance {@code (0008,1032)[0](0008,0100)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      text.append(Tag.format(step.sequenceTag())).append('[').append(step.item()).append(']');
    }
    return text.append(Tag.format(tag)).toString();
  }

  /**
   * The path in words a reader of DICOM knows, for instance {@code
   * ProcedureCodeSequence[0].CodeValue}.
   *
   * @return keywords where {@link Tag#keyword} knows them, numbers elsewhere
   */
  public String keywords() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      text.append(Tag.keyword(step.sequenceTag())).append('[').append(step.item()).append("].");
    }
    return Objects.requireNonNull(text.append(Tag.keyword(tag))).toString();
  }
}
