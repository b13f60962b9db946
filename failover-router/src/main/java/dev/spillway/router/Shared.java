package dev.spillway.router;

/** Something that several configurations use, closed when the last of them needs it no more. */
final class Shared<T extends AutoCloseable> implements AutoCloseable {

  private final T value;
  private int holders;
  private boolean closed;

  Shared(T value) {
    this.value = value;
  }

  T value() {
    return value;
  }

  synchronized Shared<T> held() {
    holders++;
    return this;
  }

  void release() {
    if (isTheLast()) {
      close();
    }
  }

  private synchronized boolean isTheLast() {
    holders--;
    return holders == 0;
  }

  /** Closes it at once, whoever holds it. */
  @Override
  public void close() {
    if (!wasClosed()) {
      try {
        value.close();
      } catch (Exception e) {
        throw new IllegalStateException("something does not close", e);
      }
    }
  }

  private synchronized boolean wasClosed() {
    boolean before = closed;
    closed = true;
    return before;
  }
}
