package dev.spillway.emulator.ratelimit;

import dev.spillway.control.Limit;

/** A window whose every step asks Redis. */
record GuardedWindow(LimitWindow window, RedisGuard guard) implements LimitWindow {

  @Override
  public boolean has(long amount) {
    return guard.ask(() -> window.has(amount));
  }

  @Override
  public boolean charge(long amount) {
    return guard.ask(() -> window.charge(amount));
  }

  @Override
  public long nanosUntil(long amount) {
    return guard.ask(() -> window.nanosUntil(amount));
  }

  @Override
  public long remaining() {
    return guard.ask(window::remaining);
  }

  @Override
  public long nanosUntilFull() {
    return guard.ask(window::nanosUntilFull);
  }

  @Override
  public void resize(Limit limit, long nanosAgo) {
    guard.run(() -> window.resize(limit, nanosAgo));
  }

  @Override
  public void forget() {
    guard.run(window::forget);
  }
}
