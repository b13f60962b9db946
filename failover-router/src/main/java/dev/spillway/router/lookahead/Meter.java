package dev.spillway.router.lookahead;

import dev.spillway.router.plan.TokenEstimate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is believed of one deployment's counters.
 *
 * <p>Not safe for several threads; {@link Account} sees to that.
 */
sealed interface Meter permits StandardMeter, ProvisionedMeter {

  /** What was charged for one request, to be settled with the meter that charged it. */
  sealed interface Hold permits StandardMeter.Held, ProvisionedMeter.Held {

    /** Reads what the request is charged, so that nobody waits for that later. */
    void read();
  }

  /** Whether {@link #room} will ask what a request is charged, so that it is read before. */
  boolean asksBeforeRoom();

  /** Whether {@link #charge} will ask it. */
  boolean asksBeforeCharging();

  /**
   * Whether a request would be let in.
   *
   * @param charge asked for only when it makes a difference
   */
  Room room(Supplier<TokenEstimate> charge, long now);

  /** How much is in use, in percent of what there is. */
  double percentInUse(long now);

  Hold charge(Supplier<TokenEstimate> charge, long now);

  /** Whether this meter charged it; another may have taken its place since. */
  boolean made(Hold hold);

  /** The request was let in, or nobody knows. */
  void served(Hold hold, Told told, long now);

  /** It was answered with an error, and nobody knows whether that was charged. */
  void declined(Hold hold, Told told, long now);

  /**
   * It was refused, which costs a request and no tokens.
   *
   * @param wait that was asked for
   */
  void refused(Hold hold, Told told, Optional<Duration> wait, long now);

  /** It never came so far. */
  void unsent(Hold hold, long now);

  /** What an answer has used, where what was used is charged in the end. */
  void used(Hold hold, Used used, long now);

  HeadRoom headRoom(long now);
}
