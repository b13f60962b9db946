package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.request.InvalidRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * An error in the shape of the model engine.
 *
 * @param requestId a member of its own since 2026, where the server failed; null for none
 */
record EngineError(
    String message,
    String type,
    @Nullable String param,
    @Nullable String code,
    @Nullable String requestId)
    implements ErrorBody {

  static EngineError of(InvalidRequest problem) {
    return new EngineError(
        problem.message(), "invalid_request_error", problem.param(), problem.code(), null);
  }

  @Override
  public void write(JsonGenerator json) {
    json.writeObjectPropertyStart("error");
    json.writeStringProperty("message", message);
    json.writeStringProperty("type", type);
    json.writeStringProperty("param", param);
    json.writeStringProperty("code", code);
    if (requestId != null) {
      json.writeStringProperty("request_id", requestId);
    }
    json.writeEndObject();
  }
}
