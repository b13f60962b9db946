package dev.spillway.simulation;

import dev.spillway.router.RouterConfig;
import dev.spillway.router.RoutingCore;
import dev.spillway.router.attempt.Ending;
import dev.spillway.router.attempt.Reply;
import dev.spillway.router.auth.Caller;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.gateway.StreamDelivery;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.ChatCall;
import dev.spillway.router.routing.Choice;
import dev.spillway.router.routing.Destination;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Routers with one thing wrong each: what the judge must find. */
final class BrokenRouters {

  private BrokenRouters() {}

  /** Makes something else of what a backend has said. */
  private interface Misreading {
    AttemptResult of(AttemptResult result, Backend backend) throws InterruptedException;
  }

  /** A router that misreads what backends say. */
  private static RouterUnderTest.Maker misreading(Misreading misreading) {
    return (config, upstream, time) ->
        new RealRouter(
            config,
            (backend, call, limits) -> misreading.of(upstream.send(backend, call, limits), backend),
            time);
  }

  static RouterUnderTest.Maker retriesRefusals() {
    return misreading((result, backend) ->
        result instanceof AttemptResult.Refused refused
            ? new AttemptResult.Failed(refused.answer())
            : result);
  }

  static RouterUnderTest.Maker ignoresWaits() {
    return misreading((result, backend) ->
        result instanceof AttemptResult.Throttled throttled
            ? new AttemptResult.Throttled(throttled.answer(), Optional.of(Duration.ofNanos(1)))
            : result);
  }

  static RouterUnderTest.Maker passesThrottlingOn() {
    return misreading((result, backend) ->
        result instanceof AttemptResult.Throttled throttled
            ? new AttemptResult.Refused(throttled.answer())
            : result);
  }

  static RouterUnderTest.Maker takesFailuresForFree() {
    return misreading((result, backend) ->
        result instanceof AttemptResult.Failed
                || result instanceof AttemptResult.TimedOut
                || result instanceof AttemptResult.Garbled
                || result instanceof AttemptResult.Reset
            ? new AttemptResult.Unreachable("free")
            : result);
  }

  static RouterUnderTest.Maker forgetsWhatWasCharged() {
    return misreading((result, backend) ->
        result instanceof AttemptResult.Reset ? new AttemptResult.Unreachable("free") : result);
  }

  static RouterUnderTest.Maker throwsAtGarbage() {
    return misreading((result, backend) -> {
      if (result instanceof AttemptResult.Garbled) {
        throw new IllegalStateException("garbage");
      }
      return result;
    });
  }

  /** Mixes answers up. */
  static RouterUnderTest.Maker answersForSomebodyElse() {
    AtomicReference<@Nullable AttemptResult> before = new AtomicReference<>();
    return misreading((result, backend) -> {
      if (!(result instanceof AttemptResult.Succeeded good) || good.answer().isArriving()) {
        return result;
      }
      AttemptResult other = before.getAndSet(result);
      return other == null ? result : other;
    });
  }

  static RouterUnderTest.Maker asksTwice() {
    return (config, upstream, time) ->
        new RealRouter(
            config,
            (backend, call, limits) -> {
              AttemptResult first = upstream.send(backend, call, limits);
              return first instanceof AttemptResult.Succeeded
                  ? first
                  : upstream.send(backend, call, limits);
            },
            time);
  }

  static RouterUnderTest.Maker sendsAnotherBody() {
    return (config, upstream, time) ->
        new RealRouter(
            config,
            (backend, call, limits) -> upstream.send(backend, withAnotherBody(call), limits),
            time);
  }

  private static CallPlan withAnotherBody(CallPlan call) {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    return new ChatCall(
            call.identity().id(),
            call.caller(),
            call.pool(),
            call.headers(),
            body,
            null,
            null,
            call.terms())
        .plan();
  }

  /** Waits before it asks anybody for a second time. */
  static RouterUnderTest.Maker dawdles() {
    return (config, upstream, time) -> new RealRouter(config, new Dawdling(upstream, time), time);
  }

