package dev.spillway.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

class LineTest {

  private static final Instant NOW = Instant.parse("2026-11-27T08:09:10.123Z");

  @Test
  void aLineForPeople() {
    assertThat(
            line("id", "a1", "status", 429, "trace", "micro=429(0ms) -> x")
                .asText(NOW, ZoneOffset.UTC))
        .isEqualTo(
            "08:09:10.123 INFO RequestLog - request id=a1 status=429 trace=\"micro=429(0ms) -> x\"");
  }

  @Test
  void aLineForMachines() {
    assertThat(line("id", "a1", "status", 429).asJson(NOW))
        .isEqualTo(
            """
            {"time":"2026-11-27T08:09:10.123Z","level":"info","logger":"dev.spillway.RequestLog",\
            "message":"request","id":"a1","status":429}\
            """);
  }

  /** A path with line ends in it makes no second line. */
  @Test
  void whatACallerChoseStaysInItsPlace() {
    Line line = line("path", "/x\n08:09:10.123 ERROR forged\u001b[31m");

    assertThat(line.asText(NOW, ZoneOffset.UTC)).doesNotContain("\n", "\u001b").contains("\\n");
    assertThat(line.asJson(NOW)).doesNotContain("\n", "\u001b");
  }

  @Test
  void aFailureShowsWhereItHappened() {
    Line line =
        new Line(
            Level.ERROR, "dev.spillway.X", "oh", List.of(), new IllegalStateException("broken"));

    assertThat(line.asText(NOW, ZoneOffset.UTC)).contains("oh\n", "broken", "LineTest");
    assertThat(line.asJson(NOW)).doesNotContain("\n").contains("broken", "LineTest");
  }

  private static Line line(Object... pairs) {
    List<KeyValuePair> all = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.add(new KeyValuePair((String) pairs[i], pairs[i + 1]));
    }
    return new Line(Level.INFO, "dev.spillway.RequestLog", "request", all, null);
  }
}
