/**
 * Inference and training through the Deep Java Library.
 *
 * <p>The backend {@code djl.pytorch} runs TorchScript and the parameters of known architectures;
 * {@link org.momo.djl.DjlPlugin} offers it, and a model package that has a {@code .pt} file, or
 * says {@code backend: djl.pytorch}, uses it. PyTorch itself is not a dependency of this module:
 * add {@code ai.djl.pytorch:pytorch-engine}, {@code pytorch-jni} and {@code pytorch-native-cpu}
 * with the classifier of the platform.
 *
 * <p>{@link org.momo.djl.Network} is the way from training to serving: weights of torchvision go
 * in, as safetensors or as a state dict, {@link org.momo.djl.Training} adapts them to a hospital's
 * classes, and an ONNX file comes out, which {@code onnx.runtime} serves without PyTorch:
 *
 * <pre>{@code
 * Architecture plan = Architecture.named("resnet152");
 * try (Network network = Network.pretrained(plan, Path.of("resnet152.safetensors"), 12, 7)) {
 *   Training.builder().seed(7).build().fit(network, training, validation);
 *   new ModelPackageWriter("ct-body", "2026.2", "CT", codes)
 *       .input(224, 224)
 *       .licence("Apache-2.0")
 *       .trainingData("12,000 series of one hospital")
 *       .accuracy(0.86, 1200, "300 studies of another hospital")
 *       .write(network, Path.of("ct-body"));
 * }
 * }</pre>
 */
@NullMarked
package org.momo.djl;

import org.jspecify.annotations.NullMarked;
