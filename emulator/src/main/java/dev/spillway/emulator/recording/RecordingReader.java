package dev.spillway.emulator.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.spillway.emulator.recording.RecordedAnswer.Chunk;
import dev.spillway.emulator.recording.RecordedAnswer.Header;
import dev.spillway.emulator.recording.RecordedAnswer.TimedEvent;
import dev.spillway.emulator.recording.RecordedBody.Part;
import dev.spillway.wire.ServerSentEvent;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what {@link RecordingText} wrote, and whatever a person has made of it. */
final class RecordingReader {

  private RecordingReader() {}

  /**
   * Reads a file.
   *
   * @throws dev.spillway.yaml.YamlException with file and line, when it is no recording
   */
  static Recording read(Path file) {
    YamlMap keys = LocatedYaml.readAsWritten(file);
    Recording recording =
        new Recording(
            keys.get("recorded")
                .parse("a moment such as 2026-01-31T12:00:00Z", RecordingReader::moment),
            request(keys.get("request").map()),
            answer(keys.get("answer").map()));
    keys.end();
    return recording;
  }

  private static Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static RecordedRequest request(YamlMap keys) {
    TreeMap<String, String> query = new TreeMap<>();
    keys.find("query")
        .ifPresent(
            all -> all.map().entries().forEach((name, value) -> query.put(name, value.text())));
    RecordedRequest request =
        new RecordedRequest(
            keys.get("method").text(),
            keys.get("path").parse("a path that begins with '/'", RecordingReader::path),
            keys.find("api-version").map(YamlValue::text).orElse(null),
            query,
            keys.find("form").map(RecordingReader::form).orElseGet(() -> body(keys)));
    keys.end();
    return request;
  }

  private static String path(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static RecordedAnswer answer(YamlMap keys) {
    List<Header> headers = new ArrayList<>();
    keys.find("headers")
        .ifPresent(all ->
            all.map()
                .entries()
                .forEach((name, value) -> headers.add(new Header(name, value.text()))));
    RecordedAnswer answer =
        new RecordedAnswer(
            keys.get("status").integer(200, 599),
            after(keys),
            headers,
            payload(keys),
            keys.find("cut").map(YamlValue::flag).orElse(false));
    keys.end();
    return answer;
  }

  private static RecordedAnswer.Payload payload(YamlMap keys) {
    Optional<YamlValue> events = keys.find("events");
    Optional<YamlValue> chunks = keys.find("chunks");
    if (events.isPresent()) {
      return new RecordedAnswer.Events(
          events.get().list().stream().map(YamlValue::map).map(RecordingReader::event).toList(),
          keys.find("rest").map(YamlValue::text).orElse(""));
    }
    return chunks.isPresent()
        ? new RecordedAnswer.Chunks(
            chunks.get().list().stream().map(YamlValue::map).map(RecordingReader::chunk).toList())
        : new RecordedAnswer.Whole(body(keys));
  }

  private static TimedEvent event(YamlMap keys) {
    TimedEvent event =
        new TimedEvent(
            after(keys),
            new ServerSentEvent(
                keys.find("event").map(YamlValue::text).orElse(null), keys.get("data").text()));
    keys.end();
    return event;
  }

  private static Chunk chunk(YamlMap keys) {
    Chunk chunk = new Chunk(after(keys), body(keys).bytes());
    keys.end();
    return chunk;
  }

  private static Duration after(YamlMap keys) {
    return keys.find("after").map(YamlValue::duration).orElse(Duration.ZERO);
  }

  private static RecordedBody body(YamlMap keys) {
    Optional<YamlValue> json = keys.find("body");
    Optional<YamlValue> text = keys.find("text");
    Optional<YamlValue> base64 = keys.find("base64");
    if (json.isPresent()) {
      return new RecordedBody.Json(RecordedBody.JSON.valueToTree(json.get().plain()));
    }
    return text.<RecordedBody>map(value -> new RecordedBody.Text(value.text()))
        .or(() -> base64.map(RecordingReader::binary))
        .orElseGet(RecordedBody.Empty::new);
  }

  private static RecordedBody binary(YamlValue value) {
    return new RecordedBody.Binary(
        value.parse(
            "Base64",
            text -> Base64.getDecoder().decode(text.replace("\n", "").getBytes(ISO_8859_1))));
  }

  private static RecordedBody form(YamlValue value) {
    return new RecordedBody.Form(
        value.list().stream().map(YamlValue::map).map(RecordingReader::part).toList());
  }

  private static Part part(YamlMap keys) {
    Part part =
        new Part(
            keys.get("name").text(),
            keys.find("file").map(YamlValue::text).orElse(null),
            keys.find("text").map(YamlValue::text).orElse(null),
            keys.find("sha256").map(YamlValue::text).orElse(null));
    keys.end();
    return part;
  }
}
