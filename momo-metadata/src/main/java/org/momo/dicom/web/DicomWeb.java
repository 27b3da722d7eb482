package org.momo.dicom.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomException;
import org.momo.dicom.ReadOptions;
import org.momo.dicom.TagSelection;
import org.momo.dicom.internal.Gathering;
import org.momo.dicom.internal.JsonHeaders;
import org.momo.study.Header;
import org.momo.study.Instance;
import org.momo.study.PixelData;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;
import org.momo.study.Study;
import org.momo.study.StudyAssembler;
import org.momo.study.StudySource;
import org.momo.study.Tag;

/**
 * The studies of a DICOMweb server.
 *
 * <p>{@link #studies(Consumer)} first asks which studies there are (QIDO-RS, page by page), then
 * for the metadata of one after another (WADO-RS), a few at once, and gives the studies by UID.
 * Pixels stay on the server until a layer asks for a frame. Values that the metadata only refer to
 * are fetched where they are among the tags that are kept. References that lead to another server
 * are not followed, and neither are redirections.
 *
 * <p>A study whose metadata cannot be had is reported and costs nothing else. Only where the list
 * of studies cannot be had is there no answer at all.
 *
 * <p>This class is thread-safe.
 */
public final class DicomWeb implements StudySource {
  private static final String JSON = "application/dicom+json";
  private static final String OCTETS =
      "multipart/related; type=\"application/octet-stream\", application/octet-stream";
  private static final int AT_ONCE = 4;

  private final URI service;
  private final ReadOptions options;
  private final Http http;
  private final Map<String, String> query;
  private final List<String> named;
  private final int pageSize;

  private DicomWeb(Builder builder, HttpClient client) {
    this.service = builder.service;
    this.options = builder.options;
    this.http =
        new Http(
            client, Map.copyOf(builder.headers), builder.timeout, builder.tries, builder.pause);
    this.query = new TreeMap<>(builder.query);
    this.named = List.copyOf(builder.named);
    this.pageSize = builder.pageSize;
  }

  /**
   * The studies of a server, with the default options.
   *
   * @param service the address that {@code /studies} is added to, for instance {@code
   *     http://localhost:8042/dicom-web}
   * @return its studies
   * @throws IllegalArgumentException as {@link #builder}
   * @throws NullPointerException if {@code service} is null
   */
  public static DicomWeb of(URI service) {
    return builder(service).build();
  }

  /**
   * Says more of the server, and of what is asked of it.
   *
   * @param service the address that {@code /studies} is added to, for instance {@code
   *     http://localhost:8042/dicom-web}
   * @return a new builder
   * @throws IllegalArgumentException if the address is not an absolute one of http or https, or
   *     holds credentials, a query or a fragment
   * @throws NullPointerException if {@code service} is null
   */
  public static Builder builder(URI service) {
    return new Builder(service);
  }

  @Override
  public Stream<Study> studies(Consumer<? super ReadProblem> problems) throws IOException {
    Objects.requireNonNull(problems, "problems");
    Collection<String> uids =
        named.isEmpty()
            ? listed(service + "/studies", Tag.STUDY_INSTANCE_UID, query, problems)
            : new TreeSet<>(named);
    Fetching fetching = new Fetching(uids.iterator(), problems);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                fetching, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(fetching::close);
  }

