package dev.spillway.router.lookahead;

import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.lookahead.Window.Charged;
import dev.spillway.router.plan.TokenEstimate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A provisioned deployment: a leaky bucket that is measured in percent and empties in a minute. It
 * lets requests in while no more than 100 % is in use, and puts what was used in the place of what
 * was estimated when an answer is done.
 *
 * <p>How many percent a token is worth follows from the configuration, or is learned from how the
 * utilization grows with what is sent.
 */
final class ProvisionedMeter implements Meter {

  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final double ALL = 100;

  /** How much of what is believed a single observation changes. */
  private static final double LEARNED_AT_ONCE = 0.3;

  /**
   * A charge.
   *
   * @param sent all weighted tokens so far, this one's included
   */
  record Held(long weighted, Charged charged, double sent, long at) implements Hold {
    @Override
    public void read() {} // it was when it was charged
  }

  private final int outputWeight;
  private final boolean configured;
  private final Window throughput;
  private double percentPerToken;
  private double sent;
  private boolean told;
  private double toldPercent;
  private double toldSent;
  private long toldOf;

  ProvisionedMeter(DeploymentLimits.Provisioned limits, long now) {
    this.outputWeight = limits.outputWeight();
    this.configured = limits.tokensPerMinute() != null;
    this.percentPerToken = limits.tokensPerMinute() == null ? 0 : ALL / limits.tokensPerMinute();
    this.throughput = new Window(ALL, new Tally.Continuous(ALL, PERIOD, now), now);
  }

  /**
   * It told so much before anything was charged here. No growth is reckoned from it, since nobody
   * knows what else was under way.
   */
  void begins(double percent, long now) {
    Charged nothing = throughput.charge(0, now);
    nothing.settled(now);
    nothing.told(percent, 0, now);
  }

  @Override
  public boolean asksBeforeRoom() {
    return false;
  }

  @Override
  public boolean asksBeforeCharging() {
    return true;
  }

  @Override
  public Room room(Supplier<TokenEstimate> charge, long now) {
    double inUse = throughput.used(now);
    return inUse <= ALL
        ? Room.ENOUGH
        : new Room.Full(inUse, Duration.ofNanos(throughput.nanosUntilLeft(0, now)));
  }

  @Override
  public double percentInUse(long now) {
    return throughput.used(now);
  }

  @Override
  public Held charge(Supplier<TokenEstimate> charge, long now) {
    long weighted = charge.get().weighted(outputWeight);
    sent += weighted;
    Charged charged = throughput.charge(weighted * percentPerToken, now);
    return new Held(weighted, charged, sent, now);
  }

  @Override
  public boolean made(Hold hold) {
    return hold instanceof Held held && held.charged.isOf(throughput);
  }

  @Override
  public void served(Hold hold, Told headers, long now) {
    Held held = (Held) hold;
    held.charged.settled(now);
    told(held, headers, now);
  }

  @Override
  public void declined(Hold hold, Told headers, long now) {
    Held held = (Held) hold;
    held.charged.settled(now);
    Double percent = headers.utilization();
    if (percent != null) {
      remember(held, percent);
      held.charged.told(percent, 0, now);
    }
  }

  @Override
  public void refused(Hold hold, Told headers, Optional<Duration> wait, long now) {
    Held held = (Held) hold;
    held.charged.settled(now);
    held.charged.refund(now);
    sent -= held.weighted;
    if (headers.utilization() != null) {
      held.charged.told(headers.utilization(), 0, now);
    } else {
      wait.filter(asked -> asked.compareTo(PERIOD) <= 0)
          .ifPresent(asked -> throughput.contradicted(0, asked, now));
    }
  }

  @Override
  public void unsent(Hold hold, long now) {
    Held held = (Held) hold;
    held.charged.settled(now);
    held.charged.refund(now);
    sent -= held.weighted;
  }

  @Override
  public void used(Hold hold, Used used, long now) {
    Held held = (Held) hold;
    long actual = used.promptTokens() + outputWeight * used.answerTokens();
    long difference = actual - held.weighted;
    sent += difference;
    held.charged.adjust(difference * percentPerToken, now);
  }

  private void told(Held held, Told headers, long now) {
    Double percent = headers.utilization();
    if (percent == null) {
      return;
    }
    if (!configured) {
      learn(held, percent);
    }
    held.charged.told(percent, 0, now);
  }

  /** {@code percent per token = (growth + what has drained) / tokens sent}, between two answers. */
  private void learn(Held held, double percent) {
    double drained = ALL * (held.at - toldOf) / PERIOD.toNanos();
    double tokens = held.sent - toldSent;
    double grown = percent - toldPercent + drained;
    if (told && held.at - toldOf >= 0 && drained <= toldPercent && tokens > 0 && grown > 0) {
      double seen = grown / tokens;
      percentPerToken =
          percentPerToken == 0
              ? seen
              : percentPerToken + LEARNED_AT_ONCE * (seen - percentPerToken);
    }
    remember(held, percent);
  }

  /** From where the next growth is reckoned. */
  private void remember(Held held, double percent) {
    if (!told || held.at - toldOf >= 0) {
      told = true;
      toldPercent = percent;
      toldSent = held.sent;
      toldOf = held.at;
    }
  }

  @Override
  public HeadRoom headRoom(long now) {
    return new HeadRoom(null, null, throughput.used(now));
  }
}
