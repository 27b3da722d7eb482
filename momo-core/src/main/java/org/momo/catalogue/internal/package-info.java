/** What the packages of this module share, and nobody else. */
@NullMarked
package org.momo.catalogue.internal;

import org.jspecify.annotations.NullMarked;
