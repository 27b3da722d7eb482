/**
 * A small text model that learns from labelled procedure names which regions a text speaks of.
 *
 * <p>No trained model is shipped: the lists of names at hand are published under terms that differ
 * from source to source, or do not say whether what is learned from them may be passed on. {@code
 * momo train-text} makes a model of a site's own list, and measures it on sources that it was not
 * trained on; the layer {@code metadata.learned} asks it. No preset does: on names of sources that
 * were left out, it was right in 13 of the 70 that it decided after the recommended layers.
 */
@NullMarked
package org.momo.metadata.learned;

import org.jspecify.annotations.NullMarked;
