package dev.spillway.simulation;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.RoutingCore;
import dev.spillway.router.attempt.AttemptLoop;
import dev.spillway.router.attempt.Ending;
import dev.spillway.router.attempt.Reply;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.config.Route;
import dev.spillway.router.config.RouteTable;
import dev.spillway.router.gateway.StreamDelivery;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.metrics.RouterMetrics;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.ChatCall;
import dev.spillway.router.plan.Header;
import dev.spillway.router.routing.Choice;
import dev.spillway.router.routing.Destination;
import dev.spillway.router.routing.Inquiry;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The router as it is, with another front end and other backends. */
public class RealRouter implements RouterUnderTest {

  /** Counts for all simulations of this process; nobody reads it. */
  private static final RouterMetrics METRICS = new RouterMetrics();

  private final Upstream upstream;
  private final TimeSource time;
  private RouterConfig config;
  private RoutingCore core;

  public RealRouter(RouterConfig config, Upstream upstream, TimeSource time) {
    this.config = config;
    this.upstream = upstream;
    this.time = time;
    this.core = fresh(config);
  }

  /** One that knows nothing yet. */
  protected final RoutingCore fresh(RouterConfig of) {
    return RoutingCore.of(of, upstream, METRICS, time);
  }

  protected final RoutingCore core() {
    return core;
  }

  @Override
  public CallPlan plan(ChatCall asked) {
    String deployment = asked.pool();
    Route route = new RouteTable(config.routes()).ofDeployment(deployment).orElseThrow();
    Choice choice = choice(route.to(), asked);
    return asked.plan(choice.pool().name(), choice.why());
  }

  protected Choice choice(Destination to, ChatCall asked) {
    return to.choose(
        new Inquiry(
            asked.caller(),
            asked.pool(),
            Optional.of(Operation.CHAT_COMPLETIONS),
            name -> header(asked, name),
            asked.plan().facts()));
  }

  private static @Nullable String header(ChatCall asked, String name) {
    return asked.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(Header::value)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void follow(RouterConfig changed) {
    core = following(core, changed);
    config = changed;
  }

  protected RoutingCore following(RoutingCore before, RouterConfig changed) {
    return before.followedBy(changed, upstream, time);
  }

  @Override
  public void serve(CallPlan call, Client client) throws InterruptedException {
    serve(core.loop(), call, client);
  }

  /** A call ends with the configuration it began with. */
  private void serve(AttemptLoop loop, CallPlan call, Client client) throws InterruptedException {
    Reply reply = loop.run(call);
    try {
      client.answered(reply);
      if (reply.ending() instanceof Ending.Passed passed
          && passed.answer().body() instanceof AnswerBody.Arriving arriving) {
        StreamDelivery stream = StreamDelivery.of(call, passed.answer());
        Delivery delivery = deliver(stream, arriving, client);
        loop.delivered(reply, delivery, stream.heard());
        client.delivered(delivery);
      }
    } finally {
      loop.finished(reply);
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
  public String headRoom(String backend) {
    return core.lookAhead().headRoom(backend(backend), time.nanoTime()).toString();
  }

  @Override
  public int inFlight(String backend) {
    return core.loads().inFlight(backend(backend));
  }

  protected final Backend backend(String name) {
    return Objects.requireNonNull(config.backends().get(name));
  }
}
