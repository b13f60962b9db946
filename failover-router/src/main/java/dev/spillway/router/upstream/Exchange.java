package dev.spillway.router.upstream;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.ConnectionHeaders;
import dev.spillway.router.plan.Header;
import dev.spillway.router.upstream.AttemptResult.Garbled;
import dev.spillway.router.upstream.AttemptResult.Reset;
import dev.spillway.router.upstream.AttemptResult.Stale;
import dev.spillway.router.upstream.AttemptResult.TimedOut;
import dev.spillway.router.upstream.AttemptResult.Unreachable;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.HeaderNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/** One request to one backend, from its first byte to an answer that can be judged. */
final class Exchange {

  /** An error's body is read this far so that its connection can be used again. */
  private static final int MAX_ERROR_BYTES = 64 * 1024;

  private static final AnswerBody NOT_YET = new AnswerBody.Whole(new byte[0]);

  /** How far the request had come when something happened to it. */
  private enum Progress {
    UNSENT,
    SENT_ON_FRESH_CONNECTION,
    SENT_ON_KEPT_CONNECTION
  }

  private final HttpClient client;
  private final int maxBuffered;
  private final TimeSource time;
  private final CallPlan call;
  private final Request request;
  private final InputStreamResponseListener listener = new InputStreamResponseListener();
  private volatile Progress progress = Progress.UNSENT;
  private volatile boolean outOfTime;

  Exchange(
      HttpClient client,
      int maxBuffered,
      TimeSource time,
      Backend backend,
      CallPlan call,
      BackendRequest target) {
    this.client = client;
    this.maxBuffered = maxBuffered;
    this.time = time;
    this.call = call;
    this.request = prepare(backend, target);
  }

  private Request prepare(Backend backend, BackendRequest target) {
    Request prepared =
        client
            .newRequest(target.uri())
            .method(call.method())
            .headers(headers -> addHeaders(headers, backend))
            .onRequestBegin(this::begun);
    if (target.body().length > 0 || call.method().equals("POST")) {
      prepared.body(new BytesRequestContent(contentType(), target.body()));
    }
    return prepared;
  }

  private void addHeaders(HttpFields.Mutable headers, Backend backend) {
    for (Header header : call.headers()) {
      headers.add(header.name(), header.value());
    }
    headers.put(HttpHeader.ACCEPT_ENCODING, "identity");
    if (backend.apiKey() != null) {
      headers.put(HeaderNames.API_KEY, backend.apiKey().value());
    }
  }

  private String contentType() {
    for (Header header : call.headers()) {
      if (header.name().equalsIgnoreCase("Content-Type")) {
        return header.value();
      }
    }
    return "application/json";
  }

  private void begun(Request begun) {
    boolean kept =
        begun.getConnection() instanceof Connection connection && connection.getMessagesIn() > 0;
    progress = kept ? Progress.SENT_ON_KEPT_CONNECTION : Progress.SENT_ON_FRESH_CONNECTION;
  }

  AttemptResult run(AttemptLimits limits) throws InterruptedException {
    long sent = time.nanoTime();
    request.idleTimeout(limits.whole().toMillis(), TimeUnit.MILLISECONDS).send(listener);
    Response response;
    try {
      response = listener.get(limits.firstByte().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      abort(e);
      return progress == Progress.UNSENT
          ? new Unreachable("no connection in time")
          : new TimedOut();
    } catch (ExecutionException e) {
      return withoutHeaders(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      abort(e);
      throw e;
    }
    return judge(response, limits.whole().minusNanos(time.nanoTime() - sent));
  }

  private AttemptResult withoutHeaders(Throwable cause) {
    boolean broken = cause instanceof IOException;
    return switch (progress) {
      case UNSENT -> new Unreachable(reason(cause));
      case SENT_ON_KEPT_CONNECTION -> broken ? new Stale() : notHttp(cause);
      case SENT_ON_FRESH_CONNECTION -> broken ? new Reset(reason(cause)) : notHttp(cause);
    };
  }

  private static AttemptResult notHttp(Throwable cause) {
    return cause instanceof TimeoutException ? new TimedOut() : new Garbled(reason(cause));
  }

  private static String reason(Throwable cause) {
    return cause.getClass().getSimpleName();
  }

  private AttemptResult judge(Response response, Duration left) throws InterruptedException {
    Answer head = new Answer(response.getStatus(), headers(response), NOT_YET);
    InputStream stream = listener.getInputStream();
    if (ExpectedJson.mayPassAsItArrives(call, head)) {
      return classified(head, new AnswerBody.Arriving(stream));
    }
    Scheduler.Task alarm =
        client.getScheduler().schedule(this::expire, left.toNanos(), TimeUnit.NANOSECONDS);
    try {
      return classified(head, body(head, stream));
    } catch (IOException e) {
      return outOfTime ? new TimedOut() : new Reset("the answer broke off");
    } finally {
      alarm.cancel();
    }
  }

  private AttemptResult classified(Answer head, AnswerBody body) {
    Answer answer = new Answer(head.status(), head.headers(), body);
    return AnswerClassifier.classify(call, answer, time.instant());
  }

  private AnswerBody body(Answer head, InputStream stream) throws IOException {
    boolean discardable = AnswerClassifier.mayBeDiscarded(head.status());
    int limit = discardable ? Math.min(MAX_ERROR_BYTES, maxBuffered) : maxBuffered;
    byte[] bytes = stream.readNBytes(limit);
    if (bytes.length < limit) {
      return new AnswerBody.Whole(bytes);
    }
    int next = stream.read();
    if (next < 0) {
      return new AnswerBody.Whole(bytes);
    }
    if (discardable) {
      stream.close();
      return new AnswerBody.Whole(bytes);
    }
    InputStream read =
        new SequenceInputStream(
            new ByteArrayInputStream(bytes), new ByteArrayInputStream(new byte[] {(byte) next}));
    return new AnswerBody.Arriving(new SequenceInputStream(read, stream));
  }

  private static List<Header> headers(Response response) {
    HttpFields fields = response.getHeaders();
    String connection = fields.get(HttpHeader.CONNECTION);
    List<Header> headers = new ArrayList<>(fields.size());
    for (HttpField field : fields) {
      String name = field.getName();
      boolean dropped =
          ConnectionHeaders.contains(name)
              || (connection != null && ConnectionHeaders.isListed(connection, name));
      if (!dropped) {
        headers.add(new Header(name, field.getValue() == null ? "" : field.getValue()));
      }
    }
    return headers;
  }

  private void expire() {
    outOfTime = true;
    abort(new TimeoutException());
  }

  private void abort(Throwable cause) {
    var unused = request.abort(cause);
  }
}
