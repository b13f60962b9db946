package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The example {@code quota-beyond-one}: a ramp from well below one deployment's quota to nearly
 * that of all three. The emulator knows the truth of every expectation.
 */
class QuotaBeyondOneIT {

  private static final String PATH = "/openai/v1/chat/completions";
  private static final List<String> REGIONS = List.of("eastus", "sweden", "france");

  /** What was expected, and what was true. */
  private record Tally(int requests, int sends, int falseSends, int skips, int falseSkips) {

    static final Tally EMPTY = new Tally(0, 0, 0, 0, 0);

    Tally plus(int sent, int wronglySent, int skipped, int wronglySkipped) {
      return new Tally(
          requests + 1,
          sends + sent,
          falseSends + wronglySent,
          skips + skipped,
          falseSkips + wronglySkipped);
    }
  }

  @ParameterizedTest
  @CsvSource({"2024, documented", "2026, documented"})
  void aRampOverThePrimarysQuotaMeetsNo429(String wire, String charge) {
    Tally tally = ramp(wire, charge, true);

    assertThat(tally.skips()).isGreaterThan(50);
    assertThat(tally.falseSends()).isZero();
    assertThat(tally.falseSkips()).isZero();
  }

  /** The estimate is wrong then; what answers tell keeps the account right all the same. */
  @Test
  void aServiceThatChargesOtherwiseIsFollowed() {
    Tally tally = ramp("2026", "measured", true);

    assertThat(tally.falseSends()).isLessThan(tally.sends() / 20);
    assertThat(tally.falseSkips()).isLessThan(tally.requests() / 10);
  }

  @Test
  void withoutLookAheadEveryWindowIsFoundOutByA429() {
    assertThat(ramp("2026", "documented", false).falseSends()).isGreaterThan(20);
  }

  private static Tally ramp(String wire, String charge, boolean lookAhead) {
    Map<String, String> names =
        Map.of("ROUTER_KEY", "k", "WIRE", wire, "CHARGE", charge, "LOOK_AHEAD", "" + lookAhead);
    Random random = new Random(1);
    Tally tally = Tally.EMPTY;
    try (Example example = Example.of("quota-beyond-one", names)) {
      for (int i = 0; i < 500; i++) {
        int characters = 200 + random.nextInt(1_800);
        int maxTokens = 50 + random.nextInt(150);
        Map<String, Long> left = left(example);
        Answer answer = example.post(PATH, body(characters, maxTokens), "api-key", "k");
        assertThat(answer.status()).as("request %s", i).isEqualTo(200);
        tally = judged(tally, answer.trace(), left);
        example.advance(Duration.ofMillis(3_000 - 4L * i)); // 20 a minute at first, 60 at last
      }
    }
    return tally;
  }

  private static Tally judged(Tally tally, String trace, Map<String, Long> left) {
    int sent = 0;
    int wronglySent = 0;
    int skipped = 0;
    int wronglySkipped = 0;
    for (String step : trace.split(" -> ", -1)) {
      String region = step.substring(0, step.indexOf('='));
      if (step.contains("=no-room(needs ")) {
        long needs = Long.parseLong(step.replaceAll(".*needs (\\d+),.*", "$1"));
        skipped++;
        wronglySkipped += needs <= left.getOrDefault(region, 0L) ? 1 : 0;
      } else if (!step.contains("=resting(")) {
        sent++;
        wronglySent += step.contains("=429(") ? 1 : 0;
      }
    }
    return tally.plus(sent, wronglySent, skipped, wronglySkipped);
  }

  /** What the emulator would still take, before the request. */
  private static Map<String, Long> left(Example example) {
    Map<String, Long> left = new HashMap<>();
    for (String region : REGIONS) {
      DeploymentStatus status =
          example.control().resource("contoso-" + region).deployment("gpt-4o");
      left.put(region, status.tokens().remaining().count());
    }
    return left;
  }

  private static String body(int characters, int maxTokens) {
    return """
    {"model":"gpt-4o","max_tokens":%d,"messages":[{"role":"user","content":"%s"}]}
    """
        .formatted(maxTokens, "x".repeat(characters));
  }
}
