package dev.spillway.emulator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, reading it ends in a request or in a refusal. */
class HostileJsonTest {

  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\"messages\"",
          "\"role\"",
          "\"content\"",
          "\"user\"",
          "\"n\"",
          "\"stream\"",
          "\"stream_options\"",
          "\"text\"",
          "\"\\ud800\"",
          "null",
          "true",
          "1e999999",
          "-0",
          "9".repeat(400),
          " ",
          "\\",
          "\u0000",
          "\uffff");

  private static final String USUAL =
      """
      {"messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}],\
      "n":1,"max_tokens":5,"stream":false,"stream_options":{"include_usage":true}}\
      """;

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"messages\":[", "{\"messages\":[{\"content\":"})
  void anyDepthIsRefused(String opening) {
    byte[] deep = opening.repeat(200_000).getBytes(StandardCharsets.UTF_8);

    assertThat(ChatRequestReader.read(new RequestBody(deep, null), Roles.SINCE_2025))
        .isInstanceOf(ParsedBody.Refused.class);
  }

  @Test
  void anyBytesEndInARequestOrARefusal() {
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] body = new byte[random.nextInt(60)];
      random.nextBytes(body);
      neverThrows(seed, body);
    }
  }

  @Test
  void anyWordsEndInARequestOrARefusal() {
    for (long seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder body = new StringBuilder("{\"messages\":");
      for (int i = random.nextInt(30); i > 0; i--) {
        body.append(WORDS.get(random.nextInt(WORDS.size())));
      }
      neverThrows(seed, body.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aUsualBodyWithAnyPartReplacedEndsInARequestOrARefusal() {
    for (long seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int from = random.nextInt(USUAL.length());
      int to = Math.min(USUAL.length(), from + random.nextInt(12));
      String word = WORDS.get(random.nextInt(WORDS.size()));
      String body = USUAL.substring(0, from) + word + USUAL.substring(to);
      neverThrows(seed, body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void neverThrows(long seed, byte[] body) {
    assertThatCode(() ->
            assertThat(ChatRequestReader.read(new RequestBody(body, null), Roles.SINCE_2025))
                .isNotNull())
        .as("seed %d: %s", seed, new String(body, StandardCharsets.UTF_8))
        .doesNotThrowAnyException();
  }
}
