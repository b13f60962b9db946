package dev.spillway.router.attempt;

import dev.spillway.router.attempt.Lineup.Place;
import dev.spillway.router.attempt.Lineup.Way;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.balancing.Loads;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.lookahead.LookAhead;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Stay;
import dev.spillway.router.plan.TokenEstimate;
import dev.spillway.router.quota.Admission;
import dev.spillway.router.quota.CallerQuotas;
import dev.spillway.router.quota.Charge;
import dev.spillway.router.trace.Delivery;
import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.RequestTrace.Asked;
import dev.spillway.router.trace.RequestTrace.Course;
import dev.spillway.router.trace.RequestTrace.Outcome;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.trace.Witness;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.Heard;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what {@link AttemptPolicy} decides, and records it. Who may be asked it knows from
 * its {@link Lineup}, and it sends by {@link Attempts}.
 *
 * <p>Knows no HTTP server, and blocks only through its {@link TimeSource} and its {@link Upstream}.
 */
public final class AttemptLoop {

  /** What proxies write into their logs for a caller who did not wait. */
  private static final int CALLER_LEFT = 499;

  /**
   * What is being served.
   *
   * @param start when it began, in {@code nanoTime}
   */
  private record Request(CallPlan call, TraceBuilder trace, long start) {}

  private final Lineup lineup;
  private final Attempts attempts;
  private final CallerQuotas quotas;
  private final Witness witness;
  private final TimeSource time;

  /**
   * A loop over some pools.
   *
   * @param loads what their backends have to do
   * @param witness who is told of every request
   */
  public AttemptLoop(
      Collection<Pool> pools,
      Limits limits,
      Loads loads,
      Upstream upstream,
      HealthBoard health,
      LookAhead lookAhead,
      Witness witness,
      TimeSource time) {
    this(
        new Lineup(pools, limits, loads, health, lookAhead, time.nanoTime()),
        new Attempts(upstream, limits, loads, health, time),
        new CallerQuotas(),
        witness,
        time);
  }

  private AttemptLoop(
      Lineup lineup, Attempts attempts, CallerQuotas quotas, Witness witness, TimeSource time) {
    this.lineup = lineup;
    this.attempts = attempts;
    this.quotas = quotas;
    this.witness = witness;
    this.time = time;
  }

  /**
   * The loop over the pools of a changed configuration. Pools that stay go on with whose turn it is
   * and with what is left to be retried, callers with what they have used of their quotas.
   */
  public AttemptLoop followedBy(
      Collection<Pool> pools,
      Limits changed,
      Upstream upstream,
      HealthBoard health,
      LookAhead lookAhead) {
    return new AttemptLoop(
        lineup.followedBy(pools, changed, health, lookAhead, time.nanoTime()),
        attempts.followedBy(upstream, changed, health),
        quotas,
        witness,
        time);
  }

  /**
   * Serves one call. When the reply's answer still arrives, {@link #delivered} must follow, and
   * {@link #finished} must in any case.
   *
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public Reply run(CallPlan call) throws InterruptedException {
    long start = time.nanoTime();
    return switch (quotas.admit(call.caller(), () -> estimate(call), start)) {
      case Admission.Over over -> refuse(call, over, start);
      case Admission.Admitted admitted -> run(call, admitted.charge(), start);
    };
  }

  private static long estimate(CallPlan call) {
    return TokenEstimate.of(call.facts().get()).tokens();
  }

  private Reply refuse(CallPlan call, Admission.Over over, long start) {
    Request request = begun(call, start);
    request.trace().overQuota(over);
    return reply(request, new Ending.OverQuota(over), "quota", List.of(), Advance.NONE);
  }

  private Request begun(CallPlan call, long start) {
    return new Request(call, new TraceBuilder(time.instant(), start, call.routedBy()), start);
  }

  private Reply run(CallPlan call, Charge charge, long start) throws InterruptedException {
    Way way = lineup.way(call.pool());
    way.retries().requested();
    List<Backend> order = lineup.order(way, call, start);
    Request request = begun(call, start);
    request.trace().concerns(call.stay());
    try {
      return run(request, way, order, charge);
    } catch (InterruptedException e) {
      Ending left = new Ending.Failed(CALLER_LEFT, "499", "The caller left.");
      List<Candidate> candidates = lineup.look(call, way, order, time.nanoTime());
      var unused = reply(request, left, "caller-left", candidates, Advance.of(charge));
      throw e;
    }
  }

  /** The pool that the route leads to from a backend that has refused the request. */
  private Optional<Way> onward(CallPlan call, History history, Way from) {
    return history
        .last()
        .flatMap(last -> Onward.pool(last.result(), call.terms().detours()))
        .map(lineup::way)
        .filter(way -> !way.equals(from) && !(call.stay() instanceof Stay.With));
  }