  /** The UIDs of all studies, or series, page by page, until a page brings nothing new. */
  private Set<String> listed(
      String place, int tag, Map<String, String> filters, Consumer<? super ReadProblem> problems)
      throws IOException {
    Set<String> uids = new TreeSet<>();
    JsonHeaders headers = new JsonHeaders(options.withTags(TagSelection.of(tag)));
    StringBuilder filter = new StringBuilder();
    filters.forEach(
        (attribute, value) ->
            filter.append('&').append(encoded(attribute)).append('=').append(encoded(value)));
    long offset = 0;
    while (true) {
      URI uri = URI.create(place + "?limit=" + pageSize + "&offset=" + offset + filter);
      Http.Answer answer = get(uri, JSON, options.limits().lineBytes());
      int known = uids.size();
      List<Header> page = new ArrayList<>();
      if (answer.length() > 0) {
        headers.read(
            answer.bytes(), answer.length(), place, instance -> page.add(instance.header()));
      }
      for (Header entry : page) {
        String uid = entry.string(tag).orElse("");
        if (uid.isEmpty()) {
          problems.accept(
              ReadProblem.of(
                  Kind.MALFORMED,
                  place,
                  "The server lists something without UID, which cannot be asked for."));
        } else {
          uids.add(uid);
        }
      }
      offset += page.size();
      if (uids.size() > options.limits().entries()) {
        throw new DicomException(
            ReadProblem.of(
                Kind.LIMIT_EXCEEDED,
                place,
                "The server lists more than "
                    + options.limits().entries()
                    + " UIDs; name what they must match, or raise the limit entries."));
      }
      if (uids.size() == known) {
        return uids;
      }
    }
  }

