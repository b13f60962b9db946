package dev.spillway.router.attempt;

import dev.spillway.router.attempt.Lineup.Place;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.balancing.Loads;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.lookahead.Reservation;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one attempt, and lets the backend's health, its load and its account learn what came of it.
 */
final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final Upstream upstream;
  private final AttemptLimits attemptLimits;
  private final Loads loads;
  private final HealthBoard health;
  private final TimeSource time;

  Attempts(Upstream upstream, Limits limits, Loads loads, HealthBoard health, TimeSource time) {
    this.upstream = upstream;
    this.attemptLimits =
        new AttemptLimits(
            limits.firstByteTimeout(),
            limits.firstTokenTimeout(),
            limits.streamIdleTimeout(),
            limits.timeout());
    this.loads = loads;
    this.health = health;
    this.time = time;
  }

  /** The same with what a changed configuration has changed. */
  Attempts followedBy(Upstream next, Limits changed, HealthBoard nextHealth) {
    return new Attempts(next, changed, loads, nextHealth, time);
  }

  /** What has happened to a call after it was sent to a backend. */
  History send(
      Backend backend,
      CallPlan call,
      Place place,
      Budget budget,
      History history,
      TraceBuilder trace)
      throws InterruptedException {
    long sent = time.nanoTime();
    Reservation reserved = place.reserved();
    try {
      CallPlan told = call.attempt(history.attempts().size());
      AttemptResult result = asked(backend, told, attemptLimits.within(budget.left(sent)));
      long now = time.nanoTime();
      if (result instanceof AttemptResult.Succeeded) {
        loads.answered(backend, Duration.ofNanos(now - sent), now);
      }
      Spent spent = Spending.of(result, call.facts());
      trace.attempted(backend, result, spent, sent, now);
      learn(backend, result, now);
      Settlement.of(reserved, result, spent, now);
      return history.plus(new Attempt(backend, result));
    } catch (InterruptedException e) {
      trace.abandoned(backend, Spending.unknown(call.facts()), sent, time.nanoTime());
      throw e;
    } finally {
      reserved.unknown(time.nanoTime()); // not heard where it is known
      place.ticket().close();
    }
  }

  /** While an answer arrives, its backend is still at work. */
  private AttemptResult asked(Backend backend, CallPlan call, AttemptLimits within)
      throws InterruptedException {
    boolean arrives = false;
    loads.begin(backend);
    try {
      AttemptResult result = upstream.send(backend, call, within);
      arrives = result instanceof AttemptResult.Succeeded good && good.answer().isArriving();
      return result;
    } finally {
      if (!arrives) {
        loads.end(backend);
      }
    }
  }

  private void learn(Backend backend, AttemptResult result, long now) {
    switch (result) {
      case AttemptResult.Succeeded it -> health.served(backend, now);
      case AttemptResult.Unknown it -> {} // it is somewhere else
      case AttemptResult.Refused it -> {} // the caller's fault
      case AttemptResult.Throttled it -> health.throttled(backend, it.asked(), now);
      case AttemptResult.Rejected it -> quarantine(backend, it, now);
      case AttemptResult.Failed it -> health.failed(backend, now);
      case AttemptResult.Garbled it -> health.failed(backend, now);
      case AttemptResult.TimedOut it -> health.failed(backend, now);
      case AttemptResult.Reset it -> health.failed(backend, now);
      case AttemptResult.Unreachable it -> health.unreachable(backend, now);
      case AttemptResult.TokenRefused it -> {} // a newer one is at hand
      case AttemptResult.NoToken it -> health.unreachable(backend, now);
      case AttemptResult.Stale it -> {} // the connection was old
    }
  }

  private void quarantine(Backend backend, AttemptResult.Rejected rejected, long now) {
    LOG.warn(
        "{} answers {}: check its credential and its deployment; the others serve meanwhile",
        backend.name(),
        rejected.word());
    health.quarantine(backend, now);
  }

  /** It broke off in the middle of an answer that was being passed on. */
  void cut(Backend backend) {
    LOG.warn("{} broke off in the middle of its answer", backend.name());
    health.failed(backend, time.nanoTime());
  }

  /** An answer that arrived while it was passed on is done with, read to its end or not. */
  void over(Backend backend, AnswerBody.Arriving answer) {
    loads.end(backend);
    try {
      answer.stream().close(); // closed already, unless it could not even be begun to be passed on
    } catch (IOException e) {
      // the backend has gone before
    }
  }
}
