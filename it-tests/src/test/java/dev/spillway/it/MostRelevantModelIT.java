package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The example {@code most-relevant-model}: which model serves what, and what the caller is told.
 */
class MostRelevantModelIT {

  private static final String V1 = "/openai/v1/chat/completions";
  private static final String DATED =
      "/openai/deployments/auto/chat/completions?api-version=2024-10-21";
  private static final String HARD =
      "Refactor this so that it is thread-safe without locks, and prove that it never loses an"
          + " update. It must compile, and only with the standard library.\\n- avoid"
          + " allocation\\n- explain each step";

  private static Example example;

  @BeforeAll
  static void start() {
    example = Example.of("most-relevant-model", Map.of("ROUTER_KEY", "k", "BATCH_KEY", "b"));
  }

  @AfterAll
  static void close() {
    example.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k | Hello |  | mini | default (no rule fits)",
        "k | HARD |  | reasoning | rule 6 'hard ones' (complexity ",
        "k | HARD | \"stream\": true, | mini | default (no rule fits)",
        "b | HARD |  | mini | rule 2 'batch is cheap' (priority low)",
        "k | Hello in JSON | \"response_format\": {\"type\": \"json_object\"}, | mini | default (no rule fits)",
        "k | JSON | \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}], \"response_format\": {\"type\": \"json_object\"}, | omni | rule 5 'tools and JSON' (tools, JSON)",
      })
  void theCheapestModelThatWillDoServes(
      String key, String text, String members, String model, String why) {
    Answer answer =
        example.post(
            V1, body("auto", members, '"' + text.replace("HARD", HARD) + '"'), "api-key", key);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.servedBy()).isEqualTo(model);
    assertThat(answer.header("x-router-route")).startsWith(why);
    assertThat(answer.trace()).startsWith("route: " + why);
  }

  @Test
  void whoAsksForQualityGetsIt() {
    Answer answer =
        example.post(DATED, body("x", "", "\"Hello\""), "api-key", "k", "x-quality", "high");

    assertThat(answer.servedBy()).isEqualTo("omni");
    assertThat(answer.header("x-router-route"))
        .isEqualTo("rule 3 'quality asked for' (header x-quality: high)");
  }

  @Test
  void aPictureGoesToAModelThatSees() {
    String picture =
        """
        [{"type": "text", "text": "What is this?"},
         {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]
        """;

    Answer answer = example.post(V1, body("auto", "", picture), "api-key", "k");

    assertThat(answer.servedBy()).isEqualTo("omni");
    assertThat(answer.header("x-router-route")).isEqualTo("rule 4 'pictures' (images)");
  }

  @Test
  void aBigPromptGoesToALongContext() {
    String big = '"' + "word ".repeat(90_000) + '"';

    Answer answer = example.post(V1, body("auto", "", big), "api-key", "k");

    assertThat(answer.servedBy()).isEqualTo("long");
    assertThat(answer.header("x-router-route"))
        .isEqualTo("rule 1 'big prompts' (prompt about 112,500 tokens > 100,000)");
  }

  /** The estimate by characters was too low: the model itself says so, and the request goes on. */
  @Test
  void whatIsLongerThanItLookedGoesOnToALongContext() {
    String dense = '"' + "語".repeat(300_000) + '"';

    Answer answer = example.post(V1, body("auto", "", dense), "api-key", "k");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.trace())
        .isEqualTo("route: default (no rule fits) -> mini=400(0ms) -> long=200(0ms)");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-4o-mini, mini",
    "gpt-4o-2024-11-20, omni",
    "o3-mini, reasoning",
    "gpt-4.1, long",
    "other, mini"
  })
  void whoNamesAModelGetsIt(String model, String backend) {
    Answer answer = example.post(V1, body(model, "", "\"Hello\""), "api-key", "k");

    assertThat(answer.servedBy()).isEqualTo(backend);
  }

  private static String body(String model, String members, String content) {
    return "{\"model\": \"%s\", %s \"messages\": [{\"role\": \"user\", \"content\": %s}]}"
        .formatted(model, members == null ? "" : members, content);
  }
}
