package org.momo.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.momo.dicom.DicomException;
import org.momo.dicom.ReadLimits;
import org.momo.dicom.ReadOptions;
import org.momo.study.Header;
import org.momo.study.PixelData;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Study;
import org.momo.study.Tag;

/** A server in this process that answers as it is told, well or badly. */
@Timeout(60)
class DicomWebTest {
  private static final byte[] PIXELS = {10, 20, 30, 40};

  private HttpServer server;
  private ExecutorService threads;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final List<String> queries = Collections.synchronizedList(new ArrayList<>());

  /** Answers one request. */
  private interface Reply {
    void to(HttpExchange exchange, int times) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath().replaceFirst("^/web", "");
          queries.add(exchange.getRequestURI().toString());
          int times = asked.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
          Reply reply = replies.get(path);
          try (exchange) {
            if (reply == null) {
              exchange.sendResponseHeaders(404, -1);
            } else {
              reply.to(exchange, times);
            }
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private URI service() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/web");
  }

  private DicomWeb.Builder web() {
    return DicomWeb.builder(service())
        .timeout(Duration.ofSeconds(5))
        .tries(3, Duration.ofMillis(5));
  }

  private record Read(List<Study> studies, List<ReadProblem> problems) {
    List<String> uids() {
      return studies.stream().map(Study::uid).toList();
    }
  }

