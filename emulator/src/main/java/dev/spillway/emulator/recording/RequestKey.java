package dev.spillway.emulator.recording;

import dev.spillway.emulator.recording.RecordedBody.Part;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request is known by: everything in it that counts, each under its place, {@code
 * body.messages[0].content}.
 *
 * <p>Members that are null or turn nothing on, and the order of members, do not count. Whether the
 * answer is to be streamed stands apart, because a request is not answered from a recording of the
 * other kind, but is told so.
 */
record RequestKey(SortedMap<String, String> parts, boolean stream) {

  static RequestKey of(RecordedRequest request, Matching matching) {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put("method", request.method());
    parts.put("operation", request.operation());
    if (!matching.ignoresDeployment()) {
      request.deployment().ifPresent(name -> parts.put("deployment", name));
      String version = request.apiVersion();
      if (version != null) {
        parts.put("api-version", version);
      }
    }
    request.query().forEach((name, value) -> parts.put("query." + name, value));
    body(parts, request.body(), matching);
    return new RequestKey(parts, request.stream());
  }

  private static void body(SortedMap<String, String> parts, RecordedBody body, Matching matching) {
    switch (body) {
      case RecordedBody.Empty empty -> {}
      case RecordedBody.Json json when json.value() instanceof ObjectNode object ->
          object.properties().stream()
              .filter(member -> counts(member.getKey(), matching))
              .forEach(member -> add(parts, "body." + member.getKey(), member.getValue()));
      case RecordedBody.Json json -> add(parts, "body", json.value());
      case RecordedBody.Text text -> parts.put("body", text.text());
      case RecordedBody.Binary binary -> parts.put("body", Hashes.sha256(binary.bytes()));
      case RecordedBody.Form form ->
          form.parts().stream()
              .filter(part -> counts(part.name(), matching))
              .forEach(part -> add(parts, part));
    }
  }

  /** The model stands for the deployment, or the path says it. */
  private static boolean counts(String member, Matching matching) {
    return !member.equals("stream") && !member.equals("model") && !matching.ignores(member);
  }

  private static void add(SortedMap<String, String> parts, Part part) {
    String value = part.text() == null ? "file " + part.sha256() : "'" + part.text() + "'";
    parts.merge("body." + part.name(), value, (one, other) -> one + ", " + other);
  }

  private static void add(SortedMap<String, String> parts, String place, JsonNode node) {
    switch (node) {
      case ObjectNode object when !object.isEmpty() ->
          object
              .properties()
              .forEach(member -> add(parts, place + "." + member.getKey(), member.getValue()));
      case ArrayNode array when !array.isEmpty() -> {
        for (int i = 0; i < array.size(); i++) {
          add(parts, place + "[" + i + "]", array.get(i));
        }
      }
      case JsonNode value when value.isNull() -> {}
      case JsonNode value when value.isNumber() ->
          parts.put(place, value.decimalValue().stripTrailingZeros().toString());
      case JsonNode value -> parts.put(place, RecordedBody.text(value));
    }
  }

  /** The same request that asks for an answer of the other kind. */
  RequestKey otherKind() {
    return new RequestKey(parts, !stream);
  }

  /** Eight characters that tell requests apart. */
  String hash() {
    StringBuilder text = new StringBuilder().append(stream);
    parts.forEach((place, value) -> text.append('\n').append(place).append('=').append(value));
    return Hashes.sha256(text.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 8);
  }

  /** In how many places two requests differ. */
  int distance(RequestKey other) {
    int distance = stream == other.stream ? 0 : 1;
    for (var part : parts.entrySet()) {
      distance += part.getValue().equals(other.parts.get(part.getKey())) ? 0 : 1;
    }
    for (String place : other.parts.keySet()) {
      distance += parts.containsKey(place) ? 0 : 1;
    }
    return distance;
  }

  /** The first place in which a request differs from one that was recorded, in words. */
  String firstDifference(RequestKey recorded) {
    SortedMap<String, String> all = new TreeMap<>(recorded.parts);
    all.putAll(parts);
    for (Iterator<String> places = all.keySet().iterator(); places.hasNext(); ) {
      String place = places.next();
      String here = parts.get(place);
      String there = recorded.parts.get(place);
      if (here == null) {
        return "%s is missing, and was %s".formatted(place, Shown.of(String.valueOf(there)));
      }
      if (!here.equals(there)) {
        return there == null
            ? "%s is %s, and was not there".formatted(place, Shown.of(here))
            : "%s is %s, and was %s".formatted(place, Shown.of(here), Shown.of(there));
      }
    }
    return stream == recorded.stream ? "nothing" : "stream is " + stream;
  }
}
