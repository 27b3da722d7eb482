package com.example.momo;

import org.momo.spi.Plugin;
import org.momo.spi.PluginContract;

class VendorPluginTest extends PluginContract {
  @Override
  protected Plugin plugin() {
    return new VendorPlugin();
  }
}
