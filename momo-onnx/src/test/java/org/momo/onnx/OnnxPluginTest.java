package org.momo.onnx;

import org.momo.spi.Plugin;
import org.momo.spi.PluginContract;

class OnnxPluginTest extends PluginContract {
  @Override
  protected Plugin plugin() {
    return new OnnxPlugin();
  }
}
