package dev.spillway.emulator.dataplane;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** The items that a response was made from, each with an id. */
final class ResponseInput {

  private ResponseInput() {}

  static List<ObjectNode> named(List<ObjectNode> items, ResponseIds ids) {
    return new ArrayList<>(
        IntStream.range(0, items.size())
            .mapToObj(index -> named(items.get(index), ids, index))
            .toList());
  }

  private static ObjectNode named(ObjectNode item, ResponseIds ids, int index) {
    if (item.path("id").isString()) {
      return item;
    }
    String type = item.path("type").asString("");
    ObjectNode named = ResponseJson.NODES.objectNode();
    named.put("id", ids.of(prefix(type), "input" + index));
    named.setAll(item);
    if (type.equals("function_call") || type.equals("function_call_output")) {
      named.put("status", "completed");
    }
    return named;
  }

  private static String prefix(String type) {
    return switch (type) {
      case "message" -> "msg_";
      case "reasoning" -> "rs_";
      case "function_call", "function_call_output" -> "fc_";
      default -> "item_";
    };
  }
}
