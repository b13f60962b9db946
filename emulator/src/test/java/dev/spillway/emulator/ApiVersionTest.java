package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.RawHttp.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the api-version of a dated route changes. */
class ApiVersionTest {

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.start("2024");

  private Answer answer(String version, String more) {
    return emulator.chat("35turbo", version, EmulatorFixture.body(34, ",\"max_tokens\":2" + more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-05-15", "2023-03-15-preview"})
  void oldVersionsSayNothingOfTheFilter(String version) {
    assertThat(answer(version, "").body())
        .startsWith("{\"choices\":[{\"finish_reason\":\"length\",\"index\":0,\"message\":{")
        .doesNotContain("filter")
        .doesNotContain("logprobs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-05-15", "2023-03-15-preview"})
  void aStreamOfAnOldVersionStartsWithTheRole(String version) {
    Answer stream = answer(version, ",\"stream\":true");

    assertThat(stream.events().getFirst())
        .startsWith(
            "{\"choices\":[{\"delta\":{\"content\":\"\",\"role\":\"assistant\"},"
                + "\"finish_reason\":null,\"index\":0}],\"created\":");
    assertThat(stream.body()).doesNotContain("filter");
  }

  @ParameterizedTest
  @CsvSource({
    "2023-06-01-preview, prompt_annotations",
    "2023-07-01-preview, prompt_filter_results",
    "2024-02-01, prompt_filter_results",
    "2025-04-01-preview, prompt_filter_results",
    "2031-01-01, prompt_filter_results",
  })
  void laterVersionsSayWhatTheFilterFound(String version, String member) {
    assertThat(answer(version, "").body())
        .contains("\"" + member + "\":[{\"prompt_index\":0,\"content_filter_results\":{\"hate\"");
    assertThat(answer(version, ",\"stream\":true").events().getFirst())
        .contains("\"" + member + "\":[{\"prompt_index\":0,\"content_filter_results\":{\"hate\"");
  }

  @Test
  void previewOnADatedRouteFindsNoDeployment() {
    assertThat(answer("preview", "").body()).contains("DeploymentNotFound");
  }

  @Test
  void aClientsRequestIdIsEchoed() {
    String head =
        "POST /openai/deployments/35turbo/chat/completions?api-version=2024-02-01 HTTP/1.1\n"
            + "api-key: emulator-key-1\nx-ms-client-request-id: mine";

    assertThat(emulator.send(head, EmulatorFixture.body(34, "")).header("x-ms-client-request-id"))
        .isEqualTo("mine");
  }
}
