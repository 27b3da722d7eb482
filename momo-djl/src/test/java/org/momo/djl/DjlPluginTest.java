package org.momo.djl;

import org.momo.spi.Plugin;
import org.momo.spi.PluginContract;

class DjlPluginTest extends PluginContract {
  @Override
  protected Plugin plugin() {
    return new DjlPlugin();
  }
}