  private static Read read(DicomWeb web) throws IOException {
    List<ReadProblem> problems = new ArrayList<>();
    try (Stream<Study> studies = web.studies(problems::add)) {
      return new Read(studies.toList(), problems);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static Reply json(String text) {
    byte[] body = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return (exchange, times) -> send(exchange, 200, "application/dicom+json", body);
  }

  private static String ui(int tag, String uid) {
    return "'" + String.format("%08X", tag) + "':{'vr':'UI','Value':['" + uid + "']}";
  }

  private static String metadata(String study, String more) {
    return "[{"
        + ui(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.2")
        + ","
        + ui(Tag.SOP_INSTANCE_UID, study + ".1.1")
        + ","
        + ui(Tag.STUDY_INSTANCE_UID, study)
        + ","
        + ui(Tag.SERIES_INSTANCE_UID, study + ".1")
        + ",'00081030':{'vr':'LO','Value':['Schädel']}"
        + ",'00280010':{'vr':'US','Value':[2]},'00280011':{'vr':'US','Value':[2]}"
        + ",'00280100':{'vr':'US','Value':[8]}"
        + more
        + "}]";
  }

  /** Lists studies as a server does that pages rightly. */
  private void list(String... uids) {
    replies.put(
        "/studies",
        (exchange, times) -> {
          Map<String, String> query = new TreeMap<>();
          for (String part : exchange.getRequestURI().getRawQuery().split("&")) {
            query.put(part.split("=")[0], part.split("=")[1]);
          }
          int offset = Integer.parseInt(query.get("offset"));
          int end = Math.min(uids.length, offset + Integer.parseInt(query.get("limit")));
          if (offset >= end) {
            exchange.sendResponseHeaders(204, -1);
            return;
          }
          List<String> page = new ArrayList<>();
          for (int i = offset; i < end; i++) {
            page.add("{" + ui(Tag.STUDY_INSTANCE_UID, uids[i]) + "}");
          }
          json("[" + String.join(",", page) + "]").to(exchange, times);
        });
  }

  private void study(String uid, String more) {
    replies.put("/studies/" + uid + "/metadata", json(metadata(uid, more)));
  }

  private static byte[] multipart(String boundary, String head, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(("\r\n--" + boundary + "\r\n" + head + "\r\n\r\n").getBytes());
      out.writeBytes(part);
    }
    out.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes());
    return out.toByteArray();
  }

  private static Reply frame(String syntax, byte[]... parts) {
    return (exchange, times) ->
        send(
            exchange,
            200,
            "multipart/related; type=\"application/octet-stream\"; boundary=\"x y\"",
            multipart(
                "x y", "Content-Type: application/octet-stream; transfer-syntax=" + syntax, parts));
  }

  private static String frames(String study) {
    return "/studies/" + study + "/series/" + study + ".1/instances/" + study + ".1.1/frames/1";
  }

  private static PixelData pixels(Read read) {
    return read.studies().get(0).series().get(0).instances().get(0).pixelData().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void studies_come_page_by_page_and_in_the_order_of_their_uids(int pageSize) throws IOException {
    String[] uids = {"1.2.7", "1.2.3", "1.2.9", "1.2.1", "1.2.5"};
    list(uids);
    for (String uid : uids) {
      study(uid, "");
    }
    Read read = read(web().pageSize(pageSize).build());
    assertThat(read.uids()).containsExactly("1.2.1", "1.2.3", "1.2.5", "1.2.7", "1.2.9");
    assertThat(read.problems()).isEmpty();
    Header header = read.studies().get(0).header();
    assertThat(header.strings(Tag.STUDY_DESCRIPTION)).containsExactly("Schädel");
    assertThat(read.studies().get(0).source())
        .hasValue(service() + "/studies/1.2.1/series/1.2.1.1/instances/1.2.1.1.1");
  }

  @Test
  void a_server_that_knows_no_pages_is_listed_once() throws IOException {
    replies.put(
        "/studies",
        json(
            "[{"
                + ui(Tag.STUDY_INSTANCE_UID, "1.2.1")
                + "},{},"
                + "{"
                + ui(Tag.STUDY_INSTANCE_UID, "1.2.2")
                + "}]"));
    study("1.2.1", "");
    study("1.2.2", "");
    Read read = read(web().build());
    assertThat(read.uids()).containsExactly("1.2.1", "1.2.2");
    assertThat(asked.get("/studies").get()).isEqualTo(2);
    assertThat(read.problems()).extracting(ReadProblem::kind).contains(Kind.MALFORMED);
  }

  @Test
  void what_must_match_and_headers_are_sent_and_never_named_in_errors() throws IOException {
    list("1.2.1");
    study("1.2.1", "");
    DicomWeb web =
        web().matching("PatientName", "Müller^A&B").header("Authorization", "Bearer t").build();
    assertThat(read(web).uids()).containsExactly("1.2.1");
    assertThat(queries.get(0)).contains("&PatientName=M%C3%BCller%5EA%26B");
    replies.put("/studies", (exchange, times) -> exchange.sendResponseHeaders(400, -1));
    assertThatThrownBy(() -> read(web))
        .isInstanceOf(DicomException.class)
        .hasMessage(service() + "/studies: The server refuses to answer, with status 400.");
    assertThat(web.toString()).isEqualTo("DicomWeb[" + service() + "]");
  }

  @Test
  void named_studies_are_asked_for_without_a_list() throws IOException {
    study("1.2.1", "");
    Read read = read(web().study("1.2.1").study("1.2.2").study("..").build());
    assertThat(read.uids()).containsExactly("1.2.1");
    assertThat(asked).doesNotContainKey("/studies");
    assertThat(read.problems())
        .extracting(ReadProblem::message)
        .containsExactlyInAnyOrder(
            "The server has nothing there.", "This is no UID, so it is not asked for.");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 429, 408})
  void what_fails_for_the_moment_is_tried_again(int status) throws IOException {
    list("1.2.1");
    Reply good = json(metadata("1.2.1", ""));
    replies.put(
        "/studies/1.2.1/metadata",
        (exchange, times) -> {
          if (times < 3) {
            send(exchange, status, "text/plain", "wait".getBytes());
          } else {
            good.to(exchange, times);
          }
        });
    assertThat(read(web().build()).uids()).containsExactly("1.2.1");
    assertThat(asked.get("/studies/1.2.1/metadata").get()).isEqualTo(3);
  }

  @Test
  void what_fails_for_good_costs_its_study_and_is_asked_for_once() throws IOException {
    list("1.2.1", "1.2.2", "1.2.3", "1.2.4");
    study("1.2.1", "");
    replies.put("/studies/1.2.2/metadata", json("[{'0020000D':{'vr':'UI','Value':['1.2"));
    replies.put(
        "/studies/1.2.3/metadata", (exchange, times) -> exchange.sendResponseHeaders(403, -1));
    replies.put(
        "/studies/1.2.4/metadata", (exchange, times) -> exchange.sendResponseHeaders(500, -1));
    Read read = read(web().build());
    assertThat(read.uids()).containsExactly("1.2.1");
    assertThat(read.problems())
        .extracting(ReadProblem::message)
        .satisfiesExactly(
            m -> assertThat(m).startsWith("This is not well-formed JSON"),
            m ->
                assertThat(m).isEqualTo("The server refuses access; name credentials by a header."),
            m -> assertThat(m).isEqualTo("Tried 3 times, and at last the server answers 500."));
    assertThat(asked.get("/studies/1.2.3/metadata").get()).isEqualTo(1);
    assertThat(asked.get("/studies/1.2.4/metadata").get()).isEqualTo(3);
  }

  @Test
  void an_answer_that_never_begins_and_one_that_drips_end_in_time() throws IOException {
    list("1.2.1", "1.2.2", "1.2.3");
    study("1.2.3", "");
    replies.put("/studies/1.2.1/metadata", (exchange, times) -> pause(3000));
    replies.put(
        "/studies/1.2.2/metadata",
        (exchange, times) -> {
          exchange.sendResponseHeaders(200, 1000);
          for (int i = 0; i < 300; i++) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            pause(10);
          }
        });
    long begun = System.nanoTime();
    Read read = read(web().timeout(Duration.ofMillis(500)).tries(2, Duration.ZERO).build());
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    assertThat(read.uids()).containsExactly("1.2.3");
    assertThat(read.problems())
        .extracting(ReadProblem::message)
        .containsOnly("Tried 2 times, and at last no complete answer comes within 500 ms.")
        .hasSize(2);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_server_that_is_not_there_is_an_error_that_names_it() {
    server.stop(0);
    assertThatThrownBy(() -> read(web().build()))
        .isInstanceOf(DicomException.class)
        .hasMessage(
            service() + "/studies: Tried 3 times, and at last the server cannot be reached.");
  }

  @Test
  void a_connection_that_breaks_is_tried_again() throws IOException {
    list("1.2.1");
    Reply good = json(metadata("1.2.1", ""));
    replies.put(
        "/studies/1.2.1/metadata",
        (exchange, times) -> {
          if (times == 1) {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("[{".getBytes());
            exchange.close();
          } else {
            good.to(exchange, times);
          }
        });
    assertThat(read(web().build()).uids()).containsExactly("1.2.1");
  }

  @Test
  void a_huge_answer_ends_at_the_limit_whether_it_says_its_length_or_not() throws IOException {
    list("1.2.1", "1.2.2", "1.2.3");
    study("1.2.3", "");
    replies.put(
        "/studies/1.2.1/metadata",
        (exchange, times) -> exchange.sendResponseHeaders(200, Long.MAX_VALUE));
    replies.put(
        "/studies/1.2.2/metadata",
        (exchange, times) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks = " ".repeat(1 << 16).getBytes();
          try {
            while (true) {
              exchange.getResponseBody().write(blanks);
            }
          } catch (IOException e) {
            // The client has left, as it should.
            return;
          }
        });
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withLineBytes(1 << 20));
    Read read = read(web().options(options).build());
    assertThat(read.uids()).containsExactly("1.2.3");
    assertThat(read.problems()).hasSize(2);
  }

