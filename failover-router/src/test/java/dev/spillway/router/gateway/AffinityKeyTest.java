package dev.spillway.router.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.backend.Affinity;
import dev.spillway.router.body.ReplayableBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AffinityKeyTest {

  private static final int MIB = 1024 * 1024;
  private static final String PROMPT = "\"messages\":[" + "all the same ".repeat(400);

  /** A body is looked through piece by piece, and a prompt may begin in one and end in another. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4_000, 8_180, 8_182, 8_183, 8_190, 8_192, 8_200, 100_000, MIB - 8_000})
  void theSamePromptHasTheSameKeyWhereverItBegins(int before) throws IOException {
    assertThat(key(" ".repeat(before) + PROMPT)).isNotNull().isEqualTo(key(PROMPT));
  }

  @ParameterizedTest
  @CsvSource({"messages", "input", "prompt"})
  void onlyTheFirstFourThousandBytesOfAPromptCount(String member) throws IOException {
    String begins = "\"" + member + "\":" + "x".repeat(4_096);

    assertThat(key(begins + "one")).isNotNull().isEqualTo(key(begins + "two"));
    assertThat(key(begins.replace(":x", ":y"))).isNotNull().isNotEqualTo(key(begins));
  }

  @Test
  void aShortPromptMayGoAnywhere() throws IOException {
    String shortest = "\"input\"" + "x".repeat(4_096 - 7);

    assertThat(key(shortest)).isNotNull();
    assertThat(key(shortest.substring(1))).isNull();
    assertThat(key("\"input\"" + "x".repeat(4_096 - 8))).isNull();
    assertThat(key("")).isNull();
    assertThat(key("x".repeat(20_000))).isNull();
  }

  @Test
  void nobodyLooksForAPromptBeyondTheFirstMebibyte() throws IOException {
    assertThat(key(" ".repeat(MIB - 4_096) + PROMPT)).isNotNull();
    assertThat(key(" ".repeat(MIB - 4_095) + PROMPT)).isNull();
  }

  @Test
  void aHeaderIsTakenAsItIs() throws IOException {
    ReplayableBody body = ReplayableBody.of(new byte[0]);

    assertThat(AffinityKey.of(new Affinity.ByHeader("x-s"), Map.of("x-s", "7")::get, body))
        .isEqualTo("7");
    assertThat(AffinityKey.of(Affinity.NONE, name -> "7", body)).isNull();
  }

  private static @Nullable String key(String body) throws IOException {
    return AffinityKey.of(
        new Affinity.ByPromptPrefix(),
        name -> null,
        ReplayableBody.of(body.getBytes(StandardCharsets.US_ASCII)));
  }
}
