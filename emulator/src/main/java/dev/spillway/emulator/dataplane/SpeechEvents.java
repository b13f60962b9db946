package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.SpeechAnswer;
import dev.spillway.emulator.inference.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Speech as events: a file in pieces of {@value #PIECE} bytes, and what it took. */
final class SpeechEvents {

  private static final int PIECE = 12_288;

  private SpeechEvents() {}

  static List<byte[]> of(SpeechAnswer answer) {
    List<byte[]> events = new ArrayList<>();
    byte[] file = answer.file();
    for (int at = 0; at < file.length; at += PIECE) {
      byte[] piece = Arrays.copyOfRange(file, at, Math.min(at + PIECE, file.length));
      events.add(
          ChatJson.event(json -> {
            json.writeStringProperty("type", "speech.audio.delta");
            json.writeStringProperty("audio", Base64.getEncoder().encodeToString(piece));
          }));
    }
    events.add(done(answer.usage()));
    return events;
  }

  private static byte[] done(Usage usage) {
    return ChatJson.event(json -> {
      json.writeStringProperty("type", "speech.audio.done");
      json.writeObjectPropertyStart("usage");
      json.writeNumberProperty("input_tokens", usage.promptTokens());
      json.writeNumberProperty("output_tokens", usage.completionTokens());
      json.writeNumberProperty("total_tokens", usage.totalTokens());
      json.writeEndObject();
    });
  }
}