  @Test
  void a_study_too_long_for_one_answer_is_read_series_by_series() throws IOException {
    list("1.2.1");
    replies.put("/studies/1.2.1/metadata", json("[" + " ".repeat(5000) + "]"));
    replies.put(
        "/studies/1.2.1/series", json("[{" + ui(Tag.SERIES_INSTANCE_UID, "1.2.1.1") + "}]"));
    replies.put("/studies/1.2.1/series/1.2.1.1/metadata", json(metadata("1.2.1", "")));
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withLineBytes(3000));
    Read read = read(web().options(options).build());
    assertThat(read.uids()).containsExactly("1.2.1");
    assertThat(read.problems()).isEmpty();
  }

  @Test
  void a_redirection_is_not_followed() throws IOException {
    list("1.2.1");
    replies.put(
        "/studies/1.2.1/metadata",
        (exchange, times) -> {
          exchange.getResponseHeaders().set("Location", "/web/elsewhere");
          exchange.sendResponseHeaders(302, -1);
        });
    Read read = read(web().build());
    assertThat(asked).doesNotContainKey("/elsewhere");
    assertThat(read.problems().get(0).message()).contains("points elsewhere");
  }

  @Test
  void pixels_are_asked_for_when_a_frame_is_and_no_sooner() throws IOException {
    list("1.2.1");
    study("1.2.1", ",'7FE00010':{'vr':'OW','BulkDataURI':'bulk/1'}");
    replies.put(frames("1.2.1"), frame("1.2.840.10008.1.2.1", PIXELS));
    Read read = read(web().build());
    assertThat(asked).doesNotContainKey(frames("1.2.1"));
    PixelData pixels = pixels(read);
    assertThat(pixels.frames()).isEqualTo(1);
    assertThat(pixels.transferSyntax()).isEqualTo("1.2.840.10008.1.2.1");
    assertThat(pixels.frame(0)).isEqualTo(ByteBuffer.wrap(PIXELS));
    assertThat(asked.get(frames("1.2.1")).get()).isEqualTo(1);
    assertThat(pixels.frame(0)).isEqualTo(ByteBuffer.wrap(PIXELS));
    assertThat(asked).doesNotContainKey("/bulk/1");
    assertThatThrownBy(() -> pixels.frame(1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void compressed_frames_come_as_they_are_stored() throws IOException {
    list("1.2.1");
    study("1.2.1", "");
    byte[] stream = {-1, -40, '\r', '\n', '-', '-', 'x', -1, -39};
    replies.put(frames("1.2.1"), frame("1.2.840.10008.1.2.4.50", stream));
    PixelData pixels = pixels(read(web().build()));
    assertThat(pixels.frame(0)).isEqualTo(ByteBuffer.wrap(stream));
    assertThat(pixels.transferSyntax()).isEqualTo("1.2.840.10008.1.2.4.50");
  }

  @Test
  void a_frame_that_is_too_short_too_long_or_not_one_is_an_error() throws IOException {
    list("1.2.1");
    study("1.2.1", "");
    ReadOptions options =
        ReadOptions.defaults().withLimits(ReadLimits.defaults().withFrameBytes(100));
    PixelData pixels = pixels(read(web().options(options).build()));
    replies.put(frames("1.2.1"), frame("1.2.840.10008.1.2.1", new byte[3]));
    assertThatThrownBy(() -> pixels.frame(0)).hasMessageContaining("hold 3 bytes only");
    replies.put(frames("1.2.1"), frame("1.2.840.10008.1.2.1", new byte[1 << 20]));
    assertThatThrownBy(() -> pixels.frame(0)).hasMessageContaining("raise the limit");
    replies.put(frames("1.2.1"), frame("1.2.840.10008.1.2.1", PIXELS, PIXELS));
    assertThatThrownBy(() -> pixels.frame(0)).hasMessageContaining("should hold one frame");
    replies.put(
        frames("1.2.1"),
        (exchange, times) -> send(exchange, 200, "multipart/related", "nothing".getBytes()));
    assertThatThrownBy(() -> pixels.frame(0)).hasMessageContaining("should hold one frame");
  }

  @Test
  void where_a_server_knows_no_frames_its_bulk_data_serve() throws IOException {
    list("1.2.1");
    study(
        "1.2.1",
        ",'00280008':{'vr':'IS','Value':[2]},'7FE00010':{'vr':'OW','BulkDataURI':'/web/bulk/1'}");
    replies.put("/bulk/1", frame("1.2.840.10008.1.2.1", new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    PixelData pixels = pixels(read(web().build()));
    assertThat(pixels.frame(1)).isEqualTo(ByteBuffer.wrap(new byte[] {5, 6, 7, 8}));
    assertThat(pixels.frame(0)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
    byte[] other = {9, 9};
    replies.put("/bulk/1", frame("1.2.840.10008.1.2.5", PIXELS, other));
    assertThat(pixels.frame(1)).isEqualTo(ByteBuffer.wrap(other));
  }

  @Test
  void a_value_that_is_referred_to_is_fetched_from_this_server_alone() throws IOException {
    list("1.2.1");
    String lut =
        ",'00283000':{'vr':'SQ','Value':[{'00283002':{'vr':'US','Value':[2,0,8]},"
            + "'00283006':{'vr':'OW','BulkDataURI':'%s'}}]}";
    replies.put(
        "/bulk/lut",
        (exchange, times) -> send(exchange, 200, "application/octet-stream", new byte[] {7, 8}));
    study("1.2.1", String.format(lut, "bulk/lut"));
    Header header = read(web().build()).studies().get(0).header();
    Header item = header.items(Tag.MODALITY_LUT_SEQUENCE).get(0);
    assertThat(item.bytes(Tag.LUT_DATA)).hasValue(ByteBuffer.wrap(new byte[] {7, 8}));
    for (String elsewhere :
        List.of("http://example.invalid/lut", "file:///etc/passwd", "//x/y", "http://a b")) {
      study("1.2.1", String.format(lut, elsewhere));
      Read read = read(web().build());
      assertThat(read.uids()).containsExactly("1.2.1");
      assertThat(read.problems())
          .singleElement()
          .satisfies(
              p -> {
                assertThat(p.tag()).hasValue(Tag.LUT_DATA);
                assertThat(p.message())
                    .isEqualTo("A reference leads to another server and is not followed.");
              });
    }
  }

  @Test
  void an_address_that_is_none_is_refused_at_once() {
    for (String address :
        List.of("ftp://x/y", "studies", "http://u:p@h/x", "http://h/x?y", "http://h/x#y")) {
      assertThatThrownBy(() -> DicomWeb.of(URI.create(address)))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .doesNotContain("u:p");
    }
    assertThatThrownBy(() -> web().pageSize(0)).hasMessage("pageSize must be 1 or more: was 0");
    assertThatThrownBy(() -> web().header("Host", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_stream_that_is_closed_asks_for_no_more() throws IOException {
    String[] uids = new String[100];
    for (int i = 0; i < uids.length; i++) {
      uids[i] = "1.2." + (i + 1);
      study(uids[i], "");
    }
    list(uids);
    try (Stream<Study> studies = web().build().studies()) {
      assertThat(studies.limit(3).toList()).hasSize(3);
    }
    int before = asked.size();
    pause(200);
    assertThat(asked.size() - before).isLessThanOrEqualTo(4);
    assertThat(asked.size()).isLessThan(40);
  }
}
