package dev.spillway.router.gateway;

import dev.spillway.router.attempt.AttemptLoop;
import dev.spillway.router.attempt.Ending;
import dev.spillway.router.attempt.Reply;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.stored.StoredObjects;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.TraceLine;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.RetryAfter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Writes what a caller gets, with the headers that say how it came about. */
final class ReplyWriter {

  private final AttemptLoop loop;
  private final KeeperNotes keepers;

  ReplyWriter(AttemptLoop loop, StoredObjects stored) {
    this.loop = loop;
    this.keepers = new KeeperNotes(stored);
  }

  void write(CallPlan call, Reply reply, Callers.Served caller, HttpServletResponse response)
      throws IOException {
    response.setHeader(RouterHeaders.ATTEMPTS, Integer.toString(reply.trace().attempts()));
    if (!reply.trace().steps().isEmpty()) {
      response.setHeader(
          RouterHeaders.TRACE, RouterHeaders.plain(TraceLine.of(reply.trace().steps())));
    }
    if (call.routedBy() != null) {
      response.setHeader(RouterHeaders.ROUTE, RouterHeaders.plain(call.routedBy()));
    }
    switch (reply.ending()) {
      case Ending.Passed passed -> pass(call, reply, passed, caller, response);
      case Ending.Throttled it ->
          throttle(call, reply, it.retryAfter(), ThrottledMessage.of(call, it), response);
      case Ending.OverQuota it ->
          throttle(call, reply, it.over().retryAfter(), ThrottledMessage.of(call, it), response);
      case Ending.Failed failed ->
          refuse(
              failed.status(),
              new ErrorEnvelope(failed.code(), failed.message()).toJson(),
              response);
    }
  }

  private void pass(
      CallPlan call,
      Reply reply,
      Ending.Passed passed,
      Callers.Served caller,
      HttpServletResponse response)
      throws IOException {
    response.setHeader(RouterHeaders.BACKEND, passed.backend().name());
    Answer answer = passed.answer();
    copyHead(answer, response);
    switch (answer.body()) {
      case AnswerBody.Whole whole -> {
        keepers.read(call, passed.backend(), answer);
        writeWhole(whole.bytes(), response);
      }
      case AnswerBody.Arriving arriving -> {
        StreamDelivery stream = StreamDelivery.of(call, answer);
        InputStream from = keepers.reading(call, passed.backend(), answer, arriving.stream());
        Delivery delivery = stream.run(from, new HttpRecipient(caller, response));
        loop.delivered(reply, delivery, stream.heard());
      }
    }
  }

  private static void copyHead(Answer answer, HttpServletResponse response) {
    response.setStatus(answer.status());
    response.setHeader("Content-Type", null);
    for (Header header : answer.headers()) {
      if (!header.name().toLowerCase(Locale.ROOT).startsWith(RouterHeaders.PREFIX)) {
        response.addHeader(header.name(), header.value());
      }
    }
  }

  private static void throttle(
      CallPlan call, Reply reply, Duration wait, String message, HttpServletResponse response)
      throws IOException {
    Duration deadline = call.deadline();
    if (deadline != null && deadline.minus(reply.trace().outcome().took()).compareTo(wait) < 0) {
      response.setHeader(HeaderNames.SHOULD_RETRY, "false");
    }
    response.setHeader(HeaderNames.RETRY_AFTER, Long.toString(RetryAfter.seconds(wait)));
    response.setHeader(HeaderNames.RETRY_AFTER_MS, Long.toString(RetryAfter.millis(wait)));
    refuse(429, new ErrorEnvelope("429", message).toJson(), response);
  }

  /** An answer that no backend was asked for. */
  static void refuse(Inbound.Refusal refusal, HttpServletResponse response) throws IOException {
    response.setHeader(RouterHeaders.ATTEMPTS, "0");
    refuse(refusal.status(), refusal.json(), response);
  }

  /**
   * That a path has no such method.
   *
   * @param allow those that it has
   */
  static void refuseMethod(String allow, HttpServletResponse response) throws IOException {
    response.setHeader("Allow", allow);
    refuse(Inbound.Refusal.NO_SUCH_METHOD, response);
  }

  /** What the router knows by itself. */
  static void tell(Inbound.Own own, HttpServletResponse response) throws IOException {
    response.setHeader(RouterHeaders.ATTEMPTS, "0");
    refuse(200, own.json(), response);
  }

  /** An answer of the router's own. */
  private static void refuse(int status, String json, HttpServletResponse response)
      throws IOException {
    response.setStatus(status);
    response.setHeader(RouterHeaders.ORIGIN, "router");
    response.setHeader("Content-Type", "application/json");
    writeWhole(json.getBytes(StandardCharsets.UTF_8), response);
  }

  private static void writeWhole(byte[] bytes, HttpServletResponse response) throws IOException {
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /** A caller at the other end of a connection. */
  private record HttpRecipient(Callers.Served caller, HttpServletResponse response)
      implements StreamDelivery.Recipient {

    @Override
    public void take(byte[] bytes, int length) throws IOException {
      response.getOutputStream().write(bytes, 0, length);
      response.getOutputStream().flush();
    }

    @Override
    public boolean hasLeft() {
      return caller.hasLeft();
    }

    @Override
    public boolean isStopped() {
      return caller.isStopped();
    }

    @Override
    public void breakOff() {
      caller.breakOff();
    }
  }
}
