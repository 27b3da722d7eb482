package org.momo.metadata;

import org.momo.spi.Plugin;
import org.momo.spi.PluginContract;

class MetadataPluginTest extends PluginContract {
  @Override
  protected Plugin plugin() {
    return new MetadataPlugin();
  }
}
