package org.momo.dicom.internal;

/**
 * A set of tags.
 *
 * <p>This class is immutable.
 */
public final class TagSet {
  private final boolean all;
  private final int[] table;
  private final int shift;

  /**
   * A set.
   *
   * @param tags the tags, without double ones and without 0; empty for all tags
   */
  public TagSet(int[] tags) {
    all = tags.length == 0;
    // One place in eight is taken, so that most look-ups end at their first.
    int bits = Math.max(4, 35 - Integer.numberOfLeadingZeros(tags.length));
    table = new int[1 << bits];
    shift = 32 - bits;
    for (int tag : tags) {
      int i = slot(tag);
      while (table[i] != 0) {
        i = (i + 1) & (table.length - 1);
      }
      table[i] = tag;
    }
  }

  /**
   * Whether a tag is in the set.
   *
   * @param tag group and element
   * @return true if so
   */
  public boolean contains(int tag) {
    if (all) {
      return true;
    }
    int i = slot(tag);
    while (true) {
      int there = table[i];
      if (there == tag) {
        return tag != 0;
      }
      if (there == 0) {
        return false;
      }
      i = (i + 1) & (table.length - 1);
    }
  }

  private int slot(int tag) {
    return tag * 0x9E3779B9 >>> shift;
  }
}
