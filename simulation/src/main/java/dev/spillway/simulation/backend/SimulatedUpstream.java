package dev.spillway.simulation.backend;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.body.ReplayableBody;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.simulation.story.Attempt;
import dev.spillway.simulation.story.Attempt.Deed;
import dev.spillway.simulation.story.Request;
import dev.spillway.simulation.story.Story;
import dev.spillway.simulation.world.World;
import dev.spillway.simulation.world.Year;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** All backends of a world. Writes down what they are asked, and what they do. */
public final class SimulatedUpstream implements Upstream {

  /** The header by which a client's request is known again. */
  public static final String REQUEST = "x-simulated-request";

  private final World world;
  private final Story story;
  private final Quotas quotas;
  private final Script script;
  private final TimeSource time;

  public SimulatedUpstream(World world, Story story, Quotas quotas, TimeSource time) {
    this.world = world;
    this.story = story;
    this.quotas = quotas;
    this.script = new Script(world);
    this.time = time;
  }

  @Override
  public AttemptResult send(Backend backend, CallPlan call, AttemptLimits limits)
      throws InterruptedException {
    Request request = story.requests().get(number(call));
    Attempt attempt =
        new Attempt(
            story.attempts().size(),
            request.number,
            backend.name(),
            time.nanoTime(),
            limits.firstByte(),
            bytes(call.body()));
    story.add(attempt);
    try {
      return new Visit(world.backend(backend.name()), request, attempt, call, limits, this)
          .result();
    } catch (InterruptedException e) {
      attempt.deed = Deed.CANCELLED;
      throw e;
    } finally {
      attempt.answeredAt = time.nanoTime();
    }
  }

  Quotas quotas() {
    return quotas;
  }

  Script script() {
    return script;
  }

  Year year() {
    return world.year();
  }

  TimeSource time() {
    return time;
  }

  private static byte[] bytes(ReplayableBody body) {
    try (InputStream all = body.open(0, body.length())) {
      return all.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(CallPlan call) {
    for (Header header : call.headers()) {
      if (header.name().equals(REQUEST)) {
        return Integer.parseInt(header.value());
      }
    }
    throw new IllegalStateException("the router has lost the header " + REQUEST);
  }
}
