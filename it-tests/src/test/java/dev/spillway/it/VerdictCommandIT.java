package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code spillway verdict} as a process, as a build calls it. */
final class VerdictCommandIT {

  @RegisterExtension private final BothPrograms programs = BothPrograms.of("2024");

  @TempDir private Path folder;

  @Test
  void aRouterThatMovesOnPasses() {
    programs.exhaust("micro");
    programs.control().clearJournal();
    assertThat(programs.routed().status()).isEqualTo(200);

    try (Program verdict = verdict()) {
      assertThat(verdict.awaitExit()).as(verdict.err()).isZero();
      assertThat(verdict.out().lines())
          .contains(
              "calls         2, for 1 requests",
              "attempts      at most 2, 2.0 on average",
              "moves         1, 1 of them to where there was room")
          .endsWith("PASSED");
    }
  }

  @Test
  void aLoopFailsWithWhatItDidAndTheCallsThatProveIt() {
    programs.exhaust("micro");
    programs.control().clearJournal();
    for (int i = 0; i < 5; i++) {
      assertThat(programs.straight(BothPrograms.MICRO, Chat.plain()).status()).isEqualTo(429);
      programs.advance(Duration.ofMillis(50));
    }

    try (Program verdict = verdict()) {
      assertThat(verdict.awaitExit()).isEqualTo(1);
      assertThat(verdict.out().lines())
          .contains("failed  stormed: the request of call 1 came back 4 times within 150 ms")
          .anyMatch(
              line -> line.startsWith("    call 5  +200 ms  contoso-eastus/micro  429 tokens"))
          .endsWith("FAILED: 5 findings");
    }
  }

  @Test
  void rulesAndRangeAreTheCommandLines() {
    programs.exhaust("micro");
    programs.advance(Duration.ofSeconds(10));

    assertThat(exit("--since", "5s")).isEqualTo(1); // no calls
    assertThat(exit("--since", "20s")).isZero();
    assertThat(exit("--since", "2026-01-02T03:04:05Z", "--max-attempts", "1")).isZero();
    assertThat(exit("--caller", "key2")).isEqualTo(1);
    assertThat(exit("--caller", "key2", "--tolerate", "no-calls,stormed")).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --emulator nowhere          | --emulator must be an address such as http://127.0.0.1:8080, not 'nowhere'
          --emulator http://127.0.0.1:1 | the emulator at http://127.0.0.1:1 does not answer
          --forbid storms             | --forbid must be one of came-early, no-backoff, stormed,
          --allow-early soon          | --allow-early must be a duration such as 250ms, 10s or 5m, not 'soon'
          --max-attempts 0            | the number of attempts allowed must be at least 1, not 0
          --max-attempts few          | Invalid value for option '--max-attempts': 'few'
          --since noon                | --since must be a duration such as 250ms, 10s or 5m, not 'noon'
          """)
  void aMistakeIsOneLineAndExitCode2(String arguments, String expected) {
    try (Program verdict = verdict(arguments.split(" "))) {
      assertThat(verdict.awaitExit()).isEqualTo(2);
      assertThat(verdict.err().lines())
          .singleElement()
          .asString()
          .startsWith("spillway: ")
          .contains(expected);
      assertThat(verdict.out()).isEmpty();
    }
  }

  private int exit(String... arguments) {
    try (Program verdict = verdict(arguments)) {
      return verdict.awaitExit();
    }
  }

  private Program verdict(String... arguments) {
    String[] all = Stream.concat(Stream.of("verdict"), Stream.of(arguments)).toArray(String[]::new);
    return Program.spillway(
        folder, Map.of("SPILLWAY_EMULATOR", programs.emulator().toString()), all);
  }
}