  private record Dawdling(Upstream upstream, TimeSource time, Set<CallPlan> seen)
      implements Upstream {

    Dawdling(Upstream upstream, TimeSource time) {
      this(upstream, time, new HashSet<>());
    }

    @Override
    public AttemptResult send(Backend backend, CallPlan call, AttemptLimits limits)
        throws InterruptedException {
      if (!seen.add(call)) {
        time.sleep(Duration.ofMillis(100));
      }
      return upstream.send(backend, call, limits);
    }
  }

  static RouterUnderTest.Maker goesOnForNobody() {
    return (config, upstream, time) ->
        new RealRouter(
            config,
            (backend, call, limits) -> {
              try {
                return upstream.send(backend, call, limits);
              } catch (InterruptedException e) {
                time.sleep(Duration.ofSeconds(1));
                return new AttemptResult.Unreachable("left");
              }
            },
            time);
  }

  /** Does something to its own books before every request. */
  private abstract static class Meddling extends RealRouter {

    final RouterConfig config;
    final TimeSource time;

    Meddling(RouterConfig config, Upstream upstream, TimeSource time) {
      super(config, upstream, time);
      this.config = config;
      this.time = time;
    }

    abstract void meddle(CallPlan call);

    @Override
    public void serve(CallPlan call, Client client) throws InterruptedException {
      meddle(call);
      super.serve(call, client);
    }
  }

  static RouterUnderTest.Maker forgetsRests() {
    return (config, upstream, time) ->
        new Meddling(config, upstream, time) {
          @Override
          void meddle(CallPlan call) {
            config.backends().values().forEach(it -> core().health().reset(it, time.nanoTime()));
          }
        };
  }

  /** Believes every time that nothing is in use. */
  static RouterUnderTest.Maker forgetsWhatItHasSent() {
    return (config, upstream, time) ->
        new Meddling(config, upstream, time) {
          @Override
          void meddle(CallPlan call) {
            config.backends().values().forEach(it -> core().lookAhead().reset(it, time.nanoTime()));
          }
        };
  }

  static RouterUnderTest.Maker beginsAnewAtReloads() {
    return (config, upstream, time) ->
        new RealRouter(config, upstream, time) {
          @Override
          protected RoutingCore following(RoutingCore before, RouterConfig changed) {
            return fresh(changed);
          }
        };
  }

  static RouterUnderTest.Maker takesTheLastRule() {
    return (config, upstream, time) ->
        new RealRouter(config, upstream, time) {
          @Override
          protected Choice choice(Destination to, ChatCall asked) {
            return super.choice(new Destination(to.rules().reversed(), to.otherwise()), asked);
          }
        };
  }

  static RouterUnderTest.Maker passesTheFirstOver() {
    return (config, upstream, time) ->
        new Meddling(config, upstream, time) {
          @Override
          void meddle(CallPlan call) {
            Backend first = config.backends().values().iterator().next();
            core().health().quarantine(first, time.nanoTime());
          }
        };
  }

  /** Whoever has failed once is held off for ever. */
  static RouterUnderTest.Maker bearsGrudges() {
    return (config, upstream, time) -> {
      Set<Backend> failed = new HashSet<>();
      Upstream noting =
          (backend, call, limits) -> {
            AttemptResult result = upstream.send(backend, call, limits);
            if (!(result instanceof AttemptResult.Succeeded)) {
              failed.add(backend);
            }
            return result;
          };
      return new Meddling(config, noting, time) {
        @Override
        void meddle(CallPlan call) {
          failed.forEach(it -> core().health().quarantine(it, time.nanoTime()));
        }
      };
    };
  }

  static RouterUnderTest.Maker blamesBackendsForRefusals() {
    return (config, upstream, time) -> {
      Set<Backend> refused = new HashSet<>();
      Upstream noting =
          (backend, call, limits) -> {
            AttemptResult result = upstream.send(backend, call, limits);
            if (result instanceof AttemptResult.Refused) {
              refused.add(backend);
            }
            return result;
          };
      return new Meddling(config, noting, time) {
        @Override
        void meddle(CallPlan call) {
          refused.forEach(it -> core().health().unreachable(it, time.nanoTime()));
        }
      };
    };
  }

