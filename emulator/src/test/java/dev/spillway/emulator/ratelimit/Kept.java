package dev.spillway.emulator.ratelimit;

import dev.spillway.emulator.RedisServer;
import dev.spillway.time.TimeSource;
import dev.spillway.yaml.RedisAddress;
import java.time.Duration;

/** Where the limits of a test are kept. */
enum Kept {
  IN_MEMORY(1) {
    @Override
    LimitStore open(TimeSource time) {
      return new MemoryStore(time);
    }
  },
  /** A real one; with a frozen clock in place of the wall clock, which only the tests may do. */
  IN_REDIS(100) {
    @Override
    LimitStore open(TimeSource time) {
      return LimitStore.redis(
          RedisAddress.parse(RedisServer.shared().address()), time, Duration.ofSeconds(20));
    }
  };

  private final int slower;

  Kept(int slower) {
    this.slower = slower;
  }

  abstract LimitStore open(TimeSource time);

  /** How often a long test repeats what it does. */
  int times(int inMemory) {
    return inMemory / slower;
  }
}
