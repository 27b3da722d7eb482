/**
 * Model packages: a trained network with all that is needed to show it a series and to read its
 * answer.
 */
@NullMarked
package org.momo.imaging.model;

import org.jspecify.annotations.NullMarked;
