package dev.spillway.router.lookahead;

import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.plan.TokenEstimate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One quota, which several backends may share. Every step is short and taken under one lock (what a
 * request is charged is read before it), so that of two requests at the same moment one sees what
 * the other has taken.
 */
final class Account {

  private final DeploymentLimits configured;
  private Meter meter;

  Account(DeploymentLimits configured, long now) {
    this.configured = configured;
    this.meter = fresh(configured, now);
  }

  /** The account that was kept before, when it is one of the same limits; else a fresh one. */
  static Account after(@Nullable Account before, DeploymentLimits configured, long now) {
    return before != null && before.configured.equals(configured)
        ? before
        : new Account(configured, now);
  }

  private static Meter fresh(DeploymentLimits limits, long now) {
    return switch (limits) {
      case DeploymentLimits.Standard standard -> new StandardMeter(standard, now);
      case DeploymentLimits.Provisioned provisioned -> new ProvisionedMeter(provisioned, now);
    };
  }

  /**
   * Whether a request would be let in.
   *
   * @param charge asked for only when it makes a difference
   * @param spillAt from how many percent in use on it makes way
   */
  Room room(Supplier<TokenEstimate> charge, double spillAt, long now) {
    Supplier<TokenEstimate> read = asksBeforeRoom() ? read(charge) : charge;
    synchronized (this) {
      return roomFor(read, spillAt, now);
    }
  }

  /** Takes what a request will be charged, whether there is room or not. */
  Meter.Hold charge(Supplier<TokenEstimate> charge, long now) {
    Supplier<TokenEstimate> read = asksBeforeCharging() ? read(charge) : charge;
    synchronized (this) {
      return meter.charge(read, now);
    }
  }

  /** Takes it if there still is room. */
  Optional<Meter.Hold> chargeIfRoom(Supplier<TokenEstimate> charge, double spillAt, long now) {
    Supplier<TokenEstimate> read = asksBeforeCharging() ? read(charge) : charge;
    synchronized (this) {
      return roomFor(read, spillAt, now) instanceof Room.Enough
          ? Optional.of(meter.charge(read, now))
          : Optional.empty();
    }
  }

  /** A long body takes its time, in which nobody else shall wait. */
  private static Supplier<TokenEstimate> read(Supplier<TokenEstimate> charge) {
    TokenEstimate known = charge.get();
    return () -> known;
  }

  private synchronized boolean asksBeforeRoom() {
    return meter.asksBeforeRoom();
  }

  private synchronized boolean asksBeforeCharging() {
    return meter.asksBeforeCharging();
  }

  private Room roomFor(Supplier<TokenEstimate> charge, double spillAt, long now) {
    Room room = meter.room(charge, now);
    if (!(room instanceof Room.Enough)) {
      return room;
    }
    double inUse = meter.percentInUse(now);
    return inUse >= spillAt ? new Room.Spilling(inUse, spillAt) : room;
  }

  void served(Meter.Hold hold, Told told, long now) {
    if (told.tokens().limit() == null && told.tokens().remaining() != null) {
      hold.read();
    }
    synchronized (this) {
      follow(told, now);
      if (meter.made(hold)) {
        meter.served(hold, told, now);
      }
    }
  }

  synchronized void declined(Meter.Hold hold, Told told, long now) {
    follow(told, now);
    if (meter.made(hold)) {
      meter.declined(hold, told, now);
    }
  }

  void refused(Meter.Hold hold, Told told, Optional<Duration> wait, long now) {
    boolean ofTokens = told.tokens().remaining() != null || told.refused() == Room.Of.TOKENS;
    if (ofTokens || asksBeforeCharging()) {
      hold.read();
    }
    synchronized (this) {
      follow(told, now);
      if (meter.made(hold)) {
        meter.refused(hold, told, wait, now);
      }
    }
  }

  synchronized void unsent(Meter.Hold hold, long now) {
    if (meter.made(hold)) {
      meter.unsent(hold, now);
    }
  }

  synchronized void used(Meter.Hold hold, Used used, long now) {
    if (meter.made(hold)) {
      meter.used(hold, used, now);
    }
  }

  synchronized HeadRoom headRoom(long now) {
    return meter.headRoom(now);
  }

  /** Forgets all that has been charged and learned. */
  synchronized void reset(long now) {
    meter = fresh(configured, now);
  }

  /** A deployment of which nothing is configured shows by its answers that it is provisioned. */
  private void follow(Told told, long now) {
    boolean open = configured.equals(DeploymentLimits.UNKNOWN) && meter instanceof StandardMeter;
    if (open && told.utilization() != null) {
      ProvisionedMeter provisioned =
          new ProvisionedMeter(
              new DeploymentLimits.Provisioned(null, DeploymentLimits.USUAL_OUTPUT_WEIGHT), now);
      provisioned.begins(told.utilization(), now);
      meter = provisioned;
    }
  }
}
