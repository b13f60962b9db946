package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.RawHttp.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers of the real service that others have captured and published, beside the emulator's to the
 * same request.
 *
 * <p>The captures are facts from elsewhere: header names, the values that follow from limits, the
 * order of members and every blank. What differs by nature (ids, dates, the text of an answer) is
 * left out of the comparison.
 */
class CapturedAnswersTest {

  /** The prompt of the captures that are cited as 34 characters. */
  private static final String JOKE =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Tell me a joke about opentelemetry\"}]}";

  /** The prompt of the capture of a response. */
  private static final String BILL =
      "{\"model\":\"gpt-5.4\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\","
          + "\"text\":\"Three friends split a 47 euro bill so that Ana pays twice what Ben pays and"
          + " Cleo pays 5 euros more than Ben. How much does each pay? Show the amounts.\"}]}],"
          + "\"include\":[\"reasoning.encrypted_content\"],\"max_output_tokens\":1024,"
          + "\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"},\"store\":false}";

  private static EmulatorFixture start(String wire, String region, String deployment) {
    return EmulatorFixture.ofYaml(
        """
        listen: 127.0.0.1:0
        wire: "%s"
        charge: measured
        resources:
          traceloop:
            region: %s
            keys: [%s]
            deployments:
              %s
        """
            .formatted(wire, region, EmulatorFixture.KEY, deployment));
  }

  /** The names of all headers but those of our own connection. */
  private static List<String> names(Answer answer) {
    return answer.headers().stream()
        .map(line -> line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT))
        .filter(Predicate.not("connection"::equals))
        .sorted()
        .toList();
  }

  private static List<String> names(String captured) {
    return Arrays.stream(captured.toLowerCase(Locale.ROOT).split(",\\s*")).sorted().toList();
  }

  /** A JSON text with its members, their order and its blanks, but without what strings say. */
  private static String skeleton(String json) {
    return json.replaceAll("(?<=[:\\[,])\"(?:[^\"\\\\]|\\\\.)*\"(?!:)", "\"\"")
        .replaceAll("(?<=[:\\[,])-?\\d[\\d.]*", "0");
  }

  /** openllmetry, test_azure/test_chat.yaml of April 2024: gpt-35-turbo of 120k. */
  @Test
  void aChatOfApril2024() {
    try (EmulatorFixture emulator =
        start("2024", "eastus2", "chat: {model: gpt-35-turbo, capacity: 120}")) {
      Answer answer = emulator.chat("chat", "2024-02-01", JOKE);

      assertThat(names(answer))
          .isEqualTo(
              names(
                  """
                  Cache-Control, Content-Length, Content-Type, Date, Strict-Transport-Security,\
                  access-control-allow-origin, apim-request-id, azureml-model-session,\
                  cmp-upstream-response-duration, x-accel-buffering, x-content-type-options,\
                  x-ms-client-request-id, x-ms-rai-invoked, x-ms-region,\
                  x-ratelimit-remaining-requests, x-ratelimit-remaining-tokens, x-request-id\
                  """));
      assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, must-revalidate");
      assertThat(answer.header("Content-Type")).isEqualTo("application/json");
      assertThat(answer.header("x-ms-region")).isEqualTo("East US 2");
      assertThat(answer.header("x-ms-client-request-id"))
          .isEqualTo(answer.header("apim-request-id"));
      assertThat(answer.header("x-ratelimit-remaining-requests")).isEqualTo("119");
      assertThat(answer.header("x-ratelimit-remaining-tokens")).isEqualTo("119984");
    }
  }

  /** openllmetry, test_embeddings/test_azure_openai_embeddings.yaml of February 2024. */
  @Test
  void aVectorOfFebruary2024() {
    try (EmulatorFixture emulator =
        start("2024", "eastus2", "vectors: {model: text-embedding-3-large, capacity: 120}")) {
      Answer answer =
          emulator.post(
              "/openai/deployments/vectors/embeddings?api-version=2023-07-01-preview",
              "{\"input\":\"Tell me a joke about opentelemetry\",\"encoding_format\":\"base64\"}");

      assertThat(names(answer))
          .isEqualTo(
              names(
                  """
                  Content-Length, Content-Type, Date, Strict-Transport-Security,\
                  access-control-allow-origin, apim-request-id, azureml-model-session,\
                  cmp-upstream-response-duration, x-content-type-options,\
                  x-ms-client-request-id, x-ms-region, x-ratelimit-remaining-requests,\
                  x-ratelimit-remaining-tokens, x-request-id\
                  """));
      assertThat(answer.header("Content-Length")).isEqualTo("16606");
      assertThat(answer.header("x-ratelimit-remaining-tokens")).isEqualTo("119991");
      assertThat(answer.body())
          .startsWith(
              """
              {
                "object": "list",
                "data": [
                  {
                    "object": "embedding",
                    "index": 0,
              """)
          .endsWith(
              """
                  }
                ],
                "model": "text-embedding-3-large",
                "usage": {
                  "prompt_tokens": 8,
                  "total_tokens": 8
                }
              }
              """);
    }
  }

  /** aoai-simulated-api, tests/test_openai_record.py: a recorded completion of March 2024. */
  @Test
  void aLegacyCompletionOfMarch2024() {
    String safe =
        "\"hate\":{\"filtered\":false,\"severity\":\"safe\"},\"self_harm\":{\"filtered\":false,"
            + "\"severity\":\"safe\"},\"sexual\":{\"filtered\":false,\"severity\":\"safe\"},"
            + "\"violence\":{\"filtered\":false,\"severity\":\"safe\"}";
    try (EmulatorFixture emulator =
        start("2024", "eastus", "old: {model: gpt-35-turbo, version: \"0301\", capacity: 30}")) {
      Answer answer =
          emulator.post(
              "/openai/deployments/old/completions?api-version=2023-12-01-preview",
              "{\"prompt\":\"What is the meaning of life?\",\"max_tokens\":50}");

      assertThat(skeleton(answer.body()))
          .isEqualTo(
              skeleton(
                  "{\"id\":\"cmpl-95FbXadIqJEMZZ1Rl0chTcKRxk2ez\",\"object\":\"text_completion\","
                      + "\"created\":1711038651,\"model\":\"gpt-35-turbo\",\"prompt_filter_results\":"
                      + "[{\"prompt_index\":0,\"content_filter_results\":{"
                      + safe
                      + "}}],\"choices\":[{\"text\":\"…\",\"index\":0,\"finish_reason\":\"length\","
                      + "\"logprobs\":null,\"content_filter_results\":{"
                      + safe
                      + "}}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":50,"
                      + "\"total_tokens\":57}}\n"));
    }
  }

  /**
   * req_llm, gpt_5_4/reasoning_summary_basic.json of September 2026: gpt-5.4 of 700k on v1. The
   * capture is of Responses, which have a header about how long they are stored, too.
   */
  @Test
  void anAnswerOnV1OfSeptember2026() {
    try (EmulatorFixture emulator =
        start("2026", "swedencentral", "gpt-5.4: {model: gpt-5.4, capacity: 700}")) {
      Answer answer =
          emulator.post(
              "/openai/v1/chat/completions", EmulatorFixture.body(34, ",\"model\":\"gpt-5.4\""));

      assertThat(names(answer))
          .isEqualTo(
              names(
                  """
                  apim-request-id, azureai-fe-is-streaming, azureai-fe-offer-type,\
                  content-length, content-type, date, server, skip-error-remapping,\
                  strict-transport-security, x-content-type-options, x-ms-is-spilled-over,\
                  x-ms-region, x-ms-served-model, x-ratelimit-abusepenalty-active,\
                  x-ratelimit-key, x-ratelimit-limit-requests, x-ratelimit-limit-tokens,\
                  x-ratelimit-remaining-requests, x-ratelimit-remaining-tokens,\
                  x-ratelimit-renewalperiod-requests, x-ratelimit-renewalperiod-tokens,\
                  x-ratelimit-reset-requests, x-ratelimit-reset-tokens, x-request-id\
                  """));
      assertThat(answer.headers())
          .contains(
              "azureai-fe-is-streaming: False",
              "azureai-fe-offer-type: paygo",
              "skip-error-remapping: true",
              "x-ms-is-spilled-over: false",
              "x-ms-region: Sweden Central",
              "x-ms-served-model: gpt-5.4-2026-03-05",
              "x-ratelimit-key: gpt-5.4",
              "x-ratelimit-limit-requests: 700",
              "x-ratelimit-limit-tokens: 700000",
              "x-ratelimit-remaining-requests: 699");
    }
  }

  /** req_llm, the same capture, by the request that it was of. */
  @Test
  void aResponseOnV1OfSeptember2026() {
    try (EmulatorFixture emulator =
        start("2026", "swedencentral", "gpt-5.4: {model: gpt-5.4, capacity: 700}")) {
      Answer answer = emulator.post("/openai/v1/responses", BILL);

      assertThat(answer.headers())
          .contains(
              "x-ms-aoai-configured-data-retention-days: 30",
              "x-ms-served-model: gpt-5.4-2026-03-05",
              "x-ratelimit-remaining-requests: 699",
              "x-ratelimit-remaining-tokens: 699963");
      assertThat(answer.body())
          .startsWith("{\n  \"id\": \"resp_")
          .endsWith("\n  \"metadata\": {}\n}")
          .contains("\n  \"tools\": [],\n", "\"end_offset\": 983,", "\"input_tokens\": 43,")
          .contains("\n    \"context\": \"current_turn\",\n    \"effort\": \"low\",\n");
      assertThat(JsonMapper.shared().readTree(answer.body()).propertyNames())
          .containsExactly(
              "id, object, created_at, status, background, completed_at, content_filters, error, frequency_penalty, incomplete_details, instructions, max_output_tokens, max_tool_calls, model, moderation, output, parallel_tool_calls, presence_penalty, previous_response_id, prompt_cache_key, prompt_cache_retention, reasoning, safety_identifier, service_tier, store, temperature, text, tool_choice, tool_usage, tools, top_logprobs, top_p, truncation, usage, user, metadata"
                  .split(", "));
    }
  }

  /** Azure SDK for .NET, ChatCompletionsContentFilterCategories(Azure).json of July 2023. */
  @Test
  void aChatOfJuly2023() {
    try (EmulatorFixture emulator =
        start("2023", "eastus", "chat: {model: gpt-35-turbo, capacity: 120}")) {
      Answer answer =
          emulator.send(
              "POST /openai/deployments/chat/chat/completions?api-version=2023-06-01-preview"
                  + " HTTP/1.1\nx-ms-client-request-id: of-the-caller\napi-key: "
                  + EmulatorFixture.KEY,
              JOKE);

      assertThat(names(answer))
          .isEqualTo(
              names(
                  """
                  Access-Control-Allow-Origin, apim-request-id, azureml-model-group,\
                  azureml-model-session, Cache-Control, Content-Length, Content-Type, Date,\
                  openai-model, openai-processing-ms, Strict-Transport-Security,\
                  x-accel-buffering, X-Content-Type-Options, x-ms-client-request-id,\
                  x-ms-region, X-Request-ID\
                  """));
      assertThat(answer.header("Cache-Control")).isEqualTo("must-revalidate, no-cache");
      assertThat(answer.header("x-ms-client-request-id")).isEqualTo("of-the-caller");
      assertThat(answer.header("azureml-model-group")).isEqualTo("online");
      assertThat(answer.header("openai-model")).isEqualTo("gpt-35-turbo");
      assertThat(skeleton(answer.body()))
          .startsWith(
              "{\"id\":\"\",\"object\":\"\",\"created\":0,\"model\":\"\",\"prompt_annotations\":[")
          .containsSubsequence("\"choices\":[", "\"usage\":{");
    }
  }

  /** openllmetry, test_azure/test_chat_reasoning.yaml of August 2025: gpt-5-nano of 100k. */
  @Test
  void aChatOfAugust2025() {
    try (EmulatorFixture emulator =
        start("2025", "eastus2", "gpt-5-nano: {model: gpt-5-nano, capacity: 100}")) {
      Answer answer =
          emulator.chat("gpt-5-nano", "2024-12-01-preview", EmulatorFixture.body(23, ""));

      assertThat(names(answer))
          .isEqualTo(
              names(
                  """
                  Content-Length, Content-Type, Date, Strict-Transport-Security,\
                  apim-request-id, azureml-model-session, x-accel-buffering,\
                  x-content-type-options, x-ms-deployment-name, x-ms-rai-invoked, x-ms-region,\
                  x-ratelimit-limit-requests, x-ratelimit-limit-tokens,\
                  x-ratelimit-remaining-requests, x-ratelimit-remaining-tokens, x-request-id\
                  """));
      assertThat(answer.header("x-ms-deployment-name")).isEqualTo("gpt-5-nano");
      assertThat(answer.header("x-ratelimit-limit-requests")).isEqualTo("100");
      assertThat(answer.header("x-ratelimit-limit-tokens")).isEqualTo("100000");
      assertThat(answer.header("x-ratelimit-remaining-requests")).isEqualTo("99");
      assertThat(answer.header("x-ratelimit-remaining-tokens")).isEqualTo("99994");
    }
  }

  /** openllmetry, test_azure of March 2026: gpt-4.1-mini of 120k, headers and whole body. */
  @Test
  void aChatOfMarch2026() {
    try (EmulatorFixture emulator =
        start("2026", "eastus2", "mini: {model: gpt-4.1-mini, capacity: 120}")) {
      Answer answer = emulator.chat("mini", "2024-02-01", JOKE);

      assertThat(names(answer))
          .isEqualTo(
              names(
                  """
                  Content-Length, Content-Type, Date, Strict-Transport-Security,\
                  apim-request-id, azureml-model-session, skip-error-remapping,\
                  x-accel-buffering, x-content-type-options, x-ms-deployment-name,\
                  x-ms-is-spilled-over, x-ms-rai-invoked, x-ms-region,\
                  x-ratelimit-abusepenalty-active, x-ratelimit-limit-requests,\
                  x-ratelimit-limit-tokens, x-ratelimit-remaining-requests,\
                  x-ratelimit-remaining-tokens, x-ratelimit-renewalperiod-requests,\
                  x-ratelimit-renewalperiod-tokens, x-ratelimit-reset-requests,\
                  x-ratelimit-reset-tokens, x-request-id\
                  """));
      assertThat(answer.header("x-ratelimit-abusepenalty-active")).isEqualTo("False");
      assertThat(answer.header("x-ratelimit-remaining-requests")).isEqualTo("119");
      assertThat(answer.header("x-ratelimit-remaining-tokens")).isEqualTo("119986");
      assertThat(answer.header("x-ratelimit-renewalperiod-tokens")).isEqualTo("60");
      assertThat(answer.header("x-ratelimit-reset-requests")).isEqualTo("500");
      assertThat(answer.header("x-ratelimit-reset-tokens")).isEqualTo("7");
      assertThat(answer.header("azureml-model-session")).matches("d\\d{14}-[0-9a-f]{12}");
      assertThat(skeleton(answer.body()))
          .isEqualTo(
              """
              {"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":""},\
              "protected_material_code":{"detected":false,"filtered":false},\
              "protected_material_text":{"detected":false,"filtered":false},\
              "self_harm":{"filtered":false,"severity":""},\
              "sexual":{"filtered":false,"severity":""},\
              "violence":{"filtered":false,"severity":""}},"finish_reason":"","index":0,\
              "logprobs":null,"message":{"annotations":[],"content":"","refusal":null,\
              "role":""}}],"created":0,"id":"","model":"","object":"",\
              "prompt_filter_results":[{"prompt_index":0,"content_filter_results":\
              {"hate":{"filtered":false,"severity":""},\
              "jailbreak":{"detected":false,"filtered":false},\
              "self_harm":{"filtered":false,"severity":""},\
              "sexual":{"filtered":false,"severity":""},\
              "violence":{"filtered":false,"severity":""}}}],"system_fingerprint":"",\
              "usage":{"completion_tokens":0,"completion_tokens_details":\
              {"accepted_prediction_tokens":0,"audio_tokens":0,"reasoning_tokens":0,\
              "rejected_prediction_tokens":0},"prompt_tokens":0,"prompt_tokens_details":\
              {"audio_tokens":0,"cached_tokens":0},"total_tokens":0}}
              """);
      assertThat(answer.body())
          .contains("\"model\":\"gpt-4.1-mini-2025-04-14\"")
          .contains("\"prompt_tokens\":16,");
    }
  }

  /** A request refused eight seconds before its minute ended, with 2024-02-15-preview. */
  @Test
  void a429Of2024() {
    try (EmulatorFixture emulator =
        start("2024", "eastus", "chat: {model: gpt-35-turbo, capacity: 1, rpm: unlimited}")) {
      emulator.chat("chat", "2024-02-15-preview", EmulatorFixture.body(0, ",\"max_tokens\":900"));
      emulator.clock.advance(Duration.ofSeconds(52));

      Answer answer =
          emulator.chat(
              "chat", "2024-02-15-preview", EmulatorFixture.body(0, ",\"max_tokens\":900"));

      assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 429 Too Many Requests");
      assertThat(answer.header("Retry-After")).isEqualTo("8");
      assertThat(answer.body())
          .isEqualTo(
              """
              {"error":{"code":"429","message": "Requests to the ChatCompletions_Create \
              Operation under Azure OpenAI API version 2024-02-15-preview have exceeded token \
              rate limit of your current OpenAI S0 pricing tier. Please retry after 8 seconds. \
              Please go here: https://aka.ms/oai/quotaincrease if you would like to further \
              increase the default rate limit."}}\
              """);
    }
  }

  /** A request refused 43 seconds before its minute ended, late in 2025. */
  @Test
  void a429Of2025() {
    String deployment =
        "gpt-4-turbo-2024-04-09: {model: gpt-4, version: turbo-2024-04-09, capacity: 1,"
            + " rpm: unlimited}";
    try (EmulatorFixture emulator = start("2025", "swedencentral", deployment)) {
      String name = "gpt-4-turbo-2024-04-09";
      emulator.chat(name, "2024-10-21", EmulatorFixture.body(0, ",\"max_tokens\":900"));
      emulator.clock.advance(Duration.ofSeconds(17));

      Answer answer =
          emulator.chat(name, "2024-10-21", EmulatorFixture.body(0, ",\"max_tokens\":900"));

      assertThat(answer.header("Retry-After")).isEqualTo("43");
      assertThat(answer.header("policy-id")).isEqualTo("DeploymentRatelimit-Token");
      assertThat(answer.body())
          .isEqualTo(
              """
              {"error":{"code":"RateLimitReached","message": "Your requests to \
              gpt-4-turbo-2024-04-09 for gpt-4 in Sweden Central have exceeded the token rate \
              limit for your current OpenAI S0 pricing tier. This request was for \
              ChatCompletions_Create under Azure OpenAI API version 2024-10-21. Please retry \
              after 43 seconds. To increase your default rate limit, visit: \
              https://aka.ms/oai/quotaincrease."}}\
              """);
    }
  }

  /** A request refused for its calls in December 2023: 85 bytes, no Retry-After. */
  @Test
  void a429Of2023() {
    try (EmulatorFixture emulator =
        start("2023", "westeurope", "chat: {model: gpt-35-turbo, capacity: 1}")) {
      emulator.chat("chat", "2023-07-01-preview", JOKE);
      emulator.clock.advance(Duration.ofSeconds(6));

      Answer answer = emulator.chat("chat", "2023-07-01-preview", JOKE);

      assertThat(names(answer))
          .isEqualTo(
              names(
                  """
                  x-ratelimit-reset-requests, x-ms-client-request-id, apim-request-id,\
                  Strict-Transport-Security, X-Content-Type-Options, policy-id, x-ms-region,\
                  Date, Content-Length, Content-Type\
                  """));
      assertThat(answer.header("x-ratelimit-reset-requests")).isEqualTo("4");
      assertThat(answer.header("policy-id")).isEqualTo("DeploymentRatelimit-Call");
      assertThat(answer.header("Content-Length")).isEqualTo("85");
      assertThat(answer.body())
          .isEqualTo(
              "{\"error\":{\"code\":\"429\",\"message\": \"Rate limit is exceeded. Try again in 4"
                  + " seconds.\"}}");
    }
  }

  /** openllmetry, test_embeddings of March 2026: a key that is none of the resource's. */
  @Test
  void a401OfMarch2026() {
    try (EmulatorFixture emulator = start("2026", "eastus2", "chat: {model: gpt-4o}")) {
      Answer answer =
          emulator.send(
              "POST /openai/deployments/nobody/chat/completions?api-version=2024-02-01 HTTP/1.1\n"
                  + "api-key: wrong",
              JOKE);

      assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 401 PermissionDenied");
      assertThat(names(answer))
          .isEqualTo(names("Content-Length, Content-Type, Date, apim-request-id"));
      assertThat(answer.header("Content-Length")).isEqualTo("224");
    }
  }

  /** openllmetry, test_azure/test_chat_reasoning.yaml of March 2026: no such deployment. */
  @Test
  void a404OfMarch2026() {
    try (EmulatorFixture emulator = start("2026", "eastus2", "chat: {model: gpt-4o}")) {
      Answer answer = emulator.chat("nobody", "2024-02-01", JOKE);

      assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
      assertThat(names(answer))
          .isEqualTo(
              names(
                  """
                  Date, Strict-Transport-Security, Transfer-Encoding, apim-request-id,\
                  x-content-type-options, x-ms-region\
                  """));
      assertThat(answer.body())
          .isEqualTo(
              """
              {
                "error": {
                  "type": "invalid_request_error",
                  "code": "DeploymentNotFound",
                  "message": "The API deployment for this resource does not exist. If you \
              created the deployment within the last 5 minutes, please wait a moment and try \
              again."
                }
              }\
              """);
    }
  }
}
