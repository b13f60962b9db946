package dev.spillway.router.lookahead;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt has been charged in advance. It must be settled once when it is known what came
 * of the attempt; what a second settling says is not heard.
 */
public final class Reservation {

  /** One step with the account that charged it. */
  private interface Step {
    void take(Account account, Meter.Hold hold);
  }

  /** Of an attempt that no account is kept of. */
  public static final Reservation NONE = new Reservation(null, null);

  private final @Nullable Account account;
  private final Meter.@Nullable Hold hold;
  private boolean settled;

  private Reservation(@Nullable Account account, Meter.@Nullable Hold hold) {
    this.account = account;
    this.hold = hold;
  }

  static Reservation of(Account account, Meter.Hold hold) {
    return new Reservation(account, hold);
  }

  /**
   * It was let in.
   *
   * @param header of the answer, by name
   */
  public void served(Function<String, @Nullable String> header, long now) {
    settle((in, what) -> in.served(what, Told.of(header), now));
  }

  /**
   * It was answered with an error, and nobody knows whether that was charged.
   *
   * @param header of the answer, by name
   */
  public void declined(Function<String, @Nullable String> header, long now) {
    settle((in, what) -> in.declined(what, Told.of(header), now));
  }

  /**
   * It was refused for want of room.
   *
   * @param header of the answer, by name
   * @param text of the answer
   * @param wait that was asked for
   */
  public void refused(
      Function<String, @Nullable String> header,
      Supplier<String> text,
      Optional<Duration> wait,
      long now) {
    settle((in, what) -> in.refused(what, Told.ofRefusal(header, text), wait, now));
  }

  /** It never came to the deployment's counters. */
  public void unsent(long now) {
    settle((in, what) -> in.unsent(what, now));
  }

  /** Nobody knows what it was charged: as much as was expected. */
  public void unknown(long now) {
    settle((in, what) -> in.served(what, Told.NOTHING, now));
  }

  /** What an answer that was let in has used in the end. */
  public void used(Used used, long now) {
    if (account != null && hold != null) {
      account.used(hold, used, now);
    }
  }

  private void settle(Step step) {
    if (account != null && hold != null && !settled) {
      settled = true;
      step.take(account, hold);
    }
  }
}
