package dev.spillway.cli.check;

import dev.spillway.scenarios.stage.CallerLeftException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Lets callers leave answers that take too long. */
final class Patience implements AutoCloseable {

  private final ScheduledExecutorService alarms =
      Executors.newSingleThreadScheduledExecutor(
          body -> Thread.ofPlatform().daemon().name("patience").unstarted(body));

  /** An answer's body that is left after so long. */
  Guarded until(long nanos, InputStream body) {
    Guarded guarded = new Guarded(body);
    guarded.alarm = alarms.schedule(guarded::leave, nanos, TimeUnit.NANOSECONDS);
    return guarded;
  }

  @Override
  public void close() {
    alarms.shutdownNow();
  }

  /** A body whose reader may leave while it waits for more. */
  static final class Guarded extends FilterInputStream {

    private volatile boolean left;
    private volatile Future<?> alarm = CompletableFuture.completedFuture(null);

    private Guarded(InputStream body) {
      super(body);
    }

    private void leave() {
      left = true;
      closeConnection();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int read = in.read(buffer, offset, length);
        if (left) {
          throw new CallerLeftException();
        }
        return read;
      } catch (IOException e) {
        throw left ? new CallerLeftException() : e;
      }
    }

    @Override
    public void close() {
      boolean unused = alarm.cancel(false);
      closeConnection();
    }

    private void closeConnection() {
      try {
        in.close();
      } catch (IOException e) {
        // it is gone
      }
    }
  }
}
