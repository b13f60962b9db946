package dev.spillway.rehearsal;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Upstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Routers that do one thing wrong each, on their way to their backends. */
final class BrokenRouters {

  private static final byte[] SOUND_END = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

  private BrokenRouters() {}

  /** One attempt, made in another way. */
  private interface Way {
    AttemptResult send(Upstream right, Backend backend, CallPlan call, AttemptLimits limits)
        throws InterruptedException;
  }

  private static UnaryOperator<Upstream> sending(Way way) {
    return right -> (backend, call, limits) -> way.send(right, backend, call, limits);
  }

  /** Takes the caller's own fault for one of the backend's. */
  static UnaryOperator<Upstream> retriesRefusals() {
    return sending((right, backend, call, limits) -> {
      AttemptResult result = right.send(backend, call, limits);
      return result instanceof AttemptResult.Refused refused
          ? new AttemptResult.Failed(refused.answer())
          : result;
    });
  }

  /** Asks again at once, whatever it was told. */
  static UnaryOperator<Upstream> ignoresWaits() {
    return sending((right, backend, call, limits) -> {
      AttemptResult result = right.send(backend, call, limits);
      return result instanceof AttemptResult.Throttled ? right.send(backend, call, limits) : result;
    });
  }

  /** Ends a stream well that was cut. */
  static UnaryOperator<Upstream> swallowsCuts() {
    return sending((right, backend, call, limits) -> {
      AttemptResult result = right.send(backend, call, limits);
      return result instanceof AttemptResult.Succeeded good
              && good.answer().body() instanceof AnswerBody.Arriving arriving
          ? new AttemptResult.Succeeded(
              good.answer().with(new AnswerBody.Arriving(new Healed(arriving.stream()))))
          : result;
    });
  }

  /** Passes the caller's own key on. */
  static UnaryOperator<Upstream> leaksTheCallersKey() {
    return sending((right, backend, call, limits) -> {
      List<Header> headers = new ArrayList<>(call.headers());
      headers.add(new Header("authorization", "Bearer caller-key"));
      return right.send(backend, withHeaders(call, headers), limits);
    });
  }

  /** Sends everything twice, and uses the second answer. */
  static UnaryOperator<Upstream> doublesRequests() {
    return sending((right, backend, call, limits) -> {
      AttemptResult unused = right.send(backend, call, limits);
      return right.send(backend, call, limits);
    });
  }

  private static CallPlan withHeaders(CallPlan call, List<Header> headers) {
    return new CallPlan(
        call.identity(),
        call.caller(),
        call.method(),
        call.name(),
        call.pool(),
        call.routedBy(),
        call.route(),
        call.query(),
        call.apiVersion(),
        headers,
        call.body(),
        call.facts(),
        call.affinity(),
        call.deadline(),
        call.terms(),
        call.model(),
        call.stay());
  }

  /** A stream that says that it is complete where it broke off. */
  private static final class Healed extends InputStream {

    private final InputStream stream;
    private final InputStream end = new ByteArrayInputStream(SOUND_END);
    private boolean broken;

    Healed(InputStream stream) {
      this.stream = stream;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (!broken) {
        try {
          return stream.read(into, offset, length);
        } catch (IOException e) {
          broken = true;
        }
      }
      return end.read(into, offset, length);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
