package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.inference.MediaTokens;
import dev.spillway.emulator.inference.TranscriptAnswer;
import dev.spillway.emulator.inference.Usage;
import dev.spillway.emulator.media.Subtitles;
import dev.spillway.emulator.media.Timing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Writes what was heard, in the form that was asked for. */
final class TranscriptJson {

  private static final String TEXT = "text/plain;charset=utf-8";

  /** A vocabulary's numbers end about there. */
  private static final int VOCABULARY = 50_000;

  private final TranscriptAnswer answer;

  TranscriptJson(TranscriptAnswer answer) {
    this.answer = answer;
  }

  String contentType() {
    return answer.request().format().endsWith("json") ? Reply.JSON : TEXT;
  }

  byte[] whole() {
    return switch (answer.request().format()) {
      case "verbose_json" -> verbose();
      case "text" -> utf8(answer.text() + "\n");
      case "srt" -> utf8(Subtitles.srt(answer.segments()));
      case "vtt" -> utf8(Subtitles.vtt(answer.segments()));
      default -> json();
    };
  }

  /** Word by word, then all of it. */
  List<byte[]> events() {
    List<byte[]> events = new ArrayList<>();
    for (String word : words()) {
      events.add(
          ChatJson.event(json -> {
            json.writeStringProperty("type", "transcript.text.delta");
            json.writeStringProperty("delta", word);
            logprobs(json, List.of(word));
          }));
    }
    events.add(
        ChatJson.event(json -> {
          json.writeStringProperty("type", "transcript.text.done");
          json.writeStringProperty("text", answer.text());
          logprobs(json, words());
          usage(json);
        }));
    return events;
  }

  private byte[] json() {
    return ChatJson.object(json -> {
      json.writeStringProperty("text", answer.text());
      logprobs(json, words());
      usage(json);
    });
  }

  private byte[] verbose() {
    List<String> granularities = answer.request().granularities();
    return ChatJson.object(json -> {
      json.writeStringProperty("task", answer.request().translated() ? "translate" : "transcribe");
      json.writeStringProperty("language", language());
      json.writeNumberProperty("duration", hundredths(answer.seconds()));
      json.writeStringProperty("text", answer.text());
      if (granularities.isEmpty() || granularities.contains("segment")) {
        segments(json);
      }
      if (granularities.contains("word")) {
        timedWords(json);
      }
    });
  }

  private String language() {
    String code = answer.request().translated() ? "en" : answer.request().language().orElse("en");
    return Locale.of(code).getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT);
  }

  private void segments(JsonGenerator json) {
    json.writeArrayPropertyStart("segments");
    List<Timing.Span> segments = answer.segments();
    for (int i = 0; i < segments.size(); i++) {
      segment(json, i, segments.get(i));
    }
    json.writeEndArray();
  }

  private void segment(JsonGenerator json, int number, Timing.Span segment) {
    json.writeStartObject();
    json.writeNumberProperty("id", number);
    json.writeNumberProperty("seek", Math.round(segment.start() * 100));
    json.writeNumberProperty("start", segment.start());
    json.writeNumberProperty("end", segment.end());
    json.writeStringProperty("text", " " + segment.text());
    json.writeArrayPropertyStart("tokens");
    for (String word : segment.text().split(" ", -1)) {
      json.writeNumber(Math.floorMod(word.hashCode(), VOCABULARY));
    }
    json.writeEndArray();
    json.writeNumberProperty("temperature", answer.request().temperature());
    json.writeNumberProperty("avg_logprob", hundredths(logprob(segment.text())));
    json.writeNumberProperty("compression_ratio", 1.25);
    json.writeNumberProperty("no_speech_prob", 0.01);
    json.writeEndObject();
  }

  private void timedWords(JsonGenerator json) {
    json.writeArrayPropertyStart("words");
    for (Timing.Span segment : answer.segments()) {
      for (Timing.Span word : Timing.words(segment)) {
        json.writeStartObject();
        json.writeStringProperty("word", word.text());
        json.writeNumberProperty("start", word.start());
        json.writeNumberProperty("end", word.end());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  /** Its words, each but the first with the blank before it. */
  private List<String> words() {
    return List.of(answer.text().split("(?<=\\S)(?=\\s)", -1));
  }

  private void logprobs(JsonGenerator json, List<String> words) {
    if (!answer.request().logprobs()) {
      return;
    }
    json.writeArrayPropertyStart("logprobs");
    for (String word : words) {
      json.writeStartObject();
      json.writeStringProperty("token", word);
      json.writeNumberProperty("logprob", logprob(word));
      json.writeArrayPropertyStart("bytes");
      for (byte value : utf8(word)) {
        json.writeNumber(value & 0xff);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Small, and the same for the same word. */
  private static double logprob(String word) {
    return -Math.floorMod(word.hashCode(), 500) / 1_000.0;
  }

  private void usage(JsonGenerator json) {
    if (!answer.deployment().model().family().countsTokens()) {
      return;
    }
    Usage usage = answer.usage();
    int heard = MediaTokens.heard(answer.seconds());
    json.writeObjectPropertyStart("usage");
    json.writeStringProperty("type", "tokens");
    json.writeNumberProperty("total_tokens", usage.totalTokens());
    json.writeNumberProperty("input_tokens", usage.promptTokens());
    json.writeObjectPropertyStart("input_token_details");
    json.writeNumberProperty("text_tokens", usage.promptTokens() - heard);
    json.writeNumberProperty("audio_tokens", heard);
    json.writeEndObject();
    json.writeNumberProperty("output_tokens", usage.completionTokens());
    json.writeEndObject();
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
