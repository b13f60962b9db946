package dev.spillway.emulator.stub;

import dev.spillway.control.stub.StubAnswer;
import dev.spillway.control.stub.StubUsage;
import dev.spillway.emulator.generation.Dictation.Words;
import dev.spillway.emulator.generation.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer with its templates read.
 *
 * @param pieces its text, in one piece or in those that a stream sends
 * @param inChunks whether a stream sends these pieces
 * @param refusal whether the text is a refusal
 * @param ending null for what follows from the answer
 */
record PreparedAnswer(
    List<Template> pieces,
    boolean inChunks,
    boolean refusal,
    List<Call> calls,
    @Nullable FinishReason ending,
    StubUsage usage) {

  /** A tool to call. */
  record Call(String name, Place arguments) {}

  /**
   * Reads an answer's templates.
   *
   * @throws IllegalArgumentException when one of them cannot be used
   */
  static PreparedAnswer of(StubAnswer answer, Places places) {
    String reason = answer.finishReason();
    return new PreparedAnswer(
        texts(answer).stream().map(text -> Template.of(text, places)).toList(),
        answer.chunks() != null,
        answer.refusal() != null,
        answer.calls().stream()
            .map(call -> new Call(call.name(), arguments(call.arguments(), places)))
            .toList(),
        reason == null ? null : FinishReason.valueOf(reason.toUpperCase(Locale.ROOT)),
        Objects.requireNonNullElse(answer.usage(), StubUsage.COUNTED));
  }

  private static List<String> texts(StubAnswer answer) {
    List<String> chunks = answer.chunks();
    if (chunks != null) {
      return chunks;
    }
    String text = answer.refusal() != null ? answer.refusal() : answer.text();
    return text == null ? List.of() : List.of(text);
  }

  private static Place arguments(JsonNode arguments, Places places) {
    if (arguments.isString()) {
      return Template.of(arguments.stringValue(), places)::fill;
    }
    Json json = json(arguments, places);
    return scene -> json.in(scene).toString();
  }

  /** A JSON value whose texts are filled. */
  private interface Json {
    JsonNode in(Scene scene);
  }

  private static Json json(JsonNode value, Places places) {
    return switch (value) {
      case ObjectNode object -> object(object, places);
      case ArrayNode array -> array(array, places);
      case JsonNode text when text.isString() -> {
        Template template = Template.of(text.stringValue(), places);
        yield scene -> JsonNodeFactory.instance.stringNode(template.fill(scene));
      }
      default -> scene -> value;
    };
  }

  private static Json object(ObjectNode object, Places places) {
    record Member(String name, Json value) {}
    List<Member> members = new ArrayList<>();
    object.forEachEntry((name, value) -> members.add(new Member(name, json(value, places))));
    return scene -> {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      members.forEach(member -> filled.set(member.name(), member.value().in(scene)));
      return filled;
    };
  }

  private static Json array(ArrayNode array, Places places) {
    List<Json> values = new ArrayList<>();
    array.forEach(value -> values.add(json(value, places)));
    return scene -> {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      values.forEach(value -> filled.add(value.in(scene)));
      return filled;
    };
  }

  Words words(Scene scene) {
    List<String> filled = pieces.stream().map(piece -> piece.fill(scene)).toList();
    return new Words(
        Objects.requireNonNullElse(usage.reasoning(), 0),
        String.join("", filled),
        inChunks ? filled : null,
        calls.stream()
            .map(call -> new Words.Call(call.name(), call.arguments().in(scene)))
            .toList(),
        ending);
  }
}
