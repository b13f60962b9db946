package dev.spillway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSentEventTest {

  private static final String STREAM =
      "\uFEFF: a comment\n\ndata: {\"a\":\"é🙂\"}\n\nevent: error\r\ndata: one\r\ndata:two\r\n\r\n"
          + "id: 7\ndata: [DONE]\n\ndata: cut off";
  private static final List<ServerSentEvent> EVENTS =
      List.of(
          new ServerSentEvent(null, "{\"a\":\"é🙂\"}"),
          new ServerSentEvent("error", "one\ntwo"),
          ServerSentEvent.DONE);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theSameBytesGiveTheSameEventsHoweverTheyAreCut(long seed) {
    Random random = new Random(seed);
    byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
    ServerSentEventReader reader = new ServerSentEventReader();
    List<ServerSentEvent> events = new ArrayList<>();

    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(6));
      events.addAll(reader.feed(bytes, at, length));
      at += length;
    }

    assertThat(events).as("seed %d", seed).isEqualTo(EVENTS);
    assertThat(reader.isInsideEvent()).isTrue();
  }

  @Test
  void isWrittenAsTheServiceWritesIt() {
    assertThat(text(new ServerSentEvent(null, "{}"))).isEqualTo("data: {}\n\n");
    assertThat(text(new ServerSentEvent("error", "a\nb")))
        .isEqualTo("event: error\ndata: a\ndata: b\n\n");
    assertThat(text(ServerSentEvent.DONE)).isEqualTo("data: [DONE]\n\n");
  }

  @Test
  void readsBackWhatItWrote() {
    for (ServerSentEvent event : EVENTS) {
      assertThat(new ServerSentEventReader().feed(event.toBytes())).containsExactly(event);
    }
  }

  private static String text(ServerSentEvent event) {
    return new String(event.toBytes(), StandardCharsets.UTF_8);
  }
}
