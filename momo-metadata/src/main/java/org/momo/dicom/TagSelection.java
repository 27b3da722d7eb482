package org.momo.dicom;

import java.util.Arrays;
import java.util.Objects;
import org.momo.dicom.internal.Dictionary;
import org.momo.dicom.internal.TagSet;
import org.momo.study.Tag;

/**
 * The attributes that a reader keeps; it steps over all others without decoding them. An attribute
 * inside a sequence is kept where the sequence is selected too.
 *
 * <p>This class is immutable.
 */
public final class TagSelection {
  private static final TagSelection ALL = new TagSelection(new int[0]);

  private final int[] sorted;
  private final TagSet set;

  private TagSelection(int[] tags) {
    this.sorted = tags;
    this.set = new TagSet(tags);
  }

  /**
   * Every attribute that {@link Tag} names, with the functional groups in which enhanced objects
   * keep them.
   *
   * @return the selection that readers use where none is set
   */
  public static TagSelection standard() {
    return Standard.INSTANCE;
  }

  /**
   * Every attribute, private ones too.
   *
   * @return the selection
   */
  public static TagSelection all() {
    return ALL;
  }

  /**
   * What an archive of headers needs for studies to be classified again without their pixels: the
   * {@link #standard} attributes but those that say who the patient is or when the study was made,
   * free text about it, and the device's number. What was typed into a description stays as it is.
   * A phantom that is known by its name alone is not known in an archive.
   *
   * @return the selection that {@link DicomJsonWriter} uses where none is given
   */
  public static TagSelection archive() {
    return Archive.INSTANCE;
  }

  /**
   * The given attributes, and those without which a reader cannot do: the character set, the UIDs,
   * and what describes the pixels.
   *
   * @param tags attributes, and the sequences that they lie in
   * @return the selection
   * @throws NullPointerException if {@code tags} is null
   */
  public static TagSelection of(int... tags) {
    int[] all = Arrays.copyOf(needed(), needed().length + tags.length);
    System.arraycopy(tags, 0, all, needed().length, tags.length);
    return new TagSelection(distinct(all));
  }

  /**
   * This selection and more.
   *
   * @param tags attributes, and the sequences that they lie in
   * @return a new selection
   * @throws NullPointerException if {@code tags} is null
   */
  public TagSelection and(int... tags) {
    Objects.requireNonNull(tags, "tags");
    if (sorted.length == 0) {
      return this;
    }
    int[] more = Arrays.copyOf(sorted, sorted.length + tags.length);
    System.arraycopy(tags, 0, more, sorted.length, tags.length);
    return new TagSelection(distinct(more));
  }

  /**
   * Whether an attribute is kept.
   *
   * @param tag group and element
   * @return true if so
   */
  public boolean contains(int tag) {
    return set.contains(tag);
  }

  /** How many attributes are selected; never their values. */
  @Override
  public String toString() {
    return sorted.length == 0 ? "TagSelection[all]" : "TagSelection[" + sorted.length + " tags]";
  }

  private static int[] distinct(int[] tags) {
    return Arrays.stream(tags).filter(tag -> tag != 0).sorted().distinct().toArray();
  }

  private static int[] needed() {
    return new int[] {
      Tag.TRANSFER_SYNTAX_UID,
      Tag.SPECIFIC_CHARACTER_SET,
      Tag.SOP_CLASS_UID,
      Tag.SOP_INSTANCE_UID,
      Tag.STUDY_INSTANCE_UID,
      Tag.SERIES_INSTANCE_UID,
      Tag.MODALITY,
      Tag.SERIES_NUMBER,
      Tag.INSTANCE_NUMBER,
      Tag.SAMPLES_PER_PIXEL,
      Tag.PHOTOMETRIC_INTERPRETATION,
      Tag.NUMBER_OF_FRAMES,
      Tag.ROWS,
      Tag.COLUMNS,
      Tag.BITS_ALLOCATED,
      Tag.EXTENDED_OFFSET_TABLE,
      Tag.EXTENDED_OFFSET_TABLE_LENGTHS
    };
  }

  /**
   * The attributes that are selected.
   *
   * @return their tags as unsigned numbers in ascending order, a copy; empty where all are selected
   */
  public int[] tags() {
    return sorted.clone();
  }

  private static final class Archive {
    private static final int[] LEFT_OUT = {
      Tag.STUDY_DATE,
      Tag.ACCESSION_NUMBER,
      Tag.PATIENT_NAME,
      Tag.PATIENT_ID,
      Tag.PATIENT_SEX,
      Tag.PATIENT_AGE,
      Tag.DEVICE_SERIAL_NUMBER,
      Tag.STUDY_ID,
      Tag.STUDY_COMMENTS,
      Tag.COMMENTS_ON_THE_PERFORMED_PROCEDURE_STEP,
      Tag.PREGNANCY_STATUS,
      Tag.IMAGE_COMMENTS,
      Tag.ACQUISITION_CONTEXT_SEQUENCE,
      Tag.CONTENT_SEQUENCE,
      Tag.DOCUMENT_TITLE
    };
    static final TagSelection INSTANCE =
        new TagSelection(
            Arrays.stream(Standard.INSTANCE.sorted)
                .filter(tag -> Arrays.stream(LEFT_OUT).noneMatch(out -> out == tag))
                .toArray());
  }

  private static final class Standard {
    static final TagSelection INSTANCE = new TagSelection(distinct(Dictionary.standardTags()));
  }
}
