import dev.spillway.router.auth.Caller;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.lookahead.LookAhead;
import dev.spillway.router.lookahead.Reservation;
import dev.spillway.router.plan.LazyFacts;
import dev.spillway.wire.Operation;
import dev.spillway.router.body.ReplayableBody;
import dev.spillway.router.plan.*;
import dev.spillway.router.trace.RequestId;
import dev.spillway.wire.AzureRoute;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the look-ahead costs one request: reading its facts, a look, a reservation, an answer. */
final class Cost {

  public static void main(String[] args) {
    for (int characters : new int[] {64, 1_000, 10_000, 100_000, 1_000_000}) {
      System.out.printf("%,9d characters: %,9.2f us%n", characters, micros(characters));
    }
  }

  private static double micros(int characters) {
    Backend backend =
        new Backend("b", URI.create("http://b"), Api.azure("b", "2024-10-21"), Credential.NONE, Map.of(), "b")
            .with(new DeploymentLimits.Standard(1_000_000_000_000L, 1_000_000_000L, Duration.ofMinutes(1)));
    LookAhead lookAhead = new LookAhead(List.of(backend), true, 0);
    byte[] body =
        ("{\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(characters) + "\"}]}")
            .getBytes();
    int rounds = Math.max(200, 20_000_000 / (characters + 1_000));
    double best = Double.MAX_VALUE;
    for (int repeat = 0; repeat < 5; repeat++) {
      long start = System.nanoTime();
      for (int i = 0; i < rounds; i++) {
        CallPlan call = call(body);
        lookAhead.room(backend, call, Double.POSITIVE_INFINITY, i);
        Reservation reserved = lookAhead.reserve(backend, call, i);
        reserved.served(name -> null, i);
      }
      best = Math.min(best, (System.nanoTime() - start) / 1e3 / rounds);
    }
    return best;
  }

  private static final RequestId.Source IDS = new RequestId.Source("cost");

  private static CallPlan call(byte[] body) {
    return new CallPlan(
        Identity.of(IDS.next()),
        Caller.of("a"),
        "POST",
        "gpt",
        "pool",
        null,
        new AzureRoute.Dated("gpt", "chat/completions"),
        null,
        null,
        List.of(),
        ReplayableBody.of(body),
        new LazyFacts(Optional.of(Operation.CHAT_COMPLETIONS), () -> new ByteArrayInputStream(body)),
        null,
        null,
        new Terms(StreamHold.DEFAULT, Duration.ofMinutes(1), 5, Duration.ZERO, RetryAmbiguous.ONCE),
        null,
        new Stay.Anywhere());
  }
}
