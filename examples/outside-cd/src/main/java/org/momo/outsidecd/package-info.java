/** A patient's CD as it comes from outside, made up from first to last byte. */
@NullMarked
package org.momo.outsidecd;

import org.jspecify.annotations.NullMarked;
