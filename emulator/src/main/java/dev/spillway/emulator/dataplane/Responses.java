package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.ParsedBody;
import dev.spillway.emulator.request.ResponsesRequest;
import dev.spillway.emulator.stored.ResponseStore;
import dev.spillway.emulator.stored.StoredResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Knows what a request for a response refers to, and keeps what became of it. */
final class Responses {

  private static final String NOT_STORED =
      " Items are not persisted when `store` is set to false. Try again with `store` set to true, or"
          + " remove this item from your input.";

  private final ResponseStore store;

  Responses(ResponseStore store) {
    this.store = store;
  }

  /** The request with all that went before it; any other body as it is. */
  ParsedBody resolved(Exchange exchange, ParsedBody body) {
    return body instanceof ParsedBody.Valid(ResponsesRequest request)
        ? resolved(exchange.resource().name(), request)
        : body;
  }

  private ParsedBody resolved(String resource, ResponsesRequest request) {
    List<ObjectNode> whole = new ArrayList<>();
    String previous = request.previousResponseId();
    if (previous != null) {
      Optional<StoredResponse> found = store.find(resource, previous);
      if (found.isEmpty()) {
        return new ParsedBody.Refused(
            new InvalidRequest(
                "Previous response with id '" + previous + "' not found.",
                "previous_response_id",
                "previous_response_not_found"));
      }
      whole.addAll(found.get().conversation());
    }
    for (ObjectNode item : request.items()) {
      Optional<ObjectNode> known = known(resource, item);
      if (known.isEmpty()) {
        return new ParsedBody.Refused(unknown(item));
      }
      whole.add(known.get());
    }
    return request.with(whole);
  }

  /** What an item stands for: mostly itself. */
  private Optional<ObjectNode> known(String resource, ObjectNode item) {
    String id = item.path("id").asString("");
    return switch (item.path("type").asString("")) {
      case "item_reference" -> store.item(resource, id);
      case "reasoning" -> {
        boolean carriesItself = id.isEmpty() || item.path("encrypted_content").isString();
        yield carriesItself ? Optional.of(item) : store.item(resource, id);
      }
      default -> Optional.of(item);
    };
  }

  private static InvalidRequest unknown(ObjectNode item) {
    return new InvalidRequest(
        "Item with id '" + item.path("id").asString("") + "' not found." + NOT_STORED,
        "input",
        null);
  }

  /** Keeps a response that has been written to its end; of anything else nothing. */
  void keep(Exchange exchange, TextFormat format) {
    if (format instanceof ResponsesFormat response) {
      response.stored().ifPresent(stored -> store.put(exchange.resource().name(), stored));
    }
  }
}
