package dev.spillway.emulator.dataplane;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a response's stream tells that it breaks off. */
final class ResponseFailure {

  private ResponseFailure() {}

  /** {@code error} of the response. */
  static ObjectNode inResponse(ErrorBody error) {
    return switch (error) {
      case EngineError engine -> inResponse(code(engine), engine.message());
      case ErrorBody.Gateway gateway -> inResponse(gateway.code(), gateway.message());
    };
  }

  private static ObjectNode inResponse(String code, String message) {
    return ResponseJson.NODES.objectNode().put("code", code).put("message", message);
  }

  /** The members of the event {@code error}. */
  static Map<String, JsonNode> event(ErrorBody error) {
    return switch (error) {
      case EngineError engine -> event(engine.type(), code(engine), null, engine.message());
      case ErrorBody.Gateway gateway ->
          event("server_error", gateway.code(), null, gateway.message());
    };
  }

  /**
   * The members of the event {@code error}.
   *
   * @param header what the front end says of itself; null when it is not its error
   */
  static Map<String, JsonNode> event(
      String type, String code, @Nullable String header, String message) {
    ObjectNode error = ResponseJson.NODES.objectNode();
    error.put("type", type);
    error.put("code", code);
    if (header != null) {
      error.putObject("headers").put(header, "true");
    }
    error.put("message", message);
    error.putNull("param");
    return Map.of("error", error);
  }

  private static String code(EngineError error) {
    String code = error.code();
    return code == null ? "server_error" : code;
  }
}
