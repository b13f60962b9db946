package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.generation.Draft;
import dev.spillway.emulator.generation.DraftedCall;
import dev.spillway.emulator.generation.FinishReason;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.model.Reports;
import dev.spillway.emulator.request.ResponsesRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The items of an answer: its reasoning, its message, the functions it calls.
 *
 * @param reasoning null for none
 * @param message null where nothing is said beside calls, or the end came before the first word
 */
record ResponseOutput(
    @Nullable ObjectNode reasoning, @Nullable ObjectNode message, List<ObjectNode> calls) {

  static ResponseOutput of(
      ResponseIds ids, Exchange exchange, ResponsesRequest request, TextAnswer answer) {
    Draft draft = answer.choices().getFirst().draft();
    List<ObjectNode> calls = new ArrayList<>();
    for (int i = 0; i < draft.calls().size(); i++) {
      calls.add(call(ids, exchange, draft.calls().get(i), i));
    }
    ModelProfile model = answer.deployment().model();
    return new ResponseOutput(
        reasons(model, draft, request) ? reasoning(ids, request) : null,
        speaks(draft) ? message(ids, draft, model) : null,
        calls);
  }

  List<ObjectNode> items() {
    List<ObjectNode> items = new ArrayList<>();
    if (reasoning != null) {
      items.add(reasoning);
    }
    if (message != null) {
      items.add(message);
    }
    items.addAll(calls);
    return items;
  }

  private static boolean reasons(ModelProfile model, Draft draft, ResponsesRequest request) {
    return model.modelClass() == ModelClass.REASONING
        && (draft.reasoningTokens() > 0 || request.wantsSummary());
  }

  private static boolean speaks(Draft draft) {
    boolean endedByItself = draft.finishReason() == FinishReason.STOP;
    return !draft.tokens().isEmpty() || (draft.calls().isEmpty() && endedByItself);
  }

  private static ObjectNode reasoning(ResponseIds ids, ResponsesRequest request) {
    ObjectNode item = ResponseJson.NODES.objectNode();
    item.put("id", ids.of("rs_", "reasoning")).put("type", "reasoning");
    item.putArray("content");
    item.put("encrypted_content", encrypted(ids, request));
    var summary = item.putArray("summary");
    if (request.wantsSummary()) {
      summary
          .addObject()
          .put("type", "summary_text")
          .put("text", String.join("", ReasoningSummary.words(ids.seed())));
    }
    return item;
  }

  private static @Nullable String encrypted(ResponseIds ids, ResponsesRequest request) {
    return request.includes("reasoning.encrypted_content")
        ? "gAAAAAB" + CallSeed.letters(ids.seed().random("encrypted_content"), 312) + "="
        : null;
  }

  private static ObjectNode message(ResponseIds ids, Draft draft, ModelProfile model) {
    ObjectNode item = ResponseJson.NODES.objectNode();
    item.put("id", ids.of("msg_", "message")).put("type", "message");
    item.put("status", isWhole(draft) ? "completed" : "incomplete");
    item.putArray("content").add(part(draft.text()));
    if (model.reports() != Reports.NOTHING) {
      item.put("phase", draft.calls().isEmpty() ? "final_answer" : "commentary");
    }
    return item.put("role", "assistant");
  }

  /** A part of a message. */
  static ObjectNode part(String text) {
    ObjectNode part = ResponseJson.NODES.objectNode().put("type", "output_text");
    part.putArray("annotations");
    part.putArray("logprobs");
    return part.put("text", text);
  }

  private static ObjectNode call(ResponseIds ids, Exchange exchange, DraftedCall call, int index) {
    return ResponseJson.NODES
        .objectNode()
        .put("id", ids.of("fc_", "call" + index))
        .put("type", "function_call")
        .put("status", "completed")
        .put("arguments", call.json())
        .put("call_id", ChatJson.callId(exchange, 0, index))
        .put("name", call.name());
  }

  private static boolean isWhole(Draft draft) {
    return incompleteBecause(draft) == null;
  }

  /** Why an answer is incomplete; null when it is not. */
  static @Nullable String incompleteBecause(Draft draft) {
    return switch (draft.finishReason()) {
      case STOP, TOOL_CALLS, FUNCTION_CALL -> null;
      case LENGTH -> "max_output_tokens";
      case CONTENT_FILTER -> "content_filter";
    };
  }
}
