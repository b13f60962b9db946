package dev.spillway.router.upstream;

import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.upstream.AttemptResult.Garbled;
import dev.spillway.router.upstream.AttemptResult.Reset;
import dev.spillway.router.upstream.AttemptResult.Stale;
import dev.spillway.router.upstream.AttemptResult.Succeeded;
import dev.spillway.router.upstream.AttemptResult.TimedOut;
import dev.spillway.router.upstream.AttemptResult.Unreachable;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.CyclicTimeouts;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/** One request to one backend, from its first byte to an answer that can be judged. */
final class Exchange implements CyclicTimeouts.Expirable, LiveStream.Watcher {

  /** How far the request had come when something happened to it. */
  private enum Progress {
    UNSENT,
    SENT_ON_FRESH_CONNECTION,
    SENT_ON_KEPT_CONNECTION
  }

  /** What Java says of a session before the handshake has come to its end. */
  private static final String NO_PROTOCOL_YET = "NONE";

  private final CallPlan call;
  private final Request request;
  private final AnswerListener listener;
  private final Deadlines deadlines;
  private final int maxBuffered;
  private final Patience patience;
  private volatile Progress progress = Progress.UNSENT;
  private volatile boolean expired;
  private volatile @Nullable EndPoint endPoint;

  Exchange(
      HttpClient client,
      List<Header> own,
      CallPlan call,
      BackendRequest target,
      AttemptLimits limits,
      int maxBuffered,
      Deadlines deadlines) {
    this.call = call;
    this.listener = new AnswerListener(call, maxBuffered, this::errorBegun);
    this.deadlines = deadlines;
    this.maxBuffered = maxBuffered;
    this.patience = new Patience(limits, NanoTime.now());
    this.request = prepare(client, own, target, limits.whole());
  }

  private Request prepare(
      HttpClient client, List<Header> own, BackendRequest target, Duration idle) {
    Request prepared =
        client
            .newRequest(target.uri())
            .method(call.method())
            .idleTimeout(idle.toMillis(), TimeUnit.MILLISECONDS)
            .headers(headers -> OutgoingHeaders.add(headers, call, own))
            .onRequestBegin(this::begun);
    if (target.body().length() > 0 || call.method().equals("POST")) {
      prepared.body(RequestContent.of(contentType(), target.body(), client.getByteBufferPool()));
    }
    return prepared;
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
    boolean kept = false;
    if (begun.getConnection() instanceof Connection connection) {
      kept = connection.getMessagesIn() > 0;
      endPoint = connection.getEndPoint();
    }
    progress = kept ? Progress.SENT_ON_KEPT_CONNECTION : Progress.SENT_ON_FRESH_CONNECTION;
  }

  private void errorBegun() {
    patience.errorBegan(NanoTime.now());
    deadlines.schedule(this);
  }

  /** A stream that is passed on stays watched until it is closed. */
  AttemptResult run(TimeSource time) throws InterruptedException {
    deadlines.watch(this);
    boolean passedOn = false;
    try {
      request.send(listener);
      AttemptResult result = judged(listener.answer().get(), time);
      passedOn = result instanceof Succeeded good && good.answer().isArriving();
      return result;
    } catch (ExecutionException e) {
      return failure(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      abort(e);
      throw e;
    } finally {
      if (!passedOn) {
        deadlines.forget(this);
      }
    }
  }

  private AttemptResult judged(Answer answer, TimeSource time) throws InterruptedException {
    AnswerJudge judge = new AnswerJudge(call, maxBuffered, time);
    if (!(answer.body() instanceof AnswerBody.Arriving arriving)) {
      return judge.whole(answer);
    }
    deadlines.schedule(this);
    try {
      AttemptResult result =
          judge.arriving(answer, new LiveStream(arriving.stream(), this), patience::speaks);
      patience.passedOn();
      return result;
    } catch (InterruptedIOException e) {
      throw new InterruptedException();
    } catch (IOException e) {
      abort(e);
      return expired
          ? new TimedOut(judge.heard())
          : new Reset("the stream broke off", judge.heard());
    }
  }

  @Override
  public void waiting() {
    patience.waits(NanoTime.now());
    deadlines.schedule(this);
  }

  @Override
  public void served() {
    patience.served();
  }

  @Override
  public void left(boolean ended) {
    deadlines.forget(this);
    if (!ended) {
      abort(new IOException("nobody reads the answer any more"));
    }
  }

  private AttemptResult failure(Throwable cause) {
    if (progress == Progress.UNSENT || isShakingHands()) {
      return new Unreachable(reason(cause));
    }
    if (expired || cause instanceof TimeoutException) {
      return new TimedOut();
    }
    if (listener.hasHead()) {
      return new Reset("the answer broke off");
    }
    if (!(cause instanceof IOException)) {
      return new Garbled(reason(cause));
    }
    return progress == Progress.SENT_ON_KEPT_CONNECTION ? new Stale() : new Reset(reason(cause));
  }

  /** With TLS a request begins before the two ends know each other, and nothing of it is sent. */
  private boolean isShakingHands() {
    return endPoint instanceof SslConnection.SslEndPoint tls
        && NO_PROTOCOL_YET.equals(tls.getSslConnection().getSSLEngine().getSession().getProtocol());
  }

  private static String reason(Throwable cause) {
    return cause.getClass().getSimpleName();
  }

  @Override
  public long getExpireNanoTime() {
    if (!listener.hasHead()) {
      return patience.untilHead();
    }
    return listener.isArriving() ? patience.untilMore() : patience.untilWhole();
  }

  void expire() {
    expired = !listener.settleAsError();
    abort(new TimeoutException("no answer in time"));
  }

  private void abort(Throwable cause) {
    var unused = request.abort(cause);
  }
}
