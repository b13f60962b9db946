package dev.spillway.emulator.request;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Whether every call of a function in a conversation has its output, and every output its call. */
final class ToolCallPairs {

  private ToolCallPairs() {}

  static Optional<InvalidRequest> problem(List<ObjectNode> items) {
    Set<String> open = new LinkedHashSet<>();
    for (ObjectNode item : items) {
      String call = item.path("call_id").asString("");
      switch (item.path("type").asString("")) {
        case "function_call" -> open.add(call);
        case "function_call_output" -> {
          if (!open.remove(call)) {
            return Optional.of(
                problem("No tool call found for function call output with call_id " + call + "."));
          }
        }
        default -> {}
      }
    }
    return open.stream()
        .findFirst()
        .map(call -> problem("No tool output found for function call " + call + "."));
  }

  private static InvalidRequest problem(String message) {
    return new InvalidRequest(message, "input", null);
  }
}