  private Http.Answer get(URI uri, String accept, int most) throws IOException {
    try {
      return http.get(uri, accept, most);
    } catch (Http.RefusedException e) {
      if (e.getCause() instanceof DicomException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** What one request for metadata brought. */
  private record Fetched(List<Study> studies, List<ReadProblem> problems) {}

  private Fetched metadata(String uid) throws InterruptedIOException {
    List<ReadProblem> problems = new ArrayList<>(0);
    String place = service + "/studies/" + encoded(uid);
    if (uid.chars().allMatch(c -> c == '.')) {
      problems.add(
          ReadProblem.of(Kind.MALFORMED, place, "This is no UID, so it is not asked for."));
      return new Fetched(List.of(), problems);
    }
    StudyAssembler assembler = new StudyAssembler();
    try {
      try {
        instances(place, place, assembler, problems);
      } catch (DicomException e) {
        if (e.kind() != Kind.LIMIT_EXCEEDED) {
          throw e;
        }
        // Too much for one answer; the series may be had one by one.
        seriesBySeries(place, assembler, problems);
      }
    } catch (InterruptedIOException e) {
      throw e;
    } catch (DicomException e) {
      problems.add(e.problem());
    } catch (IOException e) {
      problems.add(ReadProblem.of(Kind.UNREADABLE, place, "The answer cannot be read."));
    }
    return new Fetched(assembler.studies(), problems);
  }

  private void seriesBySeries(String study, StudyAssembler assembler, List<ReadProblem> problems)
      throws IOException {
    for (String series :
        listed(study + "/series", Tag.SERIES_INSTANCE_UID, Map.of(), problems::add)) {
      try {
        instances(study, study + "/series/" + encoded(series), assembler, problems);
      } catch (DicomException e) {
        problems.add(e.problem());
      }
    }
  }

  private void instances(
      String study, String place, StudyAssembler assembler, List<ReadProblem> problems)
      throws IOException {
    Http.Answer answer = get(URI.create(place + "/metadata"), JSON, options.limits().lineBytes());
    if (answer.length() == 0) {
      throw new DicomException(
          ReadProblem.of(Kind.UNREADABLE, place, "The server has no metadata of this."));
    }
    List<Instance> found = new ArrayList<>();
    new JsonHeaders(options, new OnServer(study, problems))
        .read(answer.bytes(), answer.length(), place, found::add);
    for (Instance instance : found) {
      Gathering.add(assembler, instance.from(study, address(instance.header())), problems::add);
    }
  }

  private static String address(Header header) {
    return "series/"
        + encoded(header.string(Tag.SERIES_INSTANCE_UID).orElse(""))
        + "/instances/"
        + encoded(header.string(Tag.SOP_INSTANCE_UID).orElse(""));
  }

  /** What metadata refer to. */
  private final class OnServer implements JsonHeaders.BulkData {
    private final String study;
    private final List<ReadProblem> problems;

    OnServer(String study, List<ReadProblem> problems) {
      this.study = study;
      this.problems = problems;
    }

    @Override
    public byte @Nullable [] value(String reference, int tag) {
      URI uri = ours(reference);
      String message;
      if (uri == null) {
        message = "A reference leads to another server and is not followed.";
      } else {
        try {
          List<Parts.Part> parts = Parts.of(get(uri, OCTETS, options.limits().headerBytes()));
          if (parts.size() == 1) {
            return parts.get(0).content();
          }
          message = "The bulk data should be one part.";
        } catch (DicomException e) {
          message = e.problem().message();
        } catch (IOException e) {
          message = "The bulk data cannot be read.";
        }
      }
      problems.add(
          new ReadProblem(
              Kind.UNREADABLE, study, OptionalLong.empty(), OptionalInt.of(tag), message));
      return null;
    }

    @Override
    public @Nullable PixelData pixels(Header header, @Nullable String reference) {
      boolean isPicture =
          header.number(Tag.ROWS).orElse(0.0) >= 1
              && header.number(Tag.COLUMNS).orElse(0.0) >= 1
              && header.string(Tag.SERIES_INSTANCE_UID).isPresent()
              && header.string(Tag.SOP_INSTANCE_UID).isPresent();
      return isPicture
          ? new WebPixels(
              http,
              header,
              URI.create(study + "/" + address(header)),
              reference == null ? null : ours(reference),
              options.limits().frameBytes(),
              options.limits().frameBytes())
          : null;
    }
  }

  /** A reference as an address of the same server, or null. */
  private @Nullable URI ours(String reference) {
    try {
      URI uri = URI.create(service + "/").resolve(reference);
      boolean same =
          service.getScheme().equalsIgnoreCase(String.valueOf(uri.getScheme()))
              && service.getHost().equalsIgnoreCase(String.valueOf(uri.getHost()))
              && service.getPort() == uri.getPort()
              && uri.getRawUserInfo() == null;
      return same ? uri : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Studies in the order of their UIDs, a few of them on their way at any time. */
  private final class Fetching implements Iterator<Study> {
    private final Iterator<String> uids;
    private final Consumer<? super ReadProblem> problems;
    private final ExecutorService threads;
    private final Deque<Future<Fetched>> pending = new ArrayDeque<>();
    private final Deque<Study> ready = new ArrayDeque<>();

    Fetching(Iterator<String> uids, Consumer<? super ReadProblem> problems) {
      this.uids = uids;
      this.problems = problems;
      this.threads =
          Executors.newFixedThreadPool(
              Math.min(AT_ONCE, options.threads()),
              task -> {
                Thread thread = new Thread(task, "momo-dicomweb");
                thread.setDaemon(true);
                return thread;
              });
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty()) {
        while (uids.hasNext() && pending.size() < 2 * AT_ONCE) {
          String uid = uids.next();
          pending.add(threads.submit(() -> metadata(uid)));
        }
        Future<Fetched> first = pending.poll();
        if (first == null) {
          close();
          return false;
        }
        Fetched fetched = result(first);
        fetched.problems().forEach(problems);
        ready.addAll(fetched.studies());
      }
      return true;
    }

    private Fetched result(Future<Fetched> coming) {
      try {
        return coming.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        close();
        throw new UncheckedIOException(new InterruptedIOException("Reading was interrupted."));
      } catch (ExecutionException e) {
        close();
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        if (e.getCause() instanceof Error cause) {
          throw cause;
        }
        throw new UncheckedIOException(new IOException(e.getCause()));
      }
    }

    @Override
    public Study next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }

    void close() {
      threads.shutdownNow();
    }
  }

  /** The address of the server; never a query or credentials. */
  @Override
  public String toString() {
    return "DicomWeb[" + service + "]";
  }

  /**
   * Describes a server and what is asked of it.
   *
   * <p>This class is not thread-safe.
   */
  public static final class Builder {
    private final URI service;
    private ReadOptions options = ReadOptions.defaults();
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> query = new TreeMap<>();
    private final List<String> named = new ArrayList<>();
    private int pageSize = 500;
    private Duration timeout = Duration.ofMinutes(2);
    private int tries = 4;
    private Duration pause = Duration.ofMillis(250);
    private @Nullable HttpClient client;

    private Builder(URI service) {
      String text = Objects.requireNonNull(service, "service").toString();
      String scheme = String.valueOf(service.getScheme()).toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https") || service.getHost() == null) {
        throw new IllegalArgumentException(
            "The address of a DICOMweb server begins with http:// or https:// and a host.");
      }
      if (service.getRawUserInfo() != null
          || service.getRawQuery() != null
          || service.getRawFragment() != null) {
        throw new IllegalArgumentException(
            "The address of a DICOMweb server holds no credentials, query or fragment; name"
                + " credentials by a header.");
      }
      this.service = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /**
     * What to keep, what that may cost, and how many requests are under way at once (at most four).
     * One answer is bounded by {@link org.momo.dicom.ReadLimits#lineBytes()}, a frame by {@link
     * org.momo.dicom.ReadLimits#frameBytes()}, a value that is fetched apart by {@link
     * org.momo.dicom.ReadLimits#headerBytes()}, and the list of studies by {@link
     * org.momo.dicom.ReadLimits#entries()}.
     *
     * @param readOptions the options; {@link ReadOptions#defaults()} where none are set
     * @return this builder
     */
    public Builder options(ReadOptions readOptions) {
      options = Objects.requireNonNull(readOptions, "readOptions");
      return this;
    }

    /**
     * Sends a header with each request, such as {@code Authorization}.
     *
     * @param name the header
     * @param value its value
     * @return this builder
     * @throws IllegalArgumentException if HTTP does not allow the name or the value
     */
    public Builder header(String name, String value) {
      HttpRequest.newBuilder(service).header(name, value);
      headers.put(name, value);
      return this;
    }

    /**
     * Asks only for studies that match, as QIDO-RS does it.
     *
     * @param attribute a keyword or eight hexadecimal digits, for instance {@code StudyDate}
     * @param value what to match, for instance {@code 20260101-20261231}
     * @return this builder
     */
    public Builder matching(String attribute, String value) {
      query.put(
          Objects.requireNonNull(attribute, "attribute"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Asks for this study, without asking which there are. May be called for several.
     *
     * @param uid a Study Instance UID
     * @return this builder
     */
    public Builder study(String uid) {
      named.add(Objects.requireNonNull(uid, "uid"));
      return this;
    }

    /**
     * How many studies are asked for at once.
     *
     * @param studies 1 or more; 500 where nothing is set
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder pageSize(int studies) {
      if (studies < 1) {
        throw new IllegalArgumentException("pageSize must be 1 or more: was " + studies);
      }
      pageSize = studies;
      return this;
    }

    /**
     * How long one answer may take, to its last byte.
     *
     * @param time more than nothing; two minutes where nothing is set
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder timeout(Duration time) {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("timeout must be positive: was " + time);
      }
      timeout = time;
      return this;
    }

    /**
     * How often a request is sent that fails for the moment: no connection, no answer in time, or a
     * status such as 503.
     *
     * @param times 1 or more, the first included; 4 where nothing is set
     * @param firstPause how long to wait before the second; each wait is twice the one before, and
     *     as long as the server asks for, up to half a minute; 250 ms where nothing is set
     * @return this builder
     * @throws IllegalArgumentException if {@code times} is less than 1 or the pause is negative
     */
    public Builder tries(int times, Duration firstPause) {
      if (times < 1 || firstPause.isNegative()) {
        throw new IllegalArgumentException(
            "tries must be 1 or more, with a pause that is not negative: was "
                + times
                + " and "
                + firstPause);
      }
      tries = times;
      pause = firstPause;
      return this;
    }

    /**
     * Uses a client of your own, for instance for certificates or a proxy.
     *
     * @param httpClient the client
     * @return this builder
     */
    public Builder client(HttpClient httpClient) {
      client = Objects.requireNonNull(httpClient, "httpClient");
      return this;
    }

    /**
     * The source. Nothing is asked of the server yet.
     *
     * @return its studies
     */
    public DicomWeb build() {
      HttpClient own = client;
      if (own == null) {
        own =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(
                    timeout.compareTo(Duration.ofSeconds(10)) < 0
                        ? timeout
                        : Duration.ofSeconds(10))
                .build();
      }
      return new DicomWeb(this, own);
    }
  }
}
