package dev.spillway.router.gateway;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Counts the calls whose answers have not been sent to the end, and tells when there is none. */
final class UnderWay {

  private int count;
  private CompletableFuture<Void> none = CompletableFuture.completedFuture(null);

  /** A call has come. It is over when the server has done with it. */
  void begun(Request request) {
    begun();
    Request.addCompletionListener(request, failure -> over());
  }

  private synchronized void begun() {
    if (count == 0) {
      none = new CompletableFuture<>();
    }
    count++;
  }

  private void over() {
    CompletableFuture<Void> waiting = counted();
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  private synchronized @Nullable CompletableFuture<Void> counted() {
    count--;
    return count == 0 ? none : null;
  }

  synchronized int count() {
    return count;
  }

  /** Complete when there is none; more may begin after that. */
  synchronized CompletableFuture<Void> none() {
    return none;
  }
}
