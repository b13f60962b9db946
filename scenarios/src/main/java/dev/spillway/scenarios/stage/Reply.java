package dev.spillway.scenarios.stage;

import java.io.InputStream;
import java.util.List;

/** An answer whose status and headers are there, and whose body is still to come. */
public interface Reply extends AutoCloseable {

  int status();

  /** In the order in which they came. */
  List<Header> headers();

  /**
   * What comes, as it comes: a read blocks, by the stage's time, until something is there.
   *
   * <p>It ends where the answer ends by its own framing; a connection that breaks before is an
   * {@code IOException}, and a caller's patience that is over, a {@link CallerLeftException}.
   */
  InputStream body();

  /** Leaves, when the answer is not over; the router can notice it. */
  @Override
  void close();
}
