package dev.spillway.router.attempt;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.SpillAt;
import dev.spillway.router.balancing.Balancer;
import dev.spillway.router.balancing.Loads;
import dev.spillway.router.config.Limits;
import dev.spillway.router.health.HealthBoard;
import dev.spillway.router.health.HealthState;
import dev.spillway.router.health.ProbeTicket;
import dev.spillway.router.lookahead.LookAhead;
import dev.spillway.router.lookahead.Reservation;
import dev.spillway.router.lookahead.Room;
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
import dev.spillway.router.upstream.AttemptLimits;
import dev.spillway.router.upstream.AttemptResult;
import dev.spillway.router.upstream.Heard;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link AttemptPolicy} decides: the only code that sends, waits or records.
 *
 * <p>Knows no HTTP server, and blocks only through its {@link TimeSource} and its {@link Upstream}.
 */
public final class AttemptLoop {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptLoop.class);

  /** What proxies write into their logs for a caller who did not wait. */
  private static final int CALLER_LEFT = 499;

  /** One pool at work. */
  private record Way(Balancer balancer, RetryBudget retries, Map<String, SpillAt> spills) {

    /** From how many percent of a backend in use on a call goes to the next. */
    double spillAt(Backend backend, CallPlan call) {
      return Objects.requireNonNull(spills.get(backend.name())).of(call.caller().priority());
    }
  }

  /** What a backend is asked with: its charge in advance, and the leave to try one in doubt. */
  private record Place(Reservation reserved, ProbeTicket ticket) {

    static final Place NONE_NEEDED = new Place(Reservation.NONE, ProbeTicket.NONE_NEEDED);
  }

  private final Map<String, Way> ways;
  private final CallerQuotas quotas;
  private final Loads loads;
  private final AttemptLimits attemptLimits;
  private final Upstream upstream;
  private final HealthBoard health;
  private final LookAhead lookAhead;
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
        Map.of(),
        new CallerQuotas(),
        pools,
        limits,
        loads,
        upstream,
        health,
        lookAhead,
        witness,
        time);
  }

  private AttemptLoop(
      Map<String, Way> before,
      CallerQuotas quotas,
      Collection<Pool> pools,
      Limits limits,
      Loads loads,
      Upstream upstream,
      HealthBoard health,
      LookAhead lookAhead,
      Witness witness,
      TimeSource time) {
    long now = time.nanoTime();
    this.ways =
        pools.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Pool::name, pool -> way(before.get(pool.name()), pool, limits, loads, now)));
    this.quotas = quotas;
    this.loads = loads;
    this.attemptLimits =
        new AttemptLimits(
            limits.firstByteTimeout(),
            limits.firstTokenTimeout(),
            limits.streamIdleTimeout(),
            limits.timeout());
    this.upstream = upstream;
    this.health = health;
    this.lookAhead = lookAhead;
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
        ways, quotas, pools, changed, loads, upstream, health, lookAhead, witness, time);
  }

  private static Way way(@Nullable Way before, Pool pool, Limits limits, Loads loads, long now) {
    RetryBudget full = new RetryBudget(limits.retryShare(), limits.retryFloor(), now);
    return before == null
        ? new Way(new Balancer(pool, loads), full, pool.spills())
        : new Way(
            before.balancer().followedBy(pool), before.retries().followedBy(full), pool.spills());
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
    TraceBuilder trace = new TraceBuilder(time.instant(), start, call.routedBy());
    trace.overQuota(over);
    return reply(call, new Ending.OverQuota(over), "quota", trace, List.of(), Advance.NONE, start);
  }

  private Reply run(CallPlan call, Charge charge, long start) throws InterruptedException {
    Way way = Objects.requireNonNull(ways.get(call.pool()));
    way.retries().requested();
    List<Backend> order = order(way, call, start);
    TraceBuilder trace = new TraceBuilder(time.instant(), start, call.routedBy());
    trace.concerns(call.stay());
    try {
      return run(call, way, order, trace, charge, start);
    } catch (InterruptedException e) {
      Ending left = new Ending.Failed(CALLER_LEFT, "499", "The caller left.");
      var unused =
          reply(
              call,
              left,
              "caller-left",
              trace,
              look(call, way, order, time.nanoTime()),
              Advance.of(charge),
              start);
      throw e;
    }
  }

  private List<Backend> order(Way way, CallPlan call, long now) {
    return staying(
        call.stay(), way.balancer().nextOrder(call.affinity(), backend -> share(backend, now)));
  }

  /** The pool that the route leads to from a backend that has refused the request. */
  private Optional<Way> onward(CallPlan call, History history, Way from) {
    return history
        .last()
        .flatMap(last -> Onward.pool(last.result(), call.terms().detours()))
        .map(pool -> Objects.requireNonNull(ways.get(pool)))
        .filter(way -> !way.equals(from) && !(call.stay() instanceof Stay.With));
  }

  /** What is at one backend only is asked of no other. */
  private static List<Backend> staying(Stay stay, List<Backend> order) {
    return switch (stay) {
      case Stay.With with ->
          order.stream().filter(backend -> backend.name().equals(with.backend())).toList();
      case Stay.Anywhere anywhere -> order;
      case Stay.Search search -> order;
    };
  }

  private Reply run(
      CallPlan call,
      Way first,
      List<Backend> firstOrder,
      TraceBuilder trace,
      Charge charge,
      long start)
      throws InterruptedException {
    Budget budget = Budget.of(call.terms(), call.deadline(), start);
    History history = History.EMPTY;
    Advance advance = Advance.of(charge);
    Way way = first;
    List<Backend> order = firstOrder;
    while (true) {
      long now = time.nanoTime();
      List<Candidate> candidates = look(call, way, order, now);
      Budget left = budget.with(!history.lastWasCostly() || way.retries().mayRetry(now));
      Decision decision = AttemptPolicy.next(history, candidates, left, now);
      Optional<Place> place = placeFor(decision, candidates, call, way, now);
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
          try {
            history = send(send.backend(), call, place.get().reserved(), budget, history, trace);
          } finally {
            place.get().ticket().close();
          }
          Optional<Way> onward = onward(call, history, way);
          if (onward.isPresent()) {
            way = onward.get();
            order = order(way, call, time.nanoTime());
            history = history.onDetour();
          }
        }
        case Decision.Wait wait -> {
          time.sleep(wait.length());
          history = history.afterWait(wait.length());
        }
        case Decision.Deliver it -> {
          Ending ending = new Ending.Passed(it.backend(), it.answer());
          return reply(call, ending, "answered", trace, candidates, advance, start);
        }
        case Decision.GiveUp it -> {
          Ending ending = Endings.of(it.reason(), history, candidates);
          String why = it.reason().name().toLowerCase(Locale.ROOT);
          return reply(call, ending, why, trace, candidates, advance, start);
        }
      }
    }
  }

  /** What {@link #run} would do with a call now; nothing is done, and nothing is learned. */
  public Outlook outlook(CallPlan call) {
    long now = time.nanoTime();
    Way way = Objects.requireNonNull(ways.get(call.pool()));
    List<Backend> order =
        staying(
            call.stay(), way.balancer().peekOrder(call.affinity(), backend -> share(backend, now)));
    List<Candidate> candidates = look(call, way, order, now);
    Budget budget = Budget.of(call.terms(), call.deadline(), now);
    Decision decision = AttemptPolicy.next(History.EMPTY, candidates, budget, now);
    TraceBuilder trace = new TraceBuilder(time.instant(), now, null);
    trace.concerns(call.stay());
    trace.decided(decision, candidates);
    return new Outlook(order, trace.steps(), next(decision, candidates));
  }

  private static Outlook.Next next(Decision decision, List<Candidate> candidates) {
    return switch (decision) {
      case Decision.Send send -> new Outlook.Next.Ask(send.backend());
      case Decision.Wait wait -> new Outlook.Next.Wait(wait.length());
      case Decision.Deliver it -> new Outlook.Next.Answer(it.answer().status(), Duration.ZERO);
      case Decision.GiveUp it -> {
        Ending ending = Endings.of(it.reason(), History.EMPTY, candidates);
        Duration wait =
            ending instanceof Ending.Throttled throttled ? throttled.retryAfter() : Duration.ZERO;
        yield new Outlook.Next.Answer(ending.status(), wait);
      }
    };
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
      LOG.warn("{} broke off in the middle of its answer", passed.backend().name());
      health.failed(passed.backend(), time.nanoTime());
    }
  }

  private void finished(RequestTrace trace, Advance advance) {
    Used.by(trace).ifPresent(tokens -> advance.ofCaller().used(tokens, time.nanoTime()));
    witness.finished(trace);
  }

  /** A reply is done with, however it went; whatever of it nobody has read is read by nobody. */
  public void finished(Reply reply) {
    if (reply.ending() instanceof Ending.Passed passed
        && passed.answer().body() instanceof AnswerBody.Arriving arriving) {
      loads.end(passed.backend());
      close(arriving);
    }
  }

  /** Closed already, unless it could not even be begun to be passed on. */
  private static void close(AnswerBody.Arriving arriving) {
    try {
      arriving.stream().close();
    } catch (IOException e) {
      // the backend has gone before
    }
  }

  /** What the decision needs; nothing when another request was faster. */
  private Optional<Place> placeFor(
      Decision decision, List<Candidate> candidates, CallPlan call, Way way, long now) {
    if (!(decision instanceof Decision.Send send)) {
      return Optional.of(Place.NONE_NEEDED);
    }
    Candidate chosen = chosen(send, candidates);
    Optional<Reservation> reserved = reserve(chosen, call, way, now);
    if (reserved.isEmpty()) {
      return Optional.empty();
    }
    Optional<ProbeTicket> ticket =
        chosen.isFreeHalfOpen()
            ? health.takeProbe(chosen.backend(), now)
            : Optional.of(ProbeTicket.NONE_NEEDED);
    if (ticket.isEmpty()) {
      reserved.get().unsent(now);
    }
    return ticket.map(taken -> new Place(reserved.get(), taken));
  }

  private static Candidate chosen(Decision.Send send, List<Candidate> candidates) {
    return candidates.stream()
        .filter(candidate -> candidate.backend().equals(send.backend()))
        .findFirst()
        .orElseThrow();
  }

  private Optional<Reservation> reserve(Candidate chosen, CallPlan call, Way way, long now) {
    Backend backend = chosen.backend();
    return chosen.hasRoom()
        ? lookAhead.reserveIfRoom(backend, call, way.spillAt(backend, call), now)
        : Optional.of(lookAhead.reserve(backend, call, now));
  }

  /** None for what may not be asked now. */
  private double share(Backend backend, long now) {
    return switch (health.state(backend, now)) {
      case HealthState.Serving serving -> health.share(backend, now);
      case HealthState.HalfOpen halfOpen -> halfOpen.free() ? 1 : 0;
      case HealthState.Resting resting -> 0;
      case HealthState.Benched benched -> 0;
      case HealthState.Quarantined quarantined -> 0;
    };
  }

  private List<Candidate> look(CallPlan call, Way way, List<Backend> order, long now) {
    List<Candidate> candidates = new ArrayList<>(order.size());
    for (Backend backend : order) {
      Room room = lookAhead.room(backend, call, way.spillAt(backend, call), now);
      candidates.add(new Candidate(backend, health.state(backend, now), room));
    }
    return candidates;
  }

  private History send(
      Backend backend,
      CallPlan call,
      Reservation reserved,
      Budget budget,
      History history,
      TraceBuilder trace)
      throws InterruptedException {
    long sent = time.nanoTime();
    AttemptResult result;
    try {
      result =
          asked(
              backend,
              call.attempt(history.attempts().size()),
              attemptLimits.within(budget.left(sent)));
    } catch (InterruptedException e) {
      trace.abandoned(backend, Spending.unknown(call.facts()), sent, time.nanoTime());
      reserved.unknown(time.nanoTime());
      throw e;
    }
    long now = time.nanoTime();
    if (result instanceof AttemptResult.Succeeded) {
      loads.answered(backend, Duration.ofNanos(now - sent), now);
    }
    Spent spent = Spending.of(result, call.facts());
    trace.attempted(backend, result, spent, sent, now);
    learn(backend, result, now);
    Settlement.of(reserved, result, spent, now);
    return history.plus(new Attempt(backend, result));
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

  private Reply reply(
      CallPlan call,
      Ending ending,
      String why,
      TraceBuilder steps,
      List<Candidate> candidates,
      Advance advance,
      long start) {
    Duration took = Duration.ofNanos(time.nanoTime() - start);
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
    return new Reply(call, ending, trace, advance, start);
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
