/** Inference through ONNX Runtime. */
@NullMarked
package org.momo.onnx;

import org.jspecify.annotations.NullMarked;
