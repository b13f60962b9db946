package dev.spillway.simulation;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.RoutingCore;
import dev.spillway.router.attempt.Ending;
import dev.spillway.router.attempt.Reply;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.gateway.StreamDelivery;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.metrics.RouterMetrics;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The router as it is, with another front end and other backends. */
public class RealRouter implements RouterUnderTest {

  /** Counts for all simulations of this process; nobody reads it. */
  private static final RouterMetrics METRICS = new RouterMetrics();

  private final RouterConfig config;
  private final TimeSource time;
  private final RoutingCore core;

  public RealRouter(RouterConfig config, Upstream upstream, TimeSource time) {
    this.config = config;
    this.time = time;
    this.core = RoutingCore.of(config, upstream, METRICS, time);
  }

  protected final RoutingCore core() {
    return core;
  }

  @Override
  public void serve(CallPlan call, Client client) throws InterruptedException {
    Reply reply = core.loop().run(call);
    try {
      client.answered(reply);
      if (reply.ending() instanceof Ending.Passed passed
          && passed.answer().body() instanceof AnswerBody.Arriving arriving) {
        StreamDelivery stream = StreamDelivery.of(call, passed.answer());
        Delivery delivery = deliver(stream, arriving, client);
        core.loop().delivered(reply, delivery, stream.heard());
        client.delivered(delivery);
      }
    } finally {
      core.loop().finished(reply);
    }
  }

  protected Delivery deliver(StreamDelivery stream, AnswerBody.Arriving body, Client client) {
    try {
      return stream.run(body.stream(), client);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String standing(String backend) {
    return switch (core.health().state(backend(backend), time.nanoTime())) {
      case HealthState.Serving it -> "serving";
      case HealthState.Resting it -> "resting";
      case HealthState.Benched it -> "benched";
      case HealthState.HalfOpen it -> "half-open";
      case HealthState.Quarantined it -> "quarantined";
    };
  }

  @Override
  public int inFlight(String backend) {
    return core.loads().inFlight(backend(backend));
  }

  protected final Backend backend(String name) {
    return Objects.requireNonNull(config.backends().get(name));
  }
}
