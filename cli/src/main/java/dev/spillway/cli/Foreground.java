package dev.spillway.cli;

import io.javalin.util.JavalinLogger;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Starts a program and keeps it running until somebody stops it with Ctrl-C or a signal. */
final class Foreground {

  /** What a process ends with that Ctrl-C ended: 128 and the signal's number. */
  private static final int INTERRUPTED = 130;

  private Foreground() {}

  /** What is done before a program is closed. */
  interface LastThings {
    /** Whether nothing had to be cut off. */
    boolean done() throws InterruptedException;
  }

  /** What can fail. */
  interface Task<T, E extends Exception> {
    T run() throws E;
  }

  /** Starts; why it cannot is left to the one line of ours, without Javalin's own beside it. */
  static <T> T start(Supplier<T> program) {
    return quietly(program::get);
  }

  /** Does something without Javalin's own lines. */
  static <T, E extends Exception> T quietly(Task<T, E> task) throws E {
    JavalinLogger.enabled = false;
    try {
      return task.run();
    } finally {
      JavalinLogger.enabled = true;
    }
  }

  /** Waits for the signal, then closes what runs, the last started first. */
  static int untilStopped(AutoCloseable... running) throws InterruptedException {
    return untilStopped(() -> true, running);
  }

  /**
   * Waits for the signal, does the last things and closes what runs, the last started first. Who
   * cannot wait for that sends the signal again.
   *
   * @return 0 when nothing had to be cut off
   */
  static int untilStopped(LastThings last, AutoCloseable... running) throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    Runnable stop = () -> stop(asked);
    if (!Signals.on(Signals.TERMINATE, stop) || !Signals.on(Signals.INTERRUPT, stop)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopNow(last, running), "stop"));
    }
    System.out.println("\nCtrl-C stops it."); // and whoever reads this may ask at once
    asked.await();
    return stopNow(last, running);
  }

  private static void stop(CountDownLatch asked) {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    asked.countDown();
  }

  private static int stopNow(LastThings last, AutoCloseable... running) {
    boolean clean = true;
    try {
      clean = last.done();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (int i = running.length - 1; i >= 0; i--) {
      try {
        running[i].close();
      } catch (Exception e) {
        System.err.println("spillway: could not stop cleanly: " + e.getMessage());
      }
    }
    System.err.println("spillway: stopped");
    return clean ? 0 : Main.FAILED;
  }
}
