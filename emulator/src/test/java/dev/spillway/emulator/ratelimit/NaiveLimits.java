package dev.spillway.emulator.ratelimit;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.request.ChatRequest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one Standard deployment by the book: every number written down again, nothing taken
 * from the classes that it is compared with.
 */
final class NaiveLimits {

  private static final long SECOND = 1_000_000_000L;

  /** Requests and tokens a minute for a unit of capacity. */
  static final Map<String, long[]> MODELS =
      Map.of(
          "gpt-35-turbo", new long[] {6, 1_000},
          "gpt-4o-mini", new long[] {10, 1_000},
          "gpt-4.1-mini", new long[] {1, 1_000},
          "o3-mini", new long[] {1, 10_000});

  /**
   * What happens to a request, in nanoseconds and tokens.
   *
   * @param retryAfter null when it is let in
   */
  record Verdict(@Nullable Long retryAfter, boolean tokensAreNamed) {}

  /** What is left, and how long until all of it is there again; both 0 without a limit. */
  record Reading(long remaining, long untilFull) {}

  private final LimitTable year;
  private final boolean measured;
  private final boolean older;
  private final boolean punishing;
  private DeploymentSpec spec;
  private Optional<NaiveWindow> tokens;
  private Optional<NaiveWindow> requests;
  private int percent = 100;
  private long reducedUntil;
  private long mayComeAgain;
  private long penalizedUntil;

  NaiveLimits(LimitTable year, boolean measured, boolean punishing, DeploymentSpec spec, long now) {
    this.punishing = punishing;
    this.year = year;
    this.measured = measured;
    this.older = spec.model().equals("gpt-35-turbo");
    this.spec = spec;
    this.tokens = open(tokenLimit(), false, now);
    this.requests = open(requestLimit(), older, now);
  }

  void follow(DeploymentSpec changed, long now) {
    pass(now);
    spec = changed;
    resize(now);
  }

  /** All of the limits are 100 percent. */
  void reduce(int newPercent, long until, long now) {
    pass(now);
    percent = newPercent;
    reducedUntil = until;
    resize(now);
  }

  boolean isReducedUntilBefore(long moment) {
    return percent < 100 && reducedUntil <= moment;
  }

  private void pass(long now) {
    if (isReducedUntilBefore(now)) {
      percent = 100;
      resize(reducedUntil);
    }
  }

  private void resize(long now) {
    tokens = changed(tokens, tokenLimit(), false, now);
    requests = changed(requests, requestLimit(), older, now);
    if (requests.isEmpty()) {
      mayComeAgain = 0;
      penalizedUntil = 0;
    }
  }

  Verdict admit(long charge, long now) {
    pass(now);
    boolean enough = tokens.map(window -> window.remaining(now) >= charge).orElse(true);
    boolean one =
        now >= penalizedUntil && requests.map(window -> window.remaining(now) >= 1).orElse(true);
    if (!one && punishing && now >= penalizedUntil) {
      punish(requests.orElseThrow(), now);
    }
    if (one) {
      mayComeAgain = 0;
      requests.ifPresent(window -> window.charge(now, 1));
    }
    if (enough && one) {
      tokens.filter(window -> charge > 0).ifPresent(window -> window.charge(now, charge));
      return new Verdict(null, false);
    }
    long forTokens = tokens.map(window -> window.wait(now, charge)).orElse(0L);
    long forOne =
        Math.max(penalizedUntil - now, requests.map(window -> window.wait(now, 1)).orElse(0L));
    return new Verdict(Math.max(forTokens, forOne), !enough);
  }

  private void punish(NaiveWindow window, long now) {
    if (now < mayComeAgain) {
      penalizedUntil = now + window.waitUntilFull(now) + (older ? 10 : 60) * SECOND;
    } else {
      long wait = window.wait(now, 1);
      mayComeAgain = wait == LimitWindow.NEVER ? LimitWindow.NEVER : now + wait;
    }
  }

  Reading tokens(long now) {
    pass(now);
    return read(tokens, now);
  }

  Reading requests(long now) {
    pass(now);
    return now < penalizedUntil ? new Reading(-1, penalizedUntil - now) : read(requests, now);
  }

  /** What the year's rule, or the documentation, charges for a request. */
  long charge(ChatRequest request) {
    long characters =
        request.conversation().messages().stream().mapToLong(it -> it.text().length()).sum();
    long boundaries = 3L * (request.conversation().messages().size() - 1);
    Integer max = request.maxTokens();
    long once;
    if (!measured) {
      once = (characters + 3) / 4 + (max == null ? 16 : max);
    } else if (year == LimitTable.SINCE_2026) {
      once = (characters + 3) / 4 + 5 + (max == null ? 0 : max);
    } else if (year == LimitTable.IN_2025) {
      once = (characters + 3) / 4 + (max == null ? 0 : max);
    } else if (older) {
      once = max == null ? 16 : max;
    } else {
      once = (characters + boundaries + 3) / 4 + (max == null ? 640 : max);
    }
    return once * Math.max(request.choices(), request.bestOf());
  }

  private static long[] perUnit(DeploymentSpec spec) {
    return Objects.requireNonNull(MODELS.get(spec.model()));
  }

  /** A minute's; -1 for no limit. */
  static long tokensOf(DeploymentSpec spec) {
    return count(spec.tpm(), spec.capacity(), perUnit(spec)[1]);
  }

  /** What the window holds now; -1 for no limit. */
  long tokenLimit() {
    return reduced(tokensOf(spec));
  }

  /** What the window holds now; -1 for no limit. */
  long requestLimit() {
    long perMinute = reduced(count(spec.rpm(), spec.capacity(), perUnit(spec)[0]));
    return older && perMinute > 0 ? (perMinute + 5) / 6 : perMinute;
  }

  private long reduced(long limit) {
    return limit < 0 ? limit : (limit * percent + 99) / 100;
  }

  private static long count(@Nullable Limit apart, Limit capacity, long perUnit) {
    Limit limit = apart == null ? capacity : apart;
    if (limit.isUnlimited()) {
      return -1;
    }
    return apart == null ? limit.count() * perUnit : limit.count();
  }

  private Optional<NaiveWindow> open(long limit, boolean slides, long now) {
    if (limit < 0) {
      return Optional.empty();
    }
    if (slides) {
      return Optional.of(new NaiveWindow.Sliding(limit, 10 * SECOND));
    }
    return Optional.of(
        year == LimitTable.SINCE_2026
            ? new NaiveWindow.Continuous(limit, 60 * SECOND, now)
            : new NaiveWindow.Tumbling(limit, 60 * SECOND));
  }

  private Optional<NaiveWindow> changed(
      Optional<NaiveWindow> window, long limit, boolean slides, long now) {
    if (window.isEmpty() || limit < 0) {
      return open(limit, slides, now);
    }
    window.get().resize(now, limit);
    return window;
  }

  private static Reading read(Optional<NaiveWindow> window, long now) {
    return window
        .map(it -> new Reading(it.remaining(now), it.waitUntilFull(now)))
        .orElse(new Reading(0, 0));
  }
}
