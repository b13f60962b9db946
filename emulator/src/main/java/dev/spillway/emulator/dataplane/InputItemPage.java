package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.request.InvalidRequest;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page of the items that a response was made from; the latest come first unless asked otherwise.
 */
sealed interface InputItemPage {

  record Page(ObjectNode body) implements InputItemPage {}

  record Wrong(InvalidRequest problem) implements InputItemPage {}

  int USUAL = 20;
  int MOST = 100;

  static InputItemPage of(Context ctx, List<ObjectNode> items) {
    String limit = ctx.queryParam("limit");
    int size = limit == null ? USUAL : limit.matches("\\d{1,3}") ? Integer.parseInt(limit) : -1;
    if (size < 1 || size > MOST) {
      return wrong("Invalid 'limit': expected an integer from 1 to " + MOST + ".", "limit");
    }
    String order = ctx.queryParam("order");
    if (order != null && !order.equals("asc") && !order.equals("desc")) {
      return wrong(
          "Invalid value: '" + order + "'. Supported values are: 'asc' and 'desc'.", "order");
    }
    List<ObjectNode> ordered = "asc".equals(order) ? items : items.reversed();
    int from = after(ordered, ctx.queryParam("after"));
    return from < 0
        ? wrong("No item found with id '" + ctx.queryParam("after") + "'.", "after")
        : page(ordered.subList(from, ordered.size()), size);
  }

  private static int after(List<ObjectNode> items, @Nullable String id) {
    if (id == null) {
      return 0;
    }
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).path("id").asString("").equals(id)) {
        return i + 1;
      }
    }
    return -1;
  }

  private static InputItemPage page(List<ObjectNode> rest, int size) {
    List<ObjectNode> shown = rest.subList(0, Math.min(size, rest.size()));
    ObjectNode body = ResponseJson.NODES.objectNode().put("object", "list");
    shown.forEach(body.putArray("data")::add);
    body.put("first_id", shown.isEmpty() ? null : shown.getFirst().path("id").asString(""));
    body.put("last_id", shown.isEmpty() ? null : shown.getLast().path("id").asString(""));
    return new Page(body.put("has_more", rest.size() > shown.size()));
  }

  private static InputItemPage wrong(String message, String param) {
    return new Wrong(new InvalidRequest(message, param, "invalid_value"));
  }
}
