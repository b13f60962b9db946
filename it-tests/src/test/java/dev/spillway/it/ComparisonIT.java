package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What compares our router with others, but for the hour that it takes. */
final class ComparisonIT {

  private static final Path ADAPTERS = Program.root().resolve("scenarios/adapters");

  @TempDir private Path folder;

  @Test
  void thePageTellsWhoPassedWhatWasMissedAndWhoCouldNotBeHad() throws IOException {
    write("spillway.version", "1.0");
    write("spillway.0.json", results(scenario("Moves on", true, 90)));
    write("spillway.1.json", results(scenario("Waits", true, 90)));
    write("nginx.version", "1.22.1");
    write(
        "nginx.0.json",
        results(scenario("Moves on", true, 90) + "," + scenario("Waits", false, 90)));
    write("litellm.missing", "LiteLLM cannot be had here");

    String page = run("page", folder.toString(), "spillway", "nginx", "litellm");

    assertThat(page)
        .contains(
            """
            | router | version | passes |
            |---|---|---|
            | Spillway | 1.0 | 2 of 2 |
            | nginx | 1.22.1 | 1 of 2 |
            | LiteLLM | - | LiteLLM cannot be had here |
            """,
            """
            ## Waiting

            | | Spillway | nginx |
            |---|---|---|
            | Moves on | yes | yes |
            | Waits | yes | **no** |
            """,
            "### nginx\n\n* Waits: `statuses`: expected 200: all, seen 429: 1\n")
        .doesNotContain("### Spillway");
  }

  @Test
  void onlyWhatDoesNotTakeLongIsPlayed() throws IOException {
    write(
        "lengths.json",
        results(scenario("Short", true, 90) + "," + scenario("Long", true, 3_600_000)));

    assertThat(run("lengths", folder.toString(), "150")).isEqualTo("Short.yaml\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx", "haproxy", "portkey", "litellm"})
  void everyPeerSaysItsVersionOrWhyItCannotBeHad(String peer) {
    Map<String, String> environment = Map.of("ADAPTER_CACHE", folder.toString());
    Path adapter = ADAPTERS.resolve(peer).resolve("adapter");
    try (Program version =
        Program.start(folder, environment, List.of(adapter.toString(), "version"))) {
      boolean isHere = version.awaitExit() == 0;

      assertThat((isHere ? version.out() : version.err()).lines()).hasSize(1);
      assertThat(isHere ? version.err() : version.out()).isEmpty();
    }
  }

  private String run(String... arguments) {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Program.javaHome().resolve("bin/java").toString(),
                    "-cp",
                    Program.jar().toString(),
                    ADAPTERS.resolve("Comparison.java").toString()),
                Stream.of(arguments))
            .toList();
    try (Program comparison = Program.start(folder, Map.of(), command)) {
      assertThat(comparison.awaitExit()).as(comparison.err()).isZero();
      return comparison.out();
    }
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(folder.resolve(file), content);
  }

  private static String results(String scenarios) {
    return "{\"scenarios\": [" + scenarios + "]}";
  }

  private static String scenario(String name, boolean passes, long lasted) {
    return """
    {"scenario": "%s", "group": "waiting", "file": "%s.yaml", "passes": %s, "lasted-ms": %d, "expectations":
      [{"name": "statuses", "expected": "200: all", "seen": "429: 1", "passes": %s}]}
    """
        .formatted(name, name, passes, lasted, passes);
  }
}
