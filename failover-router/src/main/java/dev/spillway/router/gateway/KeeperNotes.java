package dev.spillway.router.gateway;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.stored.ObjectIds;
import dev.spillway.router.stored.ObjectPath;
import dev.spillway.router.stored.StoredObjects;
import dev.spillway.router.stored.StreamIds;
import dev.spillway.router.upstream.Answer;
import dev.spillway.wire.Operation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Notes from answers which backend has what, before the caller reads them, so that its next request
 * finds it noted.
 */
record KeeperNotes(StoredObjects stored) {

  /** Reads a whole answer. */
  void read(CallPlan call, Backend backend, Answer answer) {
    if (!teaches(call, answer)) {
      return;
    }
    StoredObjects.Keeper keeper = keeper(call, backend);
    ObjectIds.shownBy(answer.bytes()).forEach(id -> stored.keeps(keeper, id));
    if (call.method().equals("DELETE")) {
      ObjectPath.idIn(call.route().rest()).ifPresent(stored::forget);
    }
  }

  /** The same answer, which is read while it is passed on. */
  InputStream reading(CallPlan call, Backend backend, Answer answer, InputStream from) {
    return teaches(call, answer) && answer.isEventStream()
        ? new Listened(from, keeper(call, backend))
        : from;
  }

  private static StoredObjects.Keeper keeper(CallPlan call, Backend backend) {
    return new StoredObjects.Keeper(call.pool(), backend.name());
  }

  /** Of what a deployment is asked, only responses are kept. */
  private static boolean teaches(CallPlan call, Answer answer) {
    Optional<Operation> operation = Operation.byPath(call.route().rest());
    return answer.status() < 300 && (operation.isEmpty() || operation.get() == Operation.RESPONSES);
  }

  /** A stream whose beginning is read by the way. */
  private final class Listened extends FilterInputStream {

    private final StoredObjects.Keeper keeper;
    private final StreamIds ids = new StreamIds();

    Listened(InputStream from, StoredObjects.Keeper keeper) {
      super(from);
      this.keeper = keeper;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      if (read > 0) {
        ids.feed(buffer, offset, read).forEach(id -> stored.keeps(keeper, id));
      }
      return read;
    }
  }
}
