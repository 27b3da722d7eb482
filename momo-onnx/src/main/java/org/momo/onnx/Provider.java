package org.momo.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a network can run on, by the word that a configuration uses. */
enum Provider {
  CPU(OrtProvider.CPU, (options, device) -> {}),
  CUDA(OrtProvider.CUDA, OrtSession.SessionOptions::addCUDA),
  TENSORRT(OrtProvider.TENSOR_RT, OrtSession.SessionOptions::addTensorrt),
  ROCM(OrtProvider.ROCM, OrtSession.SessionOptions::addROCM),
  DIRECTML(OrtProvider.DIRECT_ML, OrtSession.SessionOptions::addDirectML),
  OPENVINO(OrtProvider.OPEN_VINO, (options, device) -> options.addOpenVINO("")),
  COREML(OrtProvider.CORE_ML, (options, device) -> options.addCoreML()),
  DNNL(OrtProvider.DNNL, (options, device) -> options.addDnnl(true)),
  XNNPACK(OrtProvider.XNNPACK, (options, device) -> options.addXnnpack(Map.of()));

  private final OrtProvider provider;

  @SuppressWarnings("ImmutableEnumChecker") // Each is a lambda that captures nothing.
  private final Adding adding;

  private interface Adding {
    void add(OrtSession.SessionOptions options, int device) throws OrtException;
  }

  Provider(OrtProvider provider, Adding adding) {
    this.provider = provider;
    this.adding = adding;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isIn(Set<OrtProvider> available) {
    return available.contains(provider);
  }

  void addTo(OrtSession.SessionOptions options, int device) throws OrtException {
    adding.add(options, device);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Provider::word).toList();
  }

  static Provider named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
