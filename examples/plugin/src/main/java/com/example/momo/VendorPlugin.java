package com.example.momo;

import org.momo.spi.Plugin;
import org.momo.spi.Registry;

/** Offers what this vendor has to add; a configuration that names {@code vendor.ward} gets it. */
public final class VendorPlugin implements Plugin {
  @Override
  public String name() {
    return "vendor";
  }

  @Override
  public void contribute(Registry registry) {
    registry.layer("ward", WardLayer::create);
    registry.rule("drop-rare", DropRareRule::create);
    registry.preprocessor("invert", (options, context) -> new InvertPreprocessor());
    registry.backend("brightness", (options, context) -> new BrightnessBackend());
  }
}
