package org.momo.dicom.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.momo.dicom.DicomException;
import org.momo.study.ReadProblem;
import org.momo.study.ReadProblem.Kind;

/**
 * Asks a server, within bounds of length and time, and again where it may help.
 *
 * <p>This class is thread-safe.
 */
final class Http {
  private static final int REFUSAL_BYTES = 1 << 16;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final HttpClient client;
  private final Map<String, String> headers;
  private final Duration timeout;
  private final int tries;
  private final Duration pause;

  Http(
      HttpClient client, Map<String, String> headers, Duration timeout, int tries, Duration pause) {
    this.client = client;
    this.headers = headers;
    this.timeout = timeout;
    this.tries = tries;
    this.pause = pause;
  }

  /** What came back: content, how much of the array it is, and its type. */
  record Answer(byte[] bytes, int length, String contentType) {}

  /** A refusal: asking again would not help. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(int status, DicomException cause) {
      super(cause.getMessage(), cause);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Gets a resource.
   *
   * @param uri where it is
   * @param accept which types are wanted
   * @param most how many bytes it may have
   * @return the answer; of length 0 where the server has nothing
   * @throws RefusedException if the server says no for good
   * @throws DicomException if the answer is too long, or none comes
   * @throws InterruptedIOException if the thread is interrupted
   */
  Answer get(URI uri, String accept, int most) throws IOException {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(timeout);
    headers.forEach(builder::setHeader);
    HttpRequest request = builder.setHeader("Accept", accept).GET().build();
    for (int attempt = 1; ; attempt++) {
      String failure;
      long wait = pause.toMillis() << Math.min(20, attempt - 1);
      try {
        HttpResponse<Bounded.Content> response = send(request, most);
        int status = response.statusCode();
        if (status == 200 || status == 204) {
          return answer(response);
        }
        if (!isPassing(status)) {
          throw refused(uri, status);
        }
        failure = "the server answers " + status;
        wait = Math.max(wait, retryAfter(response));
      } catch (TooLongException e) {
        throw new DicomException(
            ReadProblem.of(
                Kind.LIMIT_EXCEEDED,
                place(uri),
                "The answer has more than " + most + " bytes; raise the limit of the reader."),
            e);
      } catch (HttpTimeoutException | TimeoutException e) {
        failure = "no complete answer comes within " + timeout.toMillis() + " ms";
      } catch (ConnectException e) {
        failure = "the server cannot be reached";
      } catch (RefusedException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        failure = "the connection breaks";
      }
      if (attempt == tries) {
        throw new DicomException(
            ReadProblem.of(
                Kind.UNREADABLE,
                place(uri),
                "Tried "
                    + (tries == 1 ? "once" : tries + " times")
                    + ", and at last "
                    + failure
                    + "."));
      }
      sleep(Math.min(wait, LONGEST_PAUSE_MILLIS));
    }
  }

  private HttpResponse<Bounded.Content> send(HttpRequest request, int most)
      throws IOException, TimeoutException {
    CompletableFuture<HttpResponse<Bounded.Content>> coming =
        client.sendAsync(
            request,
            info ->
                info.statusCode() == 200
                    ? new Bounded(
                        most, true, info.headers().firstValueAsLong("Content-Length").orElse(0))
                    : new Bounded(REFUSAL_BYTES, false, 0));
    try {
      // The client's own time-out ends with the head of an answer; a body may drip for ever.
      return coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    } catch (ExecutionException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof TooLongException tooLong) {
          throw tooLong;
        }
        if (cause instanceof HttpTimeoutException || cause instanceof ConnectException) {
          throw (IOException) cause;
        }
      }
      throw new IOException(e.getCause());
    } finally {
      coming.cancel(true);
    }
  }

  private static Answer answer(HttpResponse<Bounded.Content> response) {
    Bounded.Content content = response.body();
    return new Answer(
        content.bytes(),
        content.length(),
        response.headers().firstValue("Content-Type").orElse(""));
  }

  private static boolean isPassing(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500 && status != 501;
  }

  private static RefusedException refused(URI uri, int status) {
    String what =
        switch (status) {
          case 401, 403 -> "The server refuses access; name credentials by a header.";
          case 404, 410 -> "The server has nothing there.";
          case 301, 302, 303, 307, 308 ->
              "The server points elsewhere, which is not followed; name the address that it points"
                  + " to.";
          default -> "The server refuses to answer, with status " + status + ".";
        };
    return new RefusedException(
        status, new DicomException(ReadProblem.of(Kind.UNREADABLE, place(uri), what)));
  }

  private static long retryAfter(HttpResponse<?> response) {
    Optional<String> seconds = response.headers().firstValue("Retry-After");
    try {
      return seconds.map(Long::parseLong).filter(s -> s >= 0 && s < 3600).orElse(0L) * 1000;
    } catch (NumberFormatException e) {
      // A date; the pause of our own will do.
      return 0;
    }
  }

  private static void sleep(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    return new InterruptedIOException("Reading was interrupted.");
  }

  /** An address as messages name it: a query may hold a patient's name. */
  static String place(URI uri) {
    String text = uri.toString();
    int end = text.indexOf('?');
    return end < 0 ? text : text.substring(0, end);
  }

  /** The answer is longer than it may be. */
  private static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Keeps a body up to a length. */
  private static final class Bounded implements HttpResponse.BodySubscriber<Bounded.Content> {
    private final CompletableFuture<Content> result = new CompletableFuture<>();
    private final int most;
    private final boolean keep;
    private final boolean refusedAtOnce;
    private byte[] bytes = new byte[0];
    private int length;
    private Flow.@Nullable Subscription subscription;

    record Content(byte[] bytes, int length) {}

    Bounded(int most, boolean keep, long stated) {
      this.most = most;
      this.keep = keep;
      this.refusedAtOnce = stated > most;
    }

    @Override
    public CompletionStage<Content> getBody() {
      return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
      subscription = newSubscription;
      if (refusedAtOnce) {
        end();
      } else {
        newSubscription.request(Long.MAX_VALUE);
      }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      if (result.isDone()) {
        return;
      }
      for (ByteBuffer buffer : buffers) {
        int count = buffer.remaining();
        if (count > most - length) {
          end();
          return;
        }
        if (keep) {
          if (bytes.length - length < count) {
            int larger = (int) Math.min(most, Math.max(length + (long) count, bytes.length * 2L));
            bytes = Arrays.copyOf(bytes, larger);
          }
          buffer.get(bytes, length, count);
        }
        length += count;
      }
    }

    private void end() {
      if (keep) {
        result.completeExceptionally(new TooLongException());
      } else {
        result.complete(new Content(new byte[0], 0));
      }
      Flow.Subscription open = subscription;
      if (open != null) {
        open.cancel();
      }
    }

    @Override
    public void onError(Throwable fault) {
      result.completeExceptionally(fault);
    }

    @Override
    public void onComplete() {
      result.complete(keep ? new Content(bytes, length) : new Content(new byte[0], 0));
    }
  }
}
