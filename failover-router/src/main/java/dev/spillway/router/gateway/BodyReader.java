package dev.spillway.router.gateway;

import dev.spillway.router.body.BodyLimits;
import dev.spillway.router.body.BodyStore;
import java.io.IOException;
import java.io.InputStream;

/** Reads requests' bodies. */
final class BodyReader {

  private static final int DISCARDED_AT_ONCE = 64 * 1024;

  private final BodyLimits limits;
  private final BodyStore store;

  BodyReader(BodyLimits limits) {
    this.limits = limits;
    this.store = new BodyStore(limits);
  }

  int longest() {
    return limits.longest();
  }

  /** Reads a body to its end, even one that is refused. */
  BodyStore.Kept read(Incoming request) throws IOException {
    InputStream in = request.content().open();
    BodyStore.Kept kept = store.keep(in, request.length());
    if (!(kept instanceof BodyStore.Kept.Whole)) {
      discard(in);
    }
    return kept;
  }

  /** Most callers look for an answer only after they have sent everything. */
  private void discard(InputStream in) throws IOException {
    byte[] buffer = new byte[DISCARDED_AT_ONCE];
    long discarded = 0;
    int read = in.read(buffer);
    while (read >= 0 && discarded < limits.longest()) {
      discarded += read;
      read = in.read(buffer);
    }
  }
}
