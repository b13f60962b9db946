package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.CallSeed;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The events in which the items of a response come: each added, filled and done, in this order. */
final class ResponseItemEvents {

  private static final String ADDED = "response.output_item.added";
  private static final String DONE = "response.output_item.done";

  private final ResponseEvents events;
  private final ResponseOutput output;
  private final CallSeed seed;
  private int done;
  private boolean open;

  ResponseItemEvents(ResponseEvents events, ResponseOutput output, CallSeed seed) {
    this.events = events;
    this.output = output;
    this.seed = seed;
  }

  /** What comes before the first word. */
  void reasoning() {
    ObjectNode item = output.reasoning();
    if (item == null) {
      return;
    }
    ObjectNode added = item.deepCopy();
    added.putArray("summary");
    events.item(ADDED, done, added);
    for (JsonNode part : item.path("summary")) {
      summary(item, (ObjectNode) part);
    }
    finish(item);
  }

  private void summary(ObjectNode item, ObjectNode part) {
    Map<String, JsonNode> first = Map.of("summary_index", ResponseEvents.number(0));
    inside("response.reasoning_summary_part.added", item, first, "part", emptied(part));
    for (String word : ReasoningSummary.words(seed)) {
      events.delta("response.reasoning_summary_text.delta", done, item, word, first);
    }
    inside("response.reasoning_summary_text.done", item, first, "text", part.path("text"));
    inside("response.reasoning_summary_part.done", item, first, "part", part);
  }

  /** A token of the message. */
  void token(String text) {
    ObjectNode message = output.message();
    if (message != null) {
      open(message);
      events.delta(
          "response.output_text.delta",
          done,
          message,
          text,
          Map.of("content_index", ResponseEvents.number(0), "logprobs", noLogprobs()));
    }
  }

  private void open(ObjectNode message) {
    if (open) {
      return;
    }
    open = true;
    ObjectNode added = message.deepCopy().put("status", "in_progress");
    added.putArray("content");
    events.item(ADDED, done, added);
    inside(
        "response.content_part.added",
        message,
        Map.of("content_index", ResponseEvents.number(0)),
        "part",
        ResponseOutput.part(""));
  }

  private void closeMessage() {
    ObjectNode message = output.message();
    if (message == null || done > place(message)) {
      return;
    }
    open(message);
    JsonNode part = message.path("content").path(0);
    Map<String, JsonNode> first = Map.of("content_index", ResponseEvents.number(0));
    events.inside(
        "response.output_text.done",
        done,
        message,
        Map.of(
            "content_index",
            ResponseEvents.number(0),
            "logprobs",
            noLogprobs(),
            "text",
            part.path("text")));
    inside("response.content_part.done", message, first, "part", part);
    open = false;
    finish(message);
  }

  /** A call begins; what was before it is done. */
  void call(int index) {
    closeMessage();
    closeCall();
    ObjectNode call = output.calls().get(index);
    open = true;
    events.item(ADDED, done, call.deepCopy().put("status", "in_progress").put("arguments", ""));
  }

  /** A token of the arguments of the call that is open. */
  void arguments(String text) {
    events.delta(
        "response.function_call_arguments.delta", done, output.items().get(done), text, Map.of());
  }

  private void closeCall() {
    if (open) {
      ObjectNode call = output.items().get(done);
      inside(
          "response.function_call_arguments.done",
          call,
          Map.of("name", call.path("name")),
          "arguments",
          call.path("arguments"));
      open = false;
      finish(call);
    }
  }

  /** Whatever is not done yet. */
  void close() {
    closeMessage();
    closeCall();
  }

  private void finish(ObjectNode item) {
    events.item(DONE, done, item);
    done++;
  }

  private int place(ObjectNode item) {
    return output.items().indexOf(item);
  }

  private void inside(
      String type, ObjectNode item, Map<String, JsonNode> index, String name, JsonNode value) {
    Map<String, JsonNode> members = new HashMap<>(index);
    members.put(name, value);
    events.inside(type, done, item, members);
  }

  private static ObjectNode emptied(ObjectNode part) {
    return part.deepCopy().put("text", "");
  }

  private static JsonNode noLogprobs() {
    return ResponseJson.NODES.arrayNode();
  }
}
