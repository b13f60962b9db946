package dev.spillway.router.lookahead;

import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.lookahead.Window.Charged;
import dev.spillway.router.plan.TokenEstimate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Standard deployment: tokens and requests, each with a window of its own. What was charged is
 * never corrected by what was used.
 *
 * <p>Tokens come back all at once after a minute, until an answer tells that they come back evenly.
 * Requests of a minute do as tokens do; those of a shorter window come back one by one.
 */
final class StandardMeter implements Meter {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** More requests than this in a window are not remembered one by one. */
  private static final long MOST_REMEMBERED = 10_000;

  /**
   * A charge.
   *
   * @param charge read when it is needed first, which may be when the answer has come
   * @param tokens null while there was no window for them, as for requests
   */
  record Held(
      StandardMeter by,
      long at,
      Supplier<TokenEstimate> charge,
      @Nullable Charged tokens,
      @Nullable Charged requests)
      implements Hold {

    @Override
    public void read() {
      TokenEstimate unused = charge.get();
    }
  }

  private final DeploymentLimits.Standard configured;
  private final LimitBelief tokenLimit;
  private final LimitBelief requestLimit;
  private boolean even;
  private Duration requestPeriod;
  private @Nullable Window tokens;
  private @Nullable Window requests;

  StandardMeter(DeploymentLimits.Standard configured, long now) {
    this.configured = configured;
    this.requestPeriod = configured.requestWindow();
    Long perMinute = configured.requestsPerMinute();
    this.tokenLimit = new LimitBelief(configured.tokensPerMinute());
    this.requestLimit =
        new LimitBelief(perMinute == null ? null : Long.valueOf(share(perMinute, requestPeriod)));
    if (configured.tokensPerMinute() != null) {
      tokens = window(tokenLimit, MINUTE, now);
    }
    if (perMinute != null) {
      requests = window(requestLimit, requestPeriod, now);
    }
  }

  private static long share(long perMinute, Duration period) {
    return Math.ceilDiv(perMinute * period.toMillis(), MINUTE.toMillis());
  }

  private Window window(LimitBelief belief, Duration period, long now) {
    double limit = belief.of(now);
    if (period.compareTo(MINUTE) < 0 && limit <= MOST_REMEMBERED) {
      return new Window(limit, new Tally.Sliding(period), now);
    }
    Tally tally = even ? new Tally.Continuous(limit, period, now) : new Tally.Tumbling(period);
    return new Window(limit, tally, now);
  }

  /** What is believed of a limit may change as time passes. */
  private void follow(long now) {
    if (tokens != null) {
      tokens.resize(tokenLimit.of(now), now);
    }
    if (requests != null) {
      requests.resize(requestLimit.of(now), now);
    }
  }

  @Override
  public boolean asksBeforeRoom() {
    return tokens != null;
  }

  @Override
  public boolean asksBeforeCharging() {
    return tokens != null;
  }

  @Override
  public Room room(Supplier<TokenEstimate> charge, long now) {
    follow(now);
    Room ofTokens =
        tokens == null ? Room.ENOUGH : room(Room.Of.TOKENS, tokens, charge.get().tokens(), now);
    return requests == null || ofTokens instanceof Room.TooLittle
        ? ofTokens
        : room(Room.Of.REQUESTS, requests, 1, now);
  }

  private static Room room(Room.Of of, Window window, long needs, long now) {
    if (needs <= wholeLeft(window, now)) {
      return Room.ENOUGH;
    }
    Duration until = Duration.ofNanos(window.nanosUntilLeft((double) needs, now));
    return new Room.TooLittle(of, needs, Math.max(0, wholeLeft(window, now)), until);
  }

  /** What is missing to a whole one by rounding alone does not count. */
  private static long wholeLeft(Window window, long now) {
    return (long) Math.floor(window.left(now) + 1e-6);
  }

  @Override
  public double percentInUse(long now) {
    return Math.max(percentInUse(tokens, now), percentInUse(requests, now));
  }

  private static double percentInUse(@Nullable Window window, long now) {
    return window == null ? 0 : 100 * window.used(now) / window.limit();
  }

  @Override
  public Held charge(Supplier<TokenEstimate> charge, long now) {
    return new Held(
        this,
        now,
        charge,
        tokens == null ? null : tokens.charge((double) charge.get().tokens(), now),
        requests == null ? null : requests.charge(1, now));
  }

  @Override
  public boolean made(Hold hold) {
    return hold instanceof Held held && held.by == this;
  }

  @Override
  public void served(Hold hold, Told told, long now) {
    Held held = (Held) hold;
    settle(held, now);
    if (held.tokens != null) {
      held.tokens.admitted(now);
    }
    if (held.requests != null) {
      held.requests.admitted(now);
    }
    told(held, told, () -> held.charge.get().tokens(), true, now);
  }

  @Override
  public void declined(Hold hold, Told told, long now) {
    Held held = (Held) hold;
    settle(held, now);
    told(held, told, () -> 0, false, now);
  }

