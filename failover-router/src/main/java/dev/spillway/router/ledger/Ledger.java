package dev.spillway.router.ledger;

import dev.spillway.router.trace.RequestTrace;
import dev.spillway.router.trace.RequestTrace.Work;
import dev.spillway.router.trace.Witness;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds up what every attempt has cost, from the start on. What no backend has reported is kept
 * apart: all that the backends bill is what is {@code reported} here, and what the attempts cost
 * that are counted as {@code estimated} or {@code unknown}.
 */
public final class Ledger implements Witness {

  private static final Comparator<Account> BY_NAME =
      Comparator.comparing(Account::pool)
          .thenComparing(Account::backend)
          .thenComparing(Account::caller)
          .thenComparing(Account::purpose);

  private final Instant since;
  private final Map<Account, Cost> costs = new ConcurrentHashMap<>();

  public Ledger(Instant since) {
    this.since = since;
  }

  public Instant since() {
    return since;
  }

  @Override
  public void answered(RequestTrace trace) {
    // what it costs is known when it is over
  }

  @Override
  public void finished(RequestTrace trace) {
    for (Work work : trace.works()) {
      Account account =
          new Account(
              trace.asked().pool(),
              work.attempt().backend(),
              trace.asked().caller(),
              work.purpose());
      var unused = costs.merge(account, Cost.of(work.attempt().spent()), Cost::plus);
    }
  }

  /** Every account with anything on it, by name. */
  public Map<Account, Cost> costs() {
    Map<Account, Cost> sorted = new TreeMap<>(BY_NAME);
    sorted.putAll(costs);
    return sorted;
  }
}
