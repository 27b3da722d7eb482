/** Study classes in one table: reading, writing and checking it. */
@NullMarked
package org.momo.catalogue;

import org.jspecify.annotations.NullMarked;
