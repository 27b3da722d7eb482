/**
 * Rules that hold across modules. They live beside the benchmarks, which alone see every module.
 */
@NullMarked
package org.momo.architecture;

import org.jspecify.annotations.NullMarked;
