package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One seed and the same requests give the same bytes, whatever is asked. */
class SameSeedTest {

  private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

  private static final List<List<String>> REQUESTS =
      List.of(
          dated("chat", "chat/completions", "{" + HELLO + ",\"n\":2}"),
          dated("chat", "chat/completions", "{" + HELLO + ",\"n\":2}"),
          dated("chat", "chat/completions", "{" + HELLO + ",\"stream\":true,\"logprobs\":true}"),
          dated(
              "chat",
              "chat/completions",
              "{"
                  + HELLO
                  + ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
                  + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}}]}"),
          dated("think", "chat/completions", "{" + HELLO + ",\"max_completion_tokens\":900}"),
          dated("ada", "embeddings", "{\"input\":[\"a\",\"b\"]}"),
          dated("instruct", "completions", "{\"prompt\":\"Once\",\"stream\":true}"),
          dated("draw", "images/generations", "{\"prompt\":\"A cat\"}"),
          dated("say", "audio/speech", "{\"input\":\"Hello\",\"voice\":\"nova\"}"),
          List.of(
              "/openai/v1/responses", "{\"model\":\"think\",\"input\":\"Hello\",\"stream\":true}"),
          List.of("/openai/v1/responses", "{\"model\":\"chat\",\"input\":\"Hello\"}"),
          dated("micro", "chat/completions", EmulatorFixture.body(8_000, "")),
          dated("micro", "chat/completions", EmulatorFixture.body(8_000, "")),
          dated("nobody", "chat/completions", "{" + HELLO + "}"),
          dated("chat", "chat/completions", "{"));

  @ParameterizedTest
  @ValueSource(strings = {"2023", "2024", "2025", "2026"})
  void twoRunsAreByteForByteTheSame(String wire) {
    List<RawHttp.Answer> first = run(wire, 42);

    assertThat(run(wire, 42)).isEqualTo(first);
    assertThat(run(wire, 43)).isNotEqualTo(first);
  }

  private static List<RawHttp.Answer> run(String wire, long seed) {
    List<RawHttp.Answer> answers = new ArrayList<>();
    try (EmulatorFixture emulator = EmulatorFixture.ofYaml(yaml(wire, seed))) {
      REQUESTS.forEach(request -> answers.add(emulator.post(request.get(0), request.get(1))));
    }
    return answers;
  }

  private static String yaml(String wire, long seed) {
    return """
    listen: 127.0.0.1:0
    wire: "%s"
    seed: %d
    resources:
      r:
        keys: [emulator-key-1]
        deployments:
          chat: {model: gpt-4.1-mini, capacity: 1000}
          think: {model: gpt-5-mini, capacity: 1000}
          ada: {model: text-embedding-3-small, capacity: 1000}
          instruct: {model: gpt-35-turbo-instruct, capacity: 1000}
          draw: {model: gpt-image-1, capacity: 100}
          say: {model: tts, capacity: 100}
          micro: {model: gpt-35-turbo, capacity: 1}
    """
        .formatted(wire, seed);
  }

  private static List<String> dated(String deployment, String operation, String body) {
    return List.of(
        "/openai/deployments/" + deployment + "/" + operation + "?api-version=2025-04-01-preview",
        body);
  }
}
