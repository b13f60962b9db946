package dev.spillway.emulator.recording;

import dev.spillway.emulator.recording.RecordedAnswer.Header;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Exchanges as they come out of a tape. */
final class Exchanges {

  static final String PATH = "/openai/deployments/micro/chat/completions";
  static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private Exchanges() {}

  static RecordedRequest asking(String body) {
    return new RecordedRequest(
        "POST", PATH, "2024-10-21", RecordedBody.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  static RecordedRequest question(String text) {
    return asking("{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}");
  }

  static RecordedAnswer answer(String body) {
    return tape("application/json", body).ended(false);
  }

  /** A tape that has heard this 5 ms after the request. */
  static Tape tape(String contentType, String body) {
    Tape tape = new Tape(0, 200, List.of(new Header("Content-Type", contentType)), 5_000_000);
    hear(tape, body, 5);
    return tape;
  }

  static void hear(Tape tape, String text, long millis) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    tape.heard(bytes, bytes.length, millis * 1_000_000);
  }

  static Recording of(RecordedRequest request, String answer) {
    return new Recording(AT, request, answer(answer));
  }

  /** What a recorded answer sends behind its head. */
  static String sent(RecordedAnswer answer) {
    StringBuilder all = new StringBuilder();
    answer.pieces().forEach(one -> all.append(new String(one.bytes(), StandardCharsets.UTF_8)));
    return all.toString();
  }
}
