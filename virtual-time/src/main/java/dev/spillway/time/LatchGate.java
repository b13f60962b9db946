package dev.spillway.time;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A gate of a time that runs as the machine's does. */
final class LatchGate implements Gate {

  private final String name;
  private final TimeSource time;
  private final CountDownLatch closed = new CountDownLatch(1);

  LatchGate(String name, TimeSource time) {
    this.name = name;
    this.time = time;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void pass() throws InterruptedException {
    closed.await();
  }

  @Override
  public boolean passBy(long nanoTime) throws InterruptedException {
    return closed.await(nanoTime - time.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void open() {
    closed.countDown();
  }
}
