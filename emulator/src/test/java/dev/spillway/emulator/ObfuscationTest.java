package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.RawHttp.Answer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The padding of stream chunks since the end of 2025, by the lengths that were counted. */
class ObfuscationTest {

  private static final JsonMapper JSON = new JsonMapper();

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.start("2026");

  private List<JsonNode> chunks(String options) {
    String more = ",\"max_tokens\":40,\"stream\":true,\"stream_options\":{" + options + "}";
    Answer stream = emulator.chat("mini", "2024-10-21", EmulatorFixture.body(34, more));
    return stream.events().stream()
        .filter(event -> !event.equals("[DONE]"))
        .skip(1)
        .map(JSON::readTree)
        .toList();
  }

  private static int padding(JsonNode chunk) {
    String text = chunk.path("obfuscation").asString();
    assertThat(text).matches("[A-Za-z0-9]*");
    return text.length();
  }

  @ParameterizedTest
  @CsvSource({"false, 16, 14, 10", "true, 8, 6, 2"})
  void padsEveryChunkToAMultipleOf16(boolean usage, int content, int role, int last) {
    List<JsonNode> chunks = chunks("\"include_usage\":" + usage);
    int end = chunks.size() - (usage ? 2 : 1);

    assertThat(padding(chunks.getFirst())).isEqualTo(role);
    assertThat(padding(chunks.get(end))).isEqualTo(last);
    assertThat(chunks.subList(1, end))
        .isNotEmpty()
        .allSatisfy(chunk -> {
          String text = chunk.at("/choices/0/delta/content").asString();
          assertThat(padding(chunk)).isEqualTo(Math.floorMod(content - text.length(), 16));
        });
  }

  @Test
  void theChunkWithTheUsageIsPaddedBySeven() {
    JsonNode usage = chunks("\"include_usage\":true").getLast();

    assertThat(usage.path("choices").isEmpty()).isTrue();
    assertThat(padding(usage)).isEqualTo(7);
  }

  @Test
  void aCallerCanDoWithout() {
    assertThat(chunks("\"include_obfuscation\":false"))
        .allSatisfy(chunk -> assertThat(chunk.has("obfuscation")).isFalse());
  }
}
