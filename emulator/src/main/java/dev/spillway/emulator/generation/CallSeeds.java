package dev.spillway.emulator.generation;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives every call its seed, by the emulator's seed, the request and its occurrence number.
 *
 * <p>It remembers how often each of {@value #REMEMBERED} different requests came; past that it
 * starts a new round of counting, so that its memory stays bounded and its seeds different.
 */
public final class CallSeeds {

  private static final int REMEMBERED = 100_000;

  private final long seed;
  private final ConcurrentHashMap<Long, Integer> occurrences = new ConcurrentHashMap<>();
  private final AtomicLong round = new AtomicLong();

  public CallSeeds(long seed) {
    this.seed = seed;
  }

  public CallSeed next(String path, byte[] body) {
    long target = Hashing.hash(seed, path.getBytes(StandardCharsets.UTF_8));
    long request = Hashing.hash(target, body);
    if (occurrences.size() >= REMEMBERED) {
      occurrences.clear();
      round.incrementAndGet();
    }
    int occurrence = occurrences.merge(request, 1, Integer::sum);
    return new CallSeed(request, Hashing.mix(Hashing.mix(request, round.get()), occurrence));
  }

  /** Starts counting as at the beginning. */
  public void reset() {
    occurrences.clear();
    round.set(0);
  }
}
