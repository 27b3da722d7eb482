package org.momo.djl;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.momo.spi.InferenceBackend;
import org.momo.spi.InferenceSession;
import org.momo.spi.ModelSpec;

/**
 * A program for a virtual machine of its own, in which every attempt to connect is noted and
 * refused. It does one thing and prints one line for each thing that was seen.
 */
final class Witness {
  private static final Set<String> attempts = Collections.synchronizedSet(new TreeSet<>());

  private Witness() {}

  public static void main(String[] args) throws Exception {
    watch();
    Properties before = (Properties) System.getProperties().clone();
    switch (args[0]) {
      case "socket" -> attempt(() -> URI.create("http://192.0.2.1/").toURL().openStream().close());
      case "client" ->
          attempt(
              () ->
                  HttpClient.newHttpClient()
                      .send(
                          HttpRequest.newBuilder(URI.create("http://192.0.2.1/")).build(),
                          HttpResponse.BodyHandlers.discarding()));
      case "engine" -> Engine.getAllEngines();
      case "names" -> System.out.println("names " + DjlEngines.names());
      case "start" -> attempt(() -> DjlEngines.engine("PyTorch"));
      case "unknown" -> attempt(() -> DjlEngines.engine("Abacus"));
      default -> run(Path.of(args[1]), Path.of(args[2]));
    }
    attempts.forEach(each -> System.out.println("attempt " + each));
    if (!args[0].equals("client")) {
      Set<String> changed = new TreeSet<>(System.getProperties().stringPropertyNames());
      changed.addAll(before.stringPropertyNames());
      // JNA, which DJL loads libraries with, notes in properties of its own that it did.
      changed.removeIf(name -> name.startsWith("jna.") || name.startsWith("jnidispatch."));
      changed.removeIf(
          name -> String.valueOf(before.get(name)).equals(System.getProperty(name, "null")));
      System.out.println("changed " + changed);
    }
    if (!args[0].equals("socket") && !args[0].equals("client")) {
      System.out.println("default " + Engine.getDefaultEngineName());
    }
    // Threads of the runtime must not keep the process.
    System.exit(0);
  }

  /** Everything that the backend does, in the order in which a host does it. */
  private static void run(Path script, Path weights) throws Exception {
    List<String> classes = List.of("A", "B", "C", "D", "E", "F", "G");
    try (InferenceBackend backend = new DjlBackend();
        InferenceSession traced =
            backend.open(new ModelSpec("a", "1", script, 3, 64, 64, classes, Map.of()));
        InferenceSession loaded =
            backend.open(
                new ModelSpec(
                    "b",
                    "1",
                    weights,
                    3,
                    64,
                    64,
                    classes,
                    Map.of("architecture", "resnet18-w1")))) {
      traced.run(Generated.pictures());
      loaded.run(Generated.pictures());
      System.out.println("ran " + backend);
    }
  }

  private interface Act {
    void run() throws Exception;
  }

  private static void attempt(Act act) {
    try {
      act.run();
    } catch (Exception e) {
      System.out.println("error " + e.getMessage());
    }
  }

  @SuppressWarnings("deprecation")
  private static void watch() throws IOException {
    Socket.setSocketImplFactory(Refusing::new);
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            attempts.add(uri.getHost());
            // A proxy on the discard port of this machine, so that nothing leaves it.
            return List.of(
                new Proxy(
                    Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
  }

  /** A socket that connects to nothing. */
  private static final class Refusing extends SocketImpl {
    @Override
    protected void create(boolean stream) {}

    @Override
    protected void connect(String host, int port) throws IOException {
      refuse(host);
    }

    @Override
    protected void connect(InetAddress address, int port) throws IOException {
      refuse(address);
    }

    @Override
    protected void connect(SocketAddress address, int timeout) throws IOException {
      refuse(address);
    }

    private static void refuse(Object to) throws IOException {
      attempts.add(to.toString());
      throw new IOException("there is no network in this test");
    }

    @Override
    protected void bind(InetAddress host, int port) throws IOException {
      refuse(host);
    }

    @Override
    protected void listen(int backlog) {}

    @Override
    protected void accept(SocketImpl s) throws IOException {
      throw new IOException("there is no network in this test");
    }

    @Override
    protected InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    protected OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    protected int available() {
      return 0;
    }

    @Override
    protected void close() {}

    @Override
    protected void sendUrgentData(int data) {}

    @Override
    public void setOption(int option, Object value) {}

    @Override
    public Object getOption(int option) {
      return 0;
    }
  }
}
