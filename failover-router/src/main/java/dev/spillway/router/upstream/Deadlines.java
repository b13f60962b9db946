package dev.spillway.router.upstream;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.CyclicTimeouts;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Ends the exchanges that take too long. One timer for all of them, so that an exchange that ends
 * in time has cost no wake-up.
 */
final class Deadlines extends CyclicTimeouts<Exchange> {

  private final Set<Exchange> running = ConcurrentHashMap.newKeySet();

  Deadlines(Scheduler scheduler) {
    super(scheduler);
  }

  void watch(Exchange exchange) {
    running.add(exchange);
    schedule(exchange);
  }

  void forget(Exchange exchange) {
    running.remove(exchange);
  }

  @Override
  protected Iterator<Exchange> iterator() {
    return running.iterator();
  }

  @Override
  protected boolean onExpired(Exchange exchange) {
    exchange.expire();
    return true;
  }
}
