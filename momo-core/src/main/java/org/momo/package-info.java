/** What a caller calls: builds a classifier, and asks it about studies. */
@NullMarked
package org.momo;

import org.jspecify.annotations.NullMarked;
