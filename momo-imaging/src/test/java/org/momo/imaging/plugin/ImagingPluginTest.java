package org.momo.imaging.plugin;

import org.momo.spi.Plugin;
import org.momo.spi.PluginContract;

class ImagingPluginTest extends PluginContract {
  @Override
  protected Plugin plugin() {
    return new ImagingPlugin();
  }
}
