/**
 * Reading descriptions: from the words of a tag to regions, focus and study classes.
 *
 * <p>A {@link org.momo.metadata.words.WordsMatcher} is compiled once from a catalogue and reads any
 * number of texts.
 */
@NullMarked
package org.momo.metadata.words;

import org.jspecify.annotations.NullMarked;
