@NullMarked
package org.momo.evaluation;

import org.jspecify.annotations.NullMarked;
