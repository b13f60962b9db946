import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends chat completions at a constant rate, every fourth as a stream, while the capacity of one
 * deployment goes up and down. Arguments: router, emulator, seconds, requests a second.
 */
public final class Soak {

  private static final Duration FLAP = Duration.ofSeconds(10);
  private static final int LOW = 1_000;
  private static final int HIGH = 3_000;
  private static final int MOST_AT_ONCE = 2_000;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor())
          .build();
  private final Map<String, LongAdder> endings = new ConcurrentHashMap<>();
  private final Semaphore underWay = new Semaphore(MOST_AT_ONCE);
  private final URI router;
  private final URI emulator;

  private Soak(String router, String emulator) {
    this.router =
        URI.create(router + "/openai/deployments/gpt/chat/completions?api-version=2024-10-21");
    this.emulator = URI.create(emulator + "/emulator/deployments/flapping");
  }

  public static void main(String[] args) throws Exception {
    Soak soak = new Soak(args[0], args[1]);
    soak.run(Duration.ofSeconds(Long.parseLong(args[2])), Integer.parseInt(args[3]));
    new TreeMap<>(soak.endings).forEach((ending, count) -> System.out.println(ending + " " + count));
    System.exit(0);
  }

  private void run(Duration length, int perSecond) throws Exception {
    long start = System.nanoTime();
    long flapped = 0;
    long period = 1_000_000_000L / perSecond;
    long requests = length.toNanos() / period;
    for (long i = 0; i < requests; i++) {
      long due = start + i * period;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      long flap = (due - start) / FLAP.toNanos();
      if (flap != flapped) {
        flapped = flap;
        Thread.startVirtualThread(() -> capacity(flap % 2 == 1 ? LOW : HIGH));
      }
      if (!underWay.tryAcquire()) {
        count("not sent: too many under way");
        continue;
      }
      boolean stream = i % 4 == 0;
      long number = i;
      Thread.startVirtualThread(() -> {
        try {
          count(ask(stream, number));
        } finally {
          underWay.release();
        }
      });
    }
    underWay.acquire(MOST_AT_ONCE);
  }

  /** 50 tokens of prompt by the service's estimate, and 150 for the answer: 200 are charged. */
  private String ask(boolean stream, long number) {
    String text = "%08d".formatted(number) + " in the middle of the journey of our life I came to myself"
        + " in a dark wood where the straight way was lost, and so on".repeat(3);
    String body =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text.substring(0, 200) + "\"}],\"max_tokens\":150"
            + (stream ? ",\"stream\":true}" : "}");
    HttpRequest request =
        HttpRequest.newBuilder(router)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      boolean whole = !stream || answer.body().endsWith("data: [DONE]\n\n");
      String by = answer.headers().firstValue("x-router-backend").orElse("nobody");
      return answer.statusCode() + (answer.statusCode() == 200 && !whole ? " cut" : "") + " by " + by;
    } catch (IOException e) {
      return "failed: " + e.getClass().getSimpleName();
    } catch (InterruptedException e) {
      return "interrupted";
    }
  }

  private void capacity(int thousands) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(emulator)
                  .header("Content-Type", "application/json")
                  .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"capacity\": " + thousands + "}"))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        count("capacity not changed: " + answer.statusCode());
      }
    } catch (IOException | InterruptedException e) {
      count("capacity not changed: " + e.getClass().getSimpleName());
    }
  }

  private void count(String ending) {
    endings.computeIfAbsent(ending, any -> new LongAdder()).increment();
  }
}
