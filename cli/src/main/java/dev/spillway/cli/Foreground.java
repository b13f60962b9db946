package dev.spillway.cli;

import java.util.concurrent.CountDownLatch;

/** Keeps a program running until somebody stops it with Ctrl-C or a signal. */
final class Foreground {

  private Foreground() {}

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
