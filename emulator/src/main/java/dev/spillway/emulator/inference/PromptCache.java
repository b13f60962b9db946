package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.tokenizer.PrefixHashes;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The beginnings of prompts that each deployment has lately seen.
 *
 * <p>One is forgotten ten minutes after its last use, or when {@value #REMEMBERED} others of its
 * deployment were used since. Safe for any number of threads.
 */
public final class PromptCache {

  private static final long LIFETIME_NANOS = Duration.ofMinutes(10).toNanos();
  private static final int REMEMBERED = 50_000;

  private final TimeSource time;
  private final ConcurrentHashMap<DeploymentId, Prefixes> byDeployment = new ConcurrentHashMap<>();

  public PromptCache(TimeSource time) {
    this.time = time;
  }

  /** How many tokens of a prompt with these prefixes are cached. */
  int cachedTokens(DeploymentId deployment, List<Long> prefixes) {
    Prefixes known = byDeployment.get(deployment);
    return known == null ? 0 : known.longest(prefixes, time.nanoTime());
  }

  void remember(DeploymentId deployment, List<Long> prefixes) {
    if (!prefixes.isEmpty()) {
      byDeployment
          .computeIfAbsent(deployment, name -> new Prefixes())
          .use(prefixes, time.nanoTime());
    }
  }

  public void forget(DeploymentId deployment) {
    byDeployment.remove(deployment);
  }

  /** When each prefix was last used, the longest unused one first. */
  private static final class Prefixes {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Long> lastUse = new LinkedHashMap<>();

    int longest(List<Long> prefixes, long now) {
      lock.lock();
      try {
        for (int i = prefixes.size() - 1; i >= 0; i--) {
          Long used = lastUse.get(prefixes.get(i));
          if (used != null && now - used < LIFETIME_NANOS) {
            return PrefixHashes.length(i);
          }
        }
        return 0;
      } finally {
        lock.unlock();
      }
    }

    void use(List<Long> prefixes, long now) {
      lock.lock();
      try {
        for (Long prefix : prefixes) {
          lastUse.remove(prefix);
          lastUse.put(prefix, now);
        }
        while (lastUse.size() > REMEMBERED) {
          lastUse.remove(lastUse.keySet().iterator().next());
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
