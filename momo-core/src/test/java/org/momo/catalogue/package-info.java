@NullMarked
package org.momo.catalogue;

import org.jspecify.annotations.NullMarked;
