package dev.spillway.emulator.dataplane;

import dev.spillway.wire.ErrorEnvelope;
import tools.jackson.core.JsonGenerator;

/** An error as one of the service's writers words it. */
sealed interface ErrorBody permits EngineError, ErrorBody.Gateway {

  /** The member {@code error} of a body or of an event. */
  void write(JsonGenerator json);

  /**
   * One of the gateway.
   *
   * @param spaced whether it has the gateway's blank
   */
  record Gateway(String code, String message, boolean spaced) implements ErrorBody {

    String json() {
      ErrorEnvelope envelope = new ErrorEnvelope(code, message);
      return spaced ? envelope.toJson() : envelope.toCompactJson();
    }

    @Override
    public void write(JsonGenerator json) {
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("code", code);
      json.writeStringProperty("message", message);
      json.writeEndObject();
    }
  }
}
