package dev.spillway.router.gateway;

import dev.spillway.router.body.BodyLimits;
import dev.spillway.router.body.BodyStore;
import dev.spillway.router.body.ReplayableBody;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads requests' bodies. */
final class BodyReader {

  private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);
  private static final int DISCARDED_AT_ONCE = 64 * 1024;

  private final BodyLimits limits;
  private final BodyStore store;

  BodyReader(BodyLimits limits) {
    this.limits = limits;
    this.store = new BodyStore(limits);
  }

  /** What is made of a body. */
  interface Use {
    Inbound apply(ReplayableBody body) throws IOException;
  }

  /** Reads a body for somebody; one that becomes part of no call is closed at once. */
  Inbound with(Incoming request, Use use) throws IOException {
    return switch (read(request)) {
      case BodyStore.Kept.TooLong tooLong -> Inbound.Refusal.tooLarge(limits.longest());
      case BodyStore.Kept.NoRoom noRoom -> {
        LOG.error("a request's body cannot be kept in a temporary file", noRoom.why());
        yield Inbound.Refusal.NO_ROOM;
      }
      case BodyStore.Kept.Whole whole -> used(whole.body(), use);
    };
  }

  private static Inbound used(ReplayableBody body, Use use) throws IOException {
    boolean called = false;
    try {
      Inbound inbound = use.apply(body);
      called = inbound instanceof Inbound.Call;
      return inbound;
    } finally {
      if (!called) {
        body.close();
      }
    }
  }

  /** Reads a body to its end, even one that is refused. */
  private BodyStore.Kept read(Incoming request) throws IOException {
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
