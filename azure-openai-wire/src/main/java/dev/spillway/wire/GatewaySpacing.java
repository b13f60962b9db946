package dev.spillway.wire;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;

/** JSON on one line with one blank, after {@code "message":}. */
final class GatewaySpacing implements PrettyPrinter {

  @Override
  public void writeRootValueSeparator(JsonGenerator json) {
    json.writeRaw(' ');
  }

  @Override
  public void writeStartObject(JsonGenerator json) {
    json.writeRaw('{');
  }

  @Override
  public void writeEndObject(JsonGenerator json, int entries) {
    json.writeRaw('}');
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator json) {
    json.writeRaw(',');
  }

  @Override
  public void writeObjectNameValueSeparator(JsonGenerator json) {
    boolean message = "message".equals(json.streamWriteContext().currentName());
    json.writeRaw(message ? ": " : ":");
  }

  @Override
  public void writeStartArray(JsonGenerator json) {
    json.writeRaw('[');
  }

  @Override
  public void writeEndArray(JsonGenerator json, int values) {
    json.writeRaw(']');
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator json) {
    json.writeRaw(',');
  }

  @Override
  public void beforeArrayValues(JsonGenerator json) {}

  @Override
  public void beforeObjectEntries(JsonGenerator json) {}
}
