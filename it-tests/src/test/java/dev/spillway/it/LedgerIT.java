package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spillway.control.FaultSpec;
import dev.spillway.control.JournalEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the emulator bills is what the router knows as reported, and what it says it does not know:
 * I12.
 */
final class LedgerIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String WITH_USAGE =
      Chat.body("\"stream\":true,\"stream_options\":{\"include_usage\":true},");

  @RegisterExtension private final BothPrograms programs = BothPrograms.of("2026");
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
  }

  @Test
  void everyBilledTokenIsReportedOrKnownToBeUncertain() throws Exception {
    programs.limitTokensOnly("micro", 40_000);
    programs.limitTokensOnly("35turbo", 40_000);
    ask(Chat.plain());
    ask(WITH_USAGE);
    ask(Chat.of(true));
    failing("error server-error", "headers", Chat.plain());
    failing("reset", "headers", Chat.plain());
    failing("malformed-json", "body", Chat.plain());
    failing("status 503", "before", Chat.plain());
    failing("close", "chunk 1", WITH_USAGE);
    failing("close", "chunk 5", WITH_USAGE);
    leaving("headers", Chat.plain());
    leaving("chunk 5", WITH_USAGE);
    programs.lower("micro", 1);
    for (int i = 0; i < 5; i++) {
      ask(Chat.plain());
    }
    ask("{\"messages\":[");

    List<JsonNode> attempts = attempts();
    List<JournalEntry> calls = calls();
    assertThat(attempts).hasSameSizeAs(calls);
    long reported = 0;
    long uncertain = 0;
    for (int i = 0; i < calls.size(); i++) {
      long billed = billed(calls.get(i));
      JsonNode tokens = attempts.get(i).path("tokens");
      switch (tokens.path("known").stringValue()) {
        case "none" -> assertThat(billed).isZero();
        case "reported" -> {
          assertThat(tokens(tokens)).isEqualTo(billed);
          reported += billed;
        }
        default -> uncertain += billed;
      }
    }
    JsonNode ledger = ledger();
    assertThat(tokens(ledger.at("/served/reported")) + tokens(ledger.at("/wasted/reported")))
        .isEqualTo(reported);
    assertThat(reported + uncertain).isEqualTo(calls.stream().mapToLong(LedgerIT::billed).sum());
    assertThat(uncertain).isPositive();
    assertThat(known(attempts)).contains("none", "reported", "estimated", "unknown");
    assertThat(classes(ledger)).contains("served", "lost", "cut", "left");
  }

  private void ask(String body) {
    var unused = programs.routed(Door.PATH.path(), body);
    programs.advance(Duration.ofSeconds(60));
  }

  private void failing(String what, String at, String body) {
    programs.control().inject(FaultSpec.of("once", what).at(at).first(1));
    try {
      ask(body);
    } catch (UncheckedIOException e) {
      programs.advance(Duration.ofSeconds(60)); // a stream that was cut is never ended cleanly
    }
    programs.control().deleteFault("once");
  }

  /** The backend hangs, and the caller does not wait for it. */
  private void leaving(String at, String body) throws Exception {
    programs.control().inject(FaultSpec.of("once", "hang").at(at).first(1));
    int before = programs.journal().size();
    HttpRequest request =
        HttpRequest.newBuilder(programs.router().resolve(Door.PATH.path()))
            .header("api-key", BothPrograms.CALLER_KEY)
            .header("Content-Type", "application/json")
            .timeout(Duration.ofMillis(500))
            .POST(BodyPublishers.ofString(body))
            .build();
    try (InputStream stream = http.send(request, BodyHandlers.ofInputStream()).body()) {
      assertThat(stream.read()).isNotNegative();
    } catch (HttpTimeoutException e) {
      assertThat(at).isEqualTo("headers");
    }
    await().until(() -> programs.journal().size() > before);
    await().until(() -> !classes(ledger()).isEmpty() && noneIsPending());
    programs.control().deleteFault("once");
    programs.advance(Duration.ofSeconds(60));
  }

  private boolean noneIsPending() {
    return !known(attempts()).contains("pending");
  }

  private List<JsonNode> attempts() {
    List<JsonNode> traces = new ArrayList<>();
    get("/router/traces").path("traces").forEach(traces::add);
    return traces.reversed().stream()
        .flatMap(trace -> trace.path("steps").valueStream())
        .filter(step -> step.path("step").stringValue().equals("attempted"))
        .toList();
  }

  private static Set<String> known(List<JsonNode> attempts) {
    return attempts.stream()
        .map(attempt -> attempt.at("/tokens/known").stringValue())
        .collect(Collectors.toSet());
  }

  private List<JournalEntry> calls() {
    return programs.journal().stream()
        .sorted(Comparator.comparingLong(JournalEntry::number))
        .toList();
  }

  private JsonNode ledger() {
    return get("/router/ledger");
  }

  private static Set<String> classes(JsonNode ledger) {
    return ledger
        .path("accounts")
        .valueStream()
        .map(account -> account.path("class").stringValue())
        .collect(Collectors.toSet());
  }

  private JsonNode get(String path) {
    HttpRequest request = HttpRequest.newBuilder(programs.router().resolve(path)).build();
    try {
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static long billed(JournalEntry call) {
    Integer prompt = call.promptTokens();
    Integer completion = call.completionTokens();
    return (prompt == null ? 0L : prompt) + (completion == null ? 0L : completion);
  }

  private static long tokens(JsonNode of) {
    return of.path("prompt").longValue() + of.path("completion").longValue();
  }
}
