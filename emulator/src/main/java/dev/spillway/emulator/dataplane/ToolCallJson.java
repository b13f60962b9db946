package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.generation.DraftedCall;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Writes calls of tools: {@code tool_calls}, or {@code function_call} for callers who still ask so.
 *
 * <p>The two have their places in a message's alphabet, hence a method for each.
 */
final class ToolCallJson {

  private final Exchange exchange;
  private final boolean functions;
  private final boolean alphabetical;

  private ToolCallJson(Exchange exchange, boolean functions, boolean alphabetical) {
    this.exchange = exchange;
    this.functions = functions;
    this.alphabetical = alphabetical;
  }

  /**
   * Members in alphabetical order.
   *
   * @param functions whether calls are told as {@code function_call}
   */
  static ToolCallJson alphabetical(Exchange exchange, boolean functions) {
    return new ToolCallJson(exchange, functions, true);
  }

  /** Members in OpenAI's order. */
  static ToolCallJson asOpenAi(Exchange exchange, boolean functions) {
    return new ToolCallJson(exchange, functions, false);
  }

  /** Writes {@code function_call}, if that is how calls are told. */
  void writeFunction(JsonGenerator json, Draft draft) {
    if (functions && !draft.calls().isEmpty()) {
      DraftedCall call = draft.calls().getFirst();
      function(json, "function_call", call.name(), call.json());
    }
  }

  /** Writes {@code tool_calls}, if that is how calls are told. */
  void write(JsonGenerator json, int choice, Draft draft) {
    List<DraftedCall> calls = draft.calls();
    if (functions || calls.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("tool_calls");
    for (int i = 0; i < calls.size(); i++) {
      call(json, choice, i, calls.get(i).name(), calls.get(i).json(), false);
    }
    json.writeEndArray();
  }

  /** Writes the beginning of {@code function_call}, if that is how calls are told. */
  void writeFunctionStart(JsonGenerator json, Piece.CallStart start) {
    if (functions) {
      function(json, "function_call", start.name(), "");
    }
  }

  /** Writes the beginning of one of {@code tool_calls}, if that is how calls are told. */
  void writeStart(JsonGenerator json, Piece.CallStart start) {
    if (functions) {
      return;
    }
    json.writeArrayPropertyStart("tool_calls");
    call(json, start.choice(), start.call(), start.name(), "", true);
    json.writeEndArray();
  }

  private void call(
      JsonGenerator json, int choice, int call, String name, String arguments, boolean streamed) {
    String id = ChatJson.callId(exchange, choice, call);
    json.writeStartObject();
    if (alphabetical) {
      function(json, "function", name, arguments);
      json.writeStringProperty("id", id);
    }
    if (streamed) {
      json.writeNumberProperty("index", call);
    }
    if (!alphabetical) {
      json.writeStringProperty("id", id);
    }
    json.writeStringProperty("type", "function");
    if (!alphabetical) {
      function(json, "function", name, arguments);
    }
    json.writeEndObject();
  }

  /** Writes more of the arguments of a call. */
  void writeArguments(JsonGenerator json, Piece.CallArguments arguments) {
    if (functions) {
      json.writeObjectPropertyStart("function_call");
      json.writeStringProperty("arguments", arguments.text());
      json.writeEndObject();
      return;
    }
    json.writeArrayPropertyStart("tool_calls");
    json.writeStartObject();
    if (!alphabetical) {
      json.writeNumberProperty("index", arguments.call());
    }
    json.writeObjectPropertyStart("function");
    json.writeStringProperty("arguments", arguments.text());
    json.writeEndObject();
    if (alphabetical) {
      json.writeNumberProperty("index", arguments.call());
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  private void function(JsonGenerator json, String member, String name, String arguments) {
    json.writeObjectPropertyStart(member);
    if (!alphabetical) {
      json.writeStringProperty("name", name);
    }
    json.writeStringProperty("arguments", arguments);
    if (alphabetical) {
      json.writeStringProperty("name", name);
    }
    json.writeEndObject();
  }
}