  @Override
  public void refused(Hold hold, Told told, Optional<Duration> wait, long now) {
    Held held = (Held) hold;
    settle(held, now);
    if (held.tokens != null) {
      held.tokens.refund(now);
    }
    if (held.requests != null && told.refused() == Room.Of.REQUESTS) {
      held.requests.refund(now);
    }
    told(held, told, () -> 0, false, now);
    boolean expected = !(room(held.charge, now) instanceof Room.Enough);
    wait.filter(asked -> !expected && asked.compareTo(MINUTE) <= 0)
        .ifPresent(asked -> contradicted(held, told, asked, now));
  }

  /** It was refused although there seemed to be room, and nothing was told of what is left. */
  private void contradicted(Held held, Told told, Duration wait, long now) {
    if (told.refused() == Room.Of.REQUESTS) {
      if (requests != null && told.requests().remaining() == null) {
        requests.contradicted(1, wait, now);
      }
    } else if (told.tokens().remaining() == null) {
      tokensContradicted(held, told.refused() == Room.Of.TOKENS, wait, now);
    }
  }

  /**
   * For want of tokens, as far as is known.
   *
   * @param said whether the refusal says so
   */
  private void tokensContradicted(Held held, boolean said, Duration wait, long now) {
    Window window = tokens;
    if (window == null) {
      tokens = said ? window(tokenLimit, MINUTE, now) : null;
      return;
    }
    if (said && !tokenLimit.isTold()) {
      tokenLimit.refused(window.used(now), wait, now);
      window.resize(tokenLimit.of(now), now);
    }
    if (window.limit() < LimitBelief.UNBOUNDED) {
      window.contradicted((double) held.charge.get().tokens(), wait, now);
    }
  }

  @Override
  public void unsent(Hold hold, long now) {
    Held held = (Held) hold;
    settle(held, now);
    if (held.tokens != null) {
      held.tokens.refund(now);
    }
    if (held.requests != null) {
      held.requests.refund(now);
    }
  }

  @Override
  public void used(Hold hold, Used used, long now) {}

  private static void settle(Held held, long now) {
    if (held.tokens != null) {
      held.tokens.settled(now);
    }
    if (held.requests != null) {
      held.requests.settled(now);
    }
  }

  /**
   * Learns from what was told.
   *
   * @param taken how many tokens the request was charged at least
   * @param served whether it was charged so many
   */
  private void told(Held held, Told told, LongSupplier taken, boolean served, long now) {
    boolean nowEven = even || told.tokens().comesBackEvenly(MINUTE);
    boolean reshaped = nowEven != even;
    even = nowEven;
    if (tokenLimit.told(told.tokens(), taken, served && isFresh(held.tokens, now), now)) {
      tokens = told(tokens, held.tokens, tokenLimit, told.tokens(), MINUTE, reshaped, held.at, now);
    }
    Duration period = period(told.requests());
    boolean fresh = served && isFresh(held.requests, now);
    if (requestLimit.told(told.requests(), () -> 1, fresh, now)) {
      boolean renewed = reshaped || !period.equals(requestPeriod);
      requestPeriod = period;
      requests =
          told(
              requests,
              held.requests,
              requestLimit,
              told.requests(),
              period,
              renewed,
              held.at,
              now);
    }
  }

  private static boolean isFresh(@Nullable Charged charged, long now) {
    return charged != null && charged.beganTheWindow(now);
  }

  /** The window as it stands after what was told of it; another one when it is of another kind. */
  private Window told(
      @Nullable Window window,
      @Nullable Charged charged,
      LimitBelief belief,
      Told.Limit told,
      Duration period,
      boolean renewed,
      long at,
      long now) {
    Long left = told.remaining();
    double limit = belief.of(now);
    if (window == null || renewed) {
      Window fresh = window(belief, period, at);
      if (left != null) {
        fresh.charge(Math.max(0, limit - left), at).settled(now);
      }
      return fresh;
    }
    window.resize(limit, now);
    if (left != null && charged != null && charged.isOf(window)) {
      charged.told(limit - left, 1, now);
    }
    return window;
  }

  /** As told; or a minute, when the limit that is told is that of a minute. */
  private Duration period(Told.Limit told) {
    if (told.period() != null) {
      return told.period();
    }
    Long perMinute = configured.requestsPerMinute();
    boolean ofMinute =
        perMinute != null
            && perMinute.equals(told.limit())
            && share(perMinute, configured.requestWindow()) < perMinute;
    return ofMinute ? MINUTE : requestPeriod;
  }

  @Override
  public HeadRoom headRoom(long now) {
    follow(now);
    return new HeadRoom(left(tokens, now), left(requests, now), null);
  }

  private static HeadRoom.@Nullable Left left(@Nullable Window window, long now) {
    return window == null || window.limit() >= LimitBelief.UNBOUNDED
        ? null
        : new HeadRoom.Left(
            (long) window.limit(),
            Math.max(0, wholeLeft(window, now)),
            Duration.ofNanos(window.nanosUntilFull(now)));
  }
}
