package dev.spillway.router.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.wire.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamEndTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CHAT_COMPLETIONS; data: {}|| ; false",
        "CHAT_COMPLETIONS; data: {} ; false",
        "CHAT_COMPLETIONS; '' ; false",
        "CHAT_COMPLETIONS; data: {}||data: [DONE]|| ; true",
        "CHAT_COMPLETIONS; data: {}||data: [DONE] ; true",
        "CHAT_COMPLETIONS; data: [DONE]||data: {}|| ; false",
        "COMPLETIONS; data: [DONE]|| ; true",
        "RESPONSES; event: response.created|data: {}|| ; false",
        "RESPONSES; event: response.completed|data: {}|| ; true",
        "RESPONSES; data: {\"type\":\"response.incomplete\",\"response\":{}}|| ; true",
        "RESPONSES; event: response.failed|data: {}|| ; true",
        "RESPONSES; event: response.completed|data: {}||event: response.created|data: {}|| ; false",
        "IMAGE_GENERATIONS; event: image_generation.partial_image|data: {}|| ; false",
        "IMAGE_GENERATIONS; event: image_generation.completed|data: {}|| ; true",
        "EMBEDDINGS; data: x|| ; true",
      })
  void everyOperationHasItsOwnEnd(Operation operation, String stream, boolean complete) {
    StreamEnd end = StreamEnd.of(Optional.of(operation));
    feed(end, stream.replace('|', '\n'));
    assertThat(end.isComplete()).isEqualTo(complete);
  }

  @Test
  void itDoesNotMatterHowTheBytesAreCut() {
    byte[] stream =
        ("event: response.created\r\ndata: {}\r\n\r\n".repeat(3)
                + "event: response.completed\ndata: {\"long\":\""
                + "x".repeat(500)
                + "\"}\n\n")
            .getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 200; round++) {
      StreamEnd end = StreamEnd.of(Optional.of(Operation.RESPONSES));
      int at = 0;
      while (at < stream.length) {
        int length = Math.min(stream.length - at, random.nextInt(1, 60));
        byte[] piece = java.util.Arrays.copyOfRange(stream, at, at + length);
        end.feed(piece, length);
        at += length;
      }
      assertThat(end.isComplete()).isTrue();
      assertThat(end.isBetweenEvents()).isTrue();
    }
  }

  @Test
  void insideAnEventItIsNotBetweenEvents() {
    StreamEnd end = StreamEnd.of(Optional.empty());
    assertThat(end.isBetweenEvents()).isTrue();
    feed(end, "data: {\"cho");
    assertThat(end.isBetweenEvents()).isFalse();
    feed(end, "ices\":1}\n");
    assertThat(end.isBetweenEvents()).isFalse();
    feed(end, "\n");
    assertThat(end.isBetweenEvents()).isTrue();
  }

  private static void feed(StreamEnd end, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    end.feed(bytes, bytes.length);
  }
}
