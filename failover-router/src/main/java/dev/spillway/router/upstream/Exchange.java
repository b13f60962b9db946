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

  private static final long NEVER = Long.MAX_VALUE;

  /** An error is judged by its headers when its body takes longer. */
  private static final Duration ERROR_BODY = Duration.ofSeconds(1);

  private final CallPlan call;
  private final Request request;
  private final AnswerListener listener;
  private final Deadlines deadlines;
  private final int maxBuffered;
  private final long firstByteBy;
  private final long firstContentBy;
  private final Duration betweenChunks;
  private final long wholeBy;
  private volatile Progress progress = Progress.UNSENT;
  private volatile long errorBodyBy = NEVER;
  private volatile boolean speaks;
  private volatile boolean handedOver;
  private volatile long nextChunkBy = NEVER;
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
    this.firstByteBy = nanosFromNow(limits.firstByte());
    this.firstContentBy = nanosFromNow(limits.firstContent());
    this.betweenChunks = limits.betweenChunks();
    this.wholeBy = nanosFromNow(limits.whole());
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
    errorBodyBy = nanosFromNow(ERROR_BODY);
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
          judge.arriving(answer, new LiveStream(arriving.stream(), this), () -> speaks = true);
      handedOver = true;
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
    if (speaks) {
      nextChunkBy = nanosFromNow(betweenChunks);
      deadlines.schedule(this);
    }
  }

  @Override
  public void served() {
    nextChunkBy = NEVER;
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
      return firstByteBy;
    }
    if (listener.isArriving()) {
      return handedOver ? nextChunkBy : whileHeldBack();
    }
    return errorBodyBy != NEVER && errorBodyBy - wholeBy < 0 ? errorBodyBy : wholeBy;
  }

  /** The request's own time is over even when a stream that nobody has seen yet goes on. */
  private long whileHeldBack() {
    long silentBy = speaks ? nextChunkBy : firstContentBy;
    return silentBy == NEVER || wholeBy - silentBy < 0 ? wholeBy : silentBy;
  }

  void expire() {
    expired = !listener.settleAsError();
    abort(new TimeoutException("no answer in time"));
  }

  private void abort(Throwable cause) {
    var unused = request.abort(cause);
  }

  private static long nanosFromNow(Duration duration) {
    return CyclicTimeouts.Expirable.calcExpireNanoTime(duration.toMillis());
  }
}
