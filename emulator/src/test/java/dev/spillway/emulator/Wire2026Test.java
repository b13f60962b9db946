package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.RawHttp.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came in the course of 2026: more members for newer models, other headers on v1. */
class Wire2026Test {

  private static final String VERSION = "2025-04-01-preview";
  private static final String V1 = "/openai/v1/chat/completions";
  private static final String STREAM =
      ",\"max_completion_tokens\":16,\"stream\":true,\"stream_options\":{\"include_usage\":true}";

  private final Goldens goldens = new Goldens("2026");

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start(
          "2026",
          model("five4", "gpt-5.4"),
          model("sol", "gpt-5.6-sol"),
          model("luna", "gpt-6-luna"),
          DeploymentSpec.provisioned("ptu", "gpt-5.4", 100));

  private static DeploymentSpec model(String name, String model) {
    return DeploymentSpec.standard(name, model, Limit.of(700));
  }

  private Answer chat(String deployment, String more) {
    return emulator.chat(deployment, VERSION, EmulatorFixture.body(34, more));
  }

  private Answer v1(String deployment, String more) {
    return emulator.post(V1, EmulatorFixture.body(34, ",\"model\":\"" + deployment + "\"" + more));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @Test
  void aWholeAnswerOfANewerModel() {
    goldens.check("200-autumn", chat("sol", ",\"max_completion_tokens\":16"));
  }

  @Test
  void aStreamOfANewerModel() {
    goldens.check("200-autumn-stream", chat("sol", STREAM));
  }

  @Test
  void aWholeAnswerOnV1() {
    goldens.check("200-v1", v1("five4", ",\"max_completion_tokens\":16"));
  }

  @ParameterizedTest
  @CsvSource({
    // deployment, whether it tells latencies, and cache writes
    "mini, false, false",
    "five4, true, false",
    "sol, true, true",
    "luna, true, true",
  })
  void newerModelsTellMore(String deployment, boolean latency, boolean cacheWrites) {
    JsonNode answer = json(chat(deployment, "").body());

    assertThat(answer.has("routing")).isEqualTo(latency);
    assertThat(answer.has("service_tier")).isEqualTo(latency);
    assertThat(answer.path("usage").has("latency_checkpoint")).isEqualTo(latency);
    assertThat(answer.at("/usage/prompt_tokens_details").has("cache_write_tokens"))
        .isEqualTo(cacheWrites);
    assertThat(answer.path("system_fingerprint").isNull()).isEqualTo(latency);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023", "2024", "2025"})
  void noModelToldItBefore(String wire) {
    try (EmulatorFixture older = EmulatorFixture.start(wire, model("sol", "gpt-5.6-sol"))) {
      assertThat(older.chat("sol", VERSION, EmulatorFixture.body(34, STREAM)).body())
          .doesNotContain("latency", "routing", "service_tier", "cache_write");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 100, 400})
  void theLatenciesAgreeWithEachOther(int tokens) {
    JsonNode usage =
        json(chat("five4", ",\"max_completion_tokens\":" + tokens).body()).path("usage");
    JsonNode latency = usage.path("latency_checkpoint");
    int later = usage.path("completion_tokens").intValue() - 1;

    assertThat(ms(latency, "engine_ttlt"))
        .isEqualTo(ms(latency, "engine_ttft") + later * ms(latency, "engine_tbt"));
    assertThat(ms(latency, "service_ttlt"))
        .isEqualTo(ms(latency, "service_ttft") + later * ms(latency, "service_tbt"));
    assertThat(ms(latency, "user_visible_ttft"))
        .isEqualTo(ms(latency, "service_ttft") - ms(latency, "pre_inference"));
    assertThat(ms(latency, "service_tbt")).isGreaterThanOrEqualTo(ms(latency, "engine_tbt"));
    assertThat(ms(latency, "service_ttft")).isGreaterThan(ms(latency, "engine_ttft"));
  }

  private static int ms(JsonNode latency, String name) {
    return latency.path(name + "_ms").intValue();
  }

  @Test
  void aStreamTellsTheSameBesideItsUsage() {
    String last = chat("five4", STREAM).events().reversed().get(1);

    assertThat(json(last).has("latency_checkpoint")).isTrue();
    assertThat(json(last).path("usage").has("latency_checkpoint")).isFalse();
    assertThat(json(last).path("obfuscation").stringValue()).isEmpty();
  }

  @Test
  void cacheWritesAreWhatTheNextCallFindsCached() {
    String prompt = EmulatorFixture.words(1_300, "");
    JsonNode first = json(emulator.chat("luna", VERSION, prompt).body()).path("usage");
    JsonNode second = json(emulator.chat("luna", VERSION, prompt).body()).path("usage");

    assertThat(first.at("/prompt_tokens_details/cache_write_tokens").intValue()).isEqualTo(1_280);
    assertThat(first.at("/prompt_tokens_details/cached_tokens").intValue()).isZero();
    assertThat(second.at("/prompt_tokens_details/cache_write_tokens").intValue()).isZero();
    assertThat(second.at("/prompt_tokens_details/cached_tokens").intValue()).isEqualTo(1_280);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-ms-deployment-name",
        "x-ms-rai-invoked",
        "azureml-model-session",
        "x-accel-buffering"
      })
  void v1HasNotTheHeadersOfTheOtherRoute(String header) {
    assertThat(chat("five4", "").header(header)).isNotEmpty();
    assertThat(v1("five4", "").header(header)).isEmpty();
  }

  @Test
  void v1SaysWhetherItStreams() {
    assertThat(v1("five4", "").header("azureai-fe-is-streaming")).isEqualTo("False");
    assertThat(v1("five4", STREAM).header("azureai-fe-is-streaming")).isEqualTo("True");
  }

  @Test
  void aProvisionedDeploymentIsNoPaygoOffer() {
    Answer answer = v1("ptu", "");

    assertThat(answer.header("x-ms-served-model")).isEqualTo("gpt-5.4-2026-03-05");
    assertThat(answer.header("azureai-fe-offer-type")).isEmpty();
    assertThat(answer.headers()).noneMatch(line -> line.startsWith("x-ratelimit-"));
  }

  @Test
  void anErrorOfTheEngineOnV1HasThem() {
    Answer answer = v1("five4", ",\"max_tokens\":1");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.header("server")).isEqualTo("istio-envoy");
    assertThat(answer.header("x-ms-served-model")).isEqualTo("gpt-5.4-2026-03-05");
  }
}
