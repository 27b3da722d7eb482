/**
 * Inference through ONNX Runtime.
 *
 * <p>The backend {@code onnx.runtime} runs the {@code .onnx} files of model packages; a model
 * package that has one uses it without being told. {@link org.momo.onnx.OnnxPlugin} lists its
 * options. All networks of a process share the runtime's environment, and each has a session of its
 * own, so that several versions of a model are open at once.
 */
@NullMarked
package org.momo.onnx;

import org.jspecify.annotations.NullMarked;
