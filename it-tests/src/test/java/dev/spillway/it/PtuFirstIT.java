package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The example {@code ptu-first}: each call takes a thousandth of a minute's throughput and more.
 */
class PtuFirstIT {

  private static final String PATH = "/openai/v1/chat/completions";
  private static final String BODY =
      "{\"model\":\"gpt-4o\",\"max_tokens\":200,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
          .formatted("word ".repeat(5_000));

  private final Example example =
      Example.of("ptu-first", Map.of("ROUTER_KEY", "app-key", "BATCH_KEY", "batch-key"));

  @AfterEach
  void close() {
    example.close();
  }

  @Test
  void lowPriorityMakesWayFirstThenTheOthersAndNo429IsMet() {
    int batchOnPtu = servedByPtu("batch-key");
    assertThat(utilization()).isBetween(55.0, 70.0);

    int appOnPtu = servedByPtu("app-key");
    assertThat(utilization()).isBetween(85.0, 100.0);

    assertThat(batchOnPtu).isPositive();
    assertThat(appOnPtu).isPositive();
    assertThat(ask("batch-key").trace()).startsWith("ptu=spilled(").contains("60% allowed");
    assertThat(ask("app-key").trace()).startsWith("ptu=spilled(").contains("90% allowed");
    assertThat(example.journal()).extracting(JournalEntry::status).containsOnly(200);
  }

  @Test
  void whoMadeWayComesBackWhenThereIsRoomAgain() {
    servedByPtu("batch-key");
    example.advance(Duration.ofSeconds(30));
    assertThat(ask("batch-key").servedBy()).isEqualTo("ptu");
  }

  /** How many calls it serves until one goes elsewhere. */
  private int servedByPtu(String key) {
    int served = 0;
    while (ask(key).servedBy().equals("ptu")) {
      served++;
      assertThat(served).isLessThan(200);
    }
    return served;
  }

  private double utilization() {
    Double percent = example.control().deployment("ptu").utilization();
    assertThat(percent).isNotNull();
    return percent == null ? 0 : percent;
  }

  private Answer ask(String key) {
    Answer answer = example.post(PATH, BODY, "api-key", key);
    assertThat(answer.status()).isIn(List.of(200));
    return answer;
  }
}
