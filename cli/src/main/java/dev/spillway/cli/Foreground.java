package dev.spillway.cli;

import io.javalin.util.JavalinLogger;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Starts a program and keeps it running until somebody stops it with Ctrl-C or a signal. */
final class Foreground {

  private Foreground() {}

  /** Starts; why it cannot is left to the one line of ours, without Javalin's own beside it. */
  static <T> T start(Supplier<T> program) {
    JavalinLogger.enabled = false;
    try {
      return program.get();
    } finally {
      JavalinLogger.enabled = true;
    }
  }

  /** Waits for the signal, then closes what runs, the last started first. */
  static int untilStopped(AutoCloseable... running) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(running), "stop"));
    new CountDownLatch(1).await();
    return 0;
  }

  private static void close(AutoCloseable... running) {
    for (int i = running.length - 1; i >= 0; i--) {
      try {
        running[i].close();
      } catch (Exception e) {
        System.err.println("spillway: could not stop cleanly: " + e.getMessage());
      }
    }
    System.err.println("spillway: stopped");
  }
}