  static RouterUnderTest.Maker hasNoDeadline() {
    return changingCalls(call -> chat(call, call.affinity(), null));
  }

  static RouterUnderTest.Maker knowsNoQuotas() {
    return changingCalls(
        call -> chat(call, Caller.of(call.caller().name()), call.affinity(), call.deadline()));
  }

  static RouterUnderTest.Maker sendsAllToOne() {
    return changingCalls(call -> chat(call, "always the same", call.deadline()));
  }

  private interface Change {
    CallPlan of(CallPlan call);
  }

  private static CallPlan chat(
      CallPlan call, @Nullable String affinity, @Nullable Duration deadline) {
    return chat(call, call.caller(), affinity, deadline);
  }

  private static CallPlan chat(
      CallPlan call, Caller caller, @Nullable String affinity, @Nullable Duration deadline) {
    try (var body = call.body().open(0, call.body().length())) {
      return new ChatCall(
              call.identity().id(),
              caller,
              call.pool(),
              call.headers(),
              body.readAllBytes(),
              affinity,
              deadline,
              call.terms())
          .plan(call.pool(), call.routedBy());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RouterUnderTest.Maker changingCalls(Change change) {
    return (config, upstream, time) ->
        new RealRouter(config, upstream, time) {
          @Override
          public void serve(CallPlan call, Client client) throws InterruptedException {
            super.serve(change.of(call), client);
          }
        };
  }

  static RouterUnderTest.Maker endsCutStreamsWell() {
    return (config, upstream, time) ->
        new RealRouter(config, upstream, time) {
          @Override
          protected Delivery deliver(
              StreamDelivery stream, AnswerBody.Arriving body, Client client) {
            byte[] buffer = new byte[8192];
            try (var from = body.stream()) {
              for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                client.take(buffer, read);
              }
            } catch (IOException e) {
              return Delivery.COMPLETE;
            }
            return Delivery.COMPLETE;
          }
        };
  }

  static RouterUnderTest.Maker losesCount() {
    return (config, upstream, time) ->
        new RealRouter(config, upstream, time) {
          @Override
          public void serve(CallPlan call, Client client) throws InterruptedException {
            core().loads().begin(config.backends().values().iterator().next());
            super.serve(call, client);
          }
        };
  }

  /** Tells its callers something else than it has decided. */
  private static RouterUnderTest.Maker telling(Telling telling) {
    return (config, upstream, time) ->
        new RealRouter(config, upstream, time) {
          @Override
          public void serve(CallPlan call, Client client) throws InterruptedException {
            super.serve(call, new Told(client, telling));
          }
        };
  }

  private interface Telling {
    void tell(Reply reply, RouterUnderTest.Client client);
  }

  private record Told(RouterUnderTest.Client client, Telling telling)
      implements RouterUnderTest.Client {

    @Override
    public void answered(Reply reply) {
      telling.tell(reply, client);
    }

    @Override
    public void delivered(Delivery delivery) {
      client.delivered(delivery);
    }

    @Override
    public void take(byte[] bytes, int length) throws IOException {
      client.take(bytes, length);
    }

    @Override
    public boolean hasLeft() {
      return client.hasLeft();
    }

    @Override
    public void breakOff() {
      client.breakOff();
    }
  }

  static RouterUnderTest.Maker tellsHalfOfTheWait() {
    return telling((reply, client) ->
        client.answered(
            reply.ending() instanceof Ending.Throttled throttled
                ? throttled(reply, throttled.retryAfter().dividedBy(2))
                : reply));
  }

  static RouterUnderTest.Maker callsEverythingThrottling() {
    return telling((reply, client) ->
        client.answered(
            reply.ending() instanceof Ending.Failed
                ? throttled(reply, Duration.ofMillis(1))
                : reply));
  }

  private static Reply throttled(Reply reply, Duration wait) {
    return new Reply(
        reply.call(), new Ending.Throttled(wait), reply.trace(), reply.advance(), reply.start());
  }

  static RouterUnderTest.Maker answersTwice() {
    return telling((reply, client) -> {
      client.answered(reply);
      client.answered(reply);
    });
  }
}
