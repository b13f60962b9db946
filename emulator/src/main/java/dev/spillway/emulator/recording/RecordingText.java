package dev.spillway.emulator.recording;

import dev.spillway.emulator.recording.RecordedAnswer.Chunk;
import dev.spillway.emulator.recording.RecordedAnswer.Header;
import dev.spillway.emulator.recording.RecordedAnswer.TimedEvent;
import dev.spillway.emulator.recording.RecordedBody.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a recording as YAML that reads well in a diff; {@link RecordingReader} reads it. */
final class RecordingText {

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setNonPrintableStyle(NonPrintableStyle.ESCAPE)
          .setDereferenceAliases(true)
          .setIndicatorIndent(2)
          .setIndentWithIndicator(true)
          .setSplitLines(false)
          .setWidth(Integer.MAX_VALUE)
          .build();

  private RecordingText() {}

  static String of(Recording recording) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("recorded", recording.recorded().toString());
    all.put("request", request(recording.request()));
    all.put("answer", answer(recording.answer()));
    return new Dump(SETTINGS).dumpToString(all);
  }

  private static Map<String, Object> request(RecordedRequest request) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("method", request.method());
    keys.put("path", request.path());
    putIfThere(keys, "api-version", request.apiVersion());
    if (!request.query().isEmpty()) {
      keys.put("query", request.query());
    }
    body(keys, request.body(), true);
    return keys;
  }

  private static Map<String, Object> answer(RecordedAnswer answer) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("status", answer.status());
    keys.put("after", millis(answer.after()));
    Map<String, Object> headers = new LinkedHashMap<>();
    for (Header header : answer.headers()) {
      headers.put(header.name(), header.value());
    }
    keys.put("headers", headers);
    switch (answer.payload()) {
      case RecordedAnswer.Whole whole -> body(keys, whole.body(), false);
      case RecordedAnswer.Events events -> {
        keys.put("events", events.events().stream().map(RecordingText::event).toList());
        if (!events.rest().isEmpty()) {
          keys.put("rest", events.rest());
        }
      }
      case RecordedAnswer.Chunks chunks ->
          keys.put("chunks", chunks.chunks().stream().map(RecordingText::chunk).toList());
    }
    if (answer.cut()) {
      keys.put("cut", true);
    }
    return keys;
  }

  private static Map<String, Object> event(TimedEvent timed) {
    Map<String, Object> keys = new LinkedHashMap<>();
    putAfter(keys, timed.after());
    putIfThere(keys, "event", timed.event().event());
    keys.put("data", timed.event().data());
    return keys;
  }

  private static Map<String, Object> chunk(Chunk chunk) {
    Map<String, Object> keys = new LinkedHashMap<>();
    putAfter(keys, chunk.after());
    RecordedBody.utf8(chunk.bytes())
        .ifPresentOrElse(
            text -> keys.put("text", text), () -> keys.put("base64", base64(chunk.bytes())));
    return keys;
  }

  /** What came together with what was before it needs no word about that. */
  private static void putAfter(Map<String, Object> keys, Duration after) {
    if (!after.isZero()) {
      keys.put("after", millis(after));
    }
  }

  private static void putIfThere(Map<String, Object> keys, String key, @Nullable Object value) {
    if (value != null) {
      keys.put(key, value);
    }
  }

  private static void body(Map<String, Object> keys, RecordedBody body, boolean sorted) {
    switch (body) {
      case RecordedBody.Empty empty -> {}
      case RecordedBody.Json json -> putIfThere(keys, "body", plain(json.value(), sorted));
      case RecordedBody.Text text -> keys.put("text", text.text());
      case RecordedBody.Binary binary -> keys.put("base64", base64(binary.bytes()));
      case RecordedBody.Form form ->
          keys.put("form", form.parts().stream().map(RecordingText::part).toList());
    }
  }

  private static Map<String, Object> part(Part part) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("name", part.name());
    putIfThere(keys, "file", part.file());
    putIfThere(keys, "sha256", part.sha256());
    putIfThere(keys, "text", part.text());
    return keys;
  }

  /**
   * JSON as YAML has it.
   *
   * @param sorted whether its members come by name, so that two clients which write the same in
   *     another order make the same file
   */
  private static @Nullable Object plain(JsonNode node, boolean sorted) {
    return switch (node) {
      case ObjectNode object -> {
        Map<String, @Nullable Object> plain = sorted ? new TreeMap<>() : new LinkedHashMap<>();
        object
            .properties()
            .forEach(member -> plain.put(member.getKey(), plain(member.getValue(), sorted)));
        yield plain;
      }
      case ArrayNode array -> {
        List<@Nullable Object> plain = new ArrayList<>();
        array.forEach(element -> plain.add(plain(element, sorted)));
        yield plain;
      }
      case JsonNode value when value.isString() -> value.stringValue();
      case JsonNode value when value.isBoolean() -> value.booleanValue();
      case JsonNode value when value.isIntegralNumber() -> value.bigIntegerValue();
      case JsonNode value when value.isNumber() -> value.decimalValue();
      default -> null;
    };
  }

  private static String base64(byte[] bytes) {
    return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
