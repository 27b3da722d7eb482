package org.momo.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.momo.spi.ConfigurationException;

class DjlEnginesTest {

  private static final List<String> opened = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void watchConnections() {
    URL.setURLStreamHandlerFactory(protocol -> protocol.startsWith("http") ? new Witness() : null);
  }

  @Test
  void touching_the_engines_opens_no_connection() {
    assertThat(DjlEngines.names()).contains("PyTorch");
    assertThat(opened).isEmpty();

    // The witness would have seen one.
    assertThatThrownBy(() -> URI.create("http://127.0.0.1/").toURL().openStream())
        .isInstanceOf(IOException.class);
    assertThat(opened).containsExactly("http://127.0.0.1/");
  }

  @Test
  void an_unknown_engine_lists_the_known_ones() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> DjlEngines.engine("Abacus"))
        .withMessage(
            "There is no DJL engine named Abacus on the class path; there are [PyTorch, RPC]");
  }

  /** Stands in for the network and notes who asks for it. */
  private static final class Witness extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      opened.add(url.toString());
      throw new IOException("there is no network in this test");
    }

    @Override
    protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
      return openConnection(url);
    }
  }
}
