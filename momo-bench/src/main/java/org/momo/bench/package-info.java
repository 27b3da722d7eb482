/** Benchmarks, and what they are held against. Nothing here is published. */
@NullMarked
package org.momo.bench;

import org.jspecify.annotations.NullMarked;