  private Reply run(Request request, Way first, List<Backend> firstOrder, Charge charge)
      throws InterruptedException {
    CallPlan call = request.call();
    TraceBuilder trace = request.trace();
    Budget budget = Budget.of(call.terms(), call.deadline(), request.start());
    History history = History.EMPTY;
    Advance advance = Advance.of(charge);
    Way way = first;
    List<Backend> order = firstOrder;
    while (true) {
      long now = time.nanoTime();
      List<Candidate> candidates = lineup.look(call, way, order, now);
      Budget left = budget.with(!history.lastWasCostly() || way.retries().mayRetry(now));
      Decision decision = AttemptPolicy.next(history, candidates, left, now);
      Optional<Place> place = lineup.placeFor(decision, candidates, call, way, now);
      if (place.isEmpty()) {
        continue;
      }
      trace.decided(decision, candidates);
      switch (decision) {
        case Decision.Send send -> {
          if (history.lastWasCostly()) {
            way.retries().retried();
          }
          advance = advance.with(place.get().reserved());
          history = attempts.send(send.backend(), call, place.get(), budget, history, trace);
          Optional<Way> onward = onward(call, history, way);
          if (onward.isPresent()) {
            way = onward.get();
            order = lineup.order(way, call, time.nanoTime());
            history = history.onDetour();
          }
        }
        case Decision.Wait wait -> {
          time.sleep(wait.length());
          history = history.afterWait(wait.length());
        }
        case Decision.Deliver it -> {
          Ending ending = new Ending.Passed(it.backend(), it.answer());
          return reply(request, ending, "answered", candidates, advance);
        }
        case Decision.GiveUp it -> {
          Ending ending = Endings.of(it.reason(), history, candidates);
          String why = it.reason().name().toLowerCase(Locale.ROOT);
          return reply(request, ending, why, candidates, advance);
        }
      }
    }
  }

  /** What {@link #run} would do with a call now; nothing is done, and nothing is learned. */
  public Outlook outlook(CallPlan call) {
    long now = time.nanoTime();
    Way way = lineup.way(call.pool());
    List<Backend> order = lineup.peekOrder(way, call, now);
    List<Candidate> candidates = lineup.look(call, way, order, now);
    Budget budget = Budget.of(call.terms(), call.deadline(), now);
    Decision decision = AttemptPolicy.next(History.EMPTY, candidates, budget, now);
    TraceBuilder trace = new TraceBuilder(time.instant(), now, null);
    trace.concerns(call.stay());
    trace.decided(decision, candidates);
    return new Outlook(order, trace.steps(), Outlook.Next.of(decision, candidates));
  }

  /**
   * Records how an answer that arrived while it was passed on has ended.
   *
   * @param heard what it has said by the way
   */
  public void delivered(Reply reply, Delivery delivery, Heard heard) {
    Course course = new Course(delivery, reply.age(time.nanoTime()));
    Spent spent = Spending.of(heard, reply.call().facts());
    Settlement.used(reply.advance().ofBackend(), spent, time.nanoTime());
    finished(reply.trace().with(course, spent), reply.advance());
    if (delivery == Delivery.CUT && reply.ending() instanceof Ending.Passed passed) {
      attempts.cut(passed.backend());
    }
  }

  private void finished(RequestTrace trace, Advance advance) {
    QuotaUse.by(trace).ifPresent(tokens -> advance.ofCaller().used(tokens, time.nanoTime()));
    witness.finished(trace);
  }

  /** A reply is done with, however it went; whatever of it nobody has read is read by nobody. */
  public void finished(Reply reply) {
    if (reply.ending() instanceof Ending.Passed passed
        && passed.answer().body() instanceof AnswerBody.Arriving arriving) {
      attempts.over(passed.backend(), arriving);
    }
  }

  private Reply reply(
      Request request, Ending ending, String why, List<Candidate> candidates, Advance advance) {
    CallPlan call = request.call();
    TraceBuilder steps = request.trace();
    Duration took = Duration.ofNanos(time.nanoTime() - request.start());
    RequestTrace trace =
        new RequestTrace(
            call.identity().id(),
            call.identity().span(),
            steps.begun(),
            asked(call),
            candidates.stream().map(candidate -> candidate.backend().name()).toList(),
            steps.steps(),
            new Outcome(why, ending.status(), backendOf(ending), took),
            new Course(arrives(ending) ? Delivery.STARTED : Delivery.COMPLETE, took));
    witness.answered(trace);
    if (!arrives(ending)) {
      finished(trace, advance);
    }
    return new Reply(call, ending, trace, advance, request.start());
  }

  private static Asked asked(CallPlan call) {
    return new Asked(
        call.caller().name(), call.method(), call.name(), call.route().rest(), call.pool());
  }

  private static @Nullable String backendOf(Ending ending) {
    return ending instanceof Ending.Passed passed ? passed.backend().name() : null;
  }

  private static boolean arrives(Ending ending) {
    return ending instanceof Ending.Passed passed && passed.answer().isArriving();
  }
}
