package dev.spillway.router.attempt;

import dev.spillway.router.lookahead.Reservation;
import dev.spillway.router.quota.Charge;

/**
 * What a request has been charged before anybody knows what it uses.
 *
 * @param ofCaller its caller's quota
 * @param ofBackend the account of the backend that was asked last
 */
public record Advance(Charge ofCaller, Reservation ofBackend) {

  static final Advance NONE = of(new Charge.Free());

  static Advance of(Charge charge) {
    return new Advance(charge, Reservation.NONE);
  }

  Advance with(Reservation reserved) {
    return new Advance(ofCaller, reserved);
  }
}
