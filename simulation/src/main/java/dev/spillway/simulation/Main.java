package dev.spillway.simulation;

import dev.spillway.simulation.invariant.Violation;
import dev.spillway.simulation.world.RouterYaml;
import dev.spillway.simulation.world.WorldMaker;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** The simulation at a terminal: many seeds, or one with its trace. */
public final class Main {

  private static final int MOST_FAILURES = 10;
  private static final int MANY = 100_000;

  private Main() {}

  public static void main(String[] args) {
    long from = 0;
    long count = MANY;
    boolean trace = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--seed" -> {
          from = Long.parseLong(args[++i]);
          count = 1;
        }
        case "--from" -> from = Long.parseLong(args[++i]);
        case "--seeds" -> count = Long.parseLong(args[++i]);
        case "--trace" -> trace = true;
        default -> {
          System.err.println("--seeds N, --from N, --seed N, --trace; not " + args[i]);
          System.exit(2);
        }
      }
    }
    if (trace) {
      System.out.println(RouterYaml.of(WorldMaker.make(from)));
      System.out.println(Seeds.trace(from, RealRouter::new));
    }
    System.exit(run(from, count) ? 0 : 1);
  }

  private static boolean run(long from, long count) {
    long start = System.nanoTime();
    Map<Long, List<Violation>> failures =
        run(from, count, Runtime.getRuntime().availableProcessors());
    double seconds = (System.nanoTime() - start) / 1e9;
    failures.forEach((seed, found) -> System.out.println(Seeds.report(seed, found)));
    System.out.printf(
        "%d seeds from %d in %.1f s: %.0f a second; %s%n",
        count, from, seconds, count / seconds, failures.isEmpty() ? "all well" : "not all well");
    return failures.isEmpty();
  }

  /** The first failures by their seeds. */
  static Map<Long, List<Violation>> run(long from, long count, int threads) {
    Map<Long, List<Violation>> failures = new TreeMap<>();
    AtomicLong next = new AtomicLong(from);
    List<Thread> workers =
        java.util.stream.IntStream.range(0, threads)
            .mapToObj(number -> new Thread(() -> work(next, from + count, failures)))
            .toList();
    workers.forEach(Thread::start);
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return failures;
  }

  private static void work(AtomicLong next, long end, Map<Long, List<Violation>> failures) {
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      List<Violation> found = Seeds.check(seed, RealRouter::new);
      synchronized (failures) {
        if (!found.isEmpty()) {
          failures.put(seed, found);
        }
        if (failures.size() >= MOST_FAILURES) {
          return;
        }
      }
    }
  }
}
