package dev.spillway.router.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.RouterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One good configuration, and what each way of spoiling it is told. */
class LinterTest {

  private static final String GOOD =
      """
      listen: 127.0.0.1:0
      clients:
        - {name: analysts, key: first-key}
        - {name: bots, key: second-key}
      backends:
        micro: {url: "http://a", deployment: micro, api-key: a-key}
        turbo: {url: "http://b", deployment: turbo, api-key: b-key}
      pools:
        gpt:
          - {backend: micro, priority: 1}
          - {backend: turbo, priority: 2}
      routes:
        - {path: /completions, operation: chat/completions, pool: gpt}
        - {deployment: gpt, pool: gpt}
      timeout: 120s
      """;

  @TempDir private Path folder;

  @Test
  void aGoodConfigurationIsToldNothing() {
    assertThat(Linter.findings(config(GOOD))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "    - {backend: turbo, priority: 2} || 10 | pool-cannot-fail-over | the pool 'gpt' cannot fail over: 'micro' is its only backend",
        "    - {backend: turbo, priority: 2} || 7 | backend-in-no-pool | the backend 'turbo' is in no pool and is never asked",
        "http://b\", deployment: turbo | http://a\", deployment: micro | 10 | deployment-twice | 'micro' and 'turbo' are one deployment: 'micro' at http://a",
        "routes: | `  spare: [{backend: micro}, {backend: turbo}]\\nroutes:` | 12 | pool-in-no-route | no route leads to the pool 'spare'",
        "path: /completions | path: /über | 13 | route-never-reached | it holds characters that are sent escaped",
        "path: /completions | path: /a/../b | 13 | route-never-reached | paths with '..' or '/./' are refused",
        "second-key | first-key | 4 | key-shared | the clients 'analysts' and 'bots' have one key",
        "second-key | a-key | 4 | key-of-a-backend | the key of 'bots' is that of the backend 'micro'",
        "timeout: 120s | admin-key: first-key | 3 | key-shared | the key of 'analysts' is the admin-key as well",
        "timeout: 120s | max-attempts: 1 | 13 | attempts-below-backends | asks 1 of the 2 backends of 'gpt' at most",
        "timeout: 120s | timeout: 60s | 13 | silence-uses-up-the-time | a backend that says nothing uses up the timeout (60s)",
        "timeout: 120s | max-wait: 120s | 13 | wait-without-time | a max-wait of 120s does not fit into the timeout (120s)",
        "timeout: 120s | max-wait: 500ms | 13 | wait-without-effect | a max-wait of 500ms on the route '/completions' is shorter than the rest",
        "timeout: 120s | connect-timeout: 60s | 15 | timeout-without-effect | connect-timeout (60s) is not below first-byte-timeout (60s)",
        "timeout: 120s | default-cooldown: 61s | 15 | cooldowns-contradict | default-cooldown (61s) is longer than max-cooldown (60s)",
        "operation: chat/completions, pool: gpt} | operation: chat/completions, pool: gpt, on-context-length: gpt} | 13 | fallback-leads-back | leads from the pool 'gpt' to itself",
        "timeout: 120s | max-request-bytes: 1000 | 15 | limit-without-effect | max-heap-body is above max-request-bytes",
        "pool: gpt} | pool: gpt, stream: buffer-until, stream-window: 2m} | 13 | wait-without-time | a stream-window of 120s does not fit",
      })
  void whatCannotBeMeantIsToldWithItsLine(
      String spoilt, String with, int line, String check, String reason) {
    String yaml = GOOD.replace(spoilt, with == null ? "" : with.replace("\\n", "\n"));
    List<Finding> findings = Linter.findings(config(yaml));

    assertThat(findings)
        .as(yaml)
        .anySatisfy(finding -> {
          assertThat(finding.check()).isEqualTo(check);
          assertThat(finding.reason()).contains(reason);
          assertThat(finding.line()).isEqualTo(line);
          assertThat(finding.cure()).isNotEmpty();
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tools: true | tools: true, images: true | rule 1 takes every request that fits it",
        "tools: true | operation: embeddings | the route is for chat/completions only",
        "tools: true | priority: high | no client has such a priority",
        "tools: true | `caller: x*` | there is no client x*",
      })
  void aRuleThatCanNeverFireIsTold(String first, String second, String reason) {
    String rules =
        "chat/completions, default: gpt, rules: [{when: {%s}, pool: gpt},\n {when: {%s}, pool: gpt}]}"
            .formatted(first, second);

    assertThat(Linter.findings(config(GOOD.replace("chat/completions, pool: gpt}", rules))))
        .map(Finding::toString)
        .singleElement()
        .asString()
        .startsWith("router.yaml:14: warning: rule 2 of the route '/completions' can never fire: ")
        .contains(reason);
  }

  @Test
  void aPoolWithOneQuotaCannotFailOver() {
    String yaml =
        GOOD.replace("deployment: micro", "quota-group: e")
            .replace("deployment: turbo", "quota-group: e");

    assertThat(checks(yaml)).containsExactly("pool-cannot-fail-over");
  }

  @Test
  void aRouteThatNoClientMayUseIsTold() {
    String yaml =
        GOOD.replace("first-key", "first-key, routes: [/completions]")
            .replace("second-key", "second-key, routes: [/completions]");

    assertThat(checks(yaml)).containsExactly("route-without-callers");
    assertThat(checks(yaml.replace("second-key, routes: [/completions]", "second-key"))).isEmpty();
  }

  private static List<String> checks(String yaml) {
    return Linter.findings(config(yaml)).stream().map(Finding::check).toList();
  }

  @Test
  void aFindingIsOneLineWithPlaceSeverityReasonAndCure() {
    String yaml = GOOD.replace("second-key", "first-key");

    assertThat(Linter.findings(config(yaml)))
        .map(Finding::toString)
        .containsExactly(
            "router.yaml:4: error: the clients 'analysts' and 'bots' have one key, and are both"
                + " 'bots'; give each a key of its own");
  }

  @Test
  void everyVariableThatIsNotSetIsToldAndTheRestIsCheckedAllTheSame() throws Exception {
    Path file =
        write(
            GOOD.replace("first-key", "\"${FIRST}\"")
                .replace("a-key", "\"${SECOND}\"")
                .replace("b-key", "\"${THIRD:-default}\"")
                .replace("    - {backend: turbo, priority: 2}\n", ""));
    FileCheck check = FileCheck.of(file, Map.of("FIRST", "1")::get);

    assertThat(check.findings())
        .map(Finding::toString)
        .containsExactly(
            "router.yaml:6: error: the environment variable SECOND is not set; set it, or give it"
                + " a default: ${SECOND:-...}",
            "router.yaml:7: warning: the backend 'turbo' is in no pool and is never asked; put it"
                + " into one, or take it out",
            "router.yaml:10: warning: the pool 'gpt' cannot fail over: 'micro' is its only"
                + " backend; add a second one");
    assertThat(check.config()).isEmpty();
  }

  @Test
  void aFileThatCannotBeUsedIsAFindingToo() throws Exception {
    FileCheck check = FileCheck.of(write(GOOD.replace("pool: gpt", "pool: gtp")), name -> null);

    assertThat(check.findings())
        .map(Finding::toString)
        .containsExactly(
            "router.yaml:13: error: 'routes[0].pool' names the pool 'gtp', which does not exist;"
                + " did you mean 'gpt'?");
    assertThat(FindingsJson.of(check.findings()))
        .contains("\"errors\" : 1", "\"check\" : \"unusable\"", "\"line\" : 13");
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("router.yaml"), yaml);
  }

  private static RouterConfig config(String yaml) {
    return RouterConfig.parse("router.yaml", yaml, name -> null);
  }
}
