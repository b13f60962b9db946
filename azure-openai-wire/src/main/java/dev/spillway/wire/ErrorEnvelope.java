package dev.spillway.wire;

import java.io.StringWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.TreeNode;
import tools.jackson.core.json.JsonFactory;

/**
 * The {@code {"error":{"code":…,"message":…}}} that Azure's gateway answers with.
 *
 * <p>Other writers behind the gateway add members or use other white space; what they have in
 * common is what {@link #read} finds.
 *
 * @param code the service's word for the error, or null where it sent none
 * @param message one sentence or more for people
 */
public record ErrorEnvelope(@Nullable String code, String message) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * One line, with the gateway's white space: one blank after {@code "message":} and none
   * elsewhere. Captured by content length on 429s of 2023 to 2025 and on {@code Resource not
   * found}.
   */
  public String toJson() {
    return write(new GatewaySpacing());
  }

  /** One line without any blank, as in the 401 for a wrong key. */
  public String toCompactJson() {
    return write(null);
  }

  private String write(@Nullable PrettyPrinter spacing) {
    StringWriter out = new StringWriter(message.length() + 64);
    try (JsonGenerator json = JSON.createGenerator(new Spaced(spacing), out)) {
      json.writeStartObject();
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("code", code);
      json.writeStringProperty("message", message);
      json.writeEndObject();
      json.writeEndObject();
    }
    return out.toString();
  }

  /** The error that a body holds, if it holds one; anything unreadable holds none. */
  public static Optional<ErrorEnvelope> read(byte[] body) {
    try (JsonParser json = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("error") && value == JsonToken.START_OBJECT) {
          return Optional.of(readError(json));
        }
        json.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static ErrorEnvelope readError(JsonParser json) {
    String code = null;
    String message = "";
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("code") && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        code = json.getString();
      } else if (name.equals("message") && value == JsonToken.VALUE_STRING) {
        message = json.getString();
      } else {
        json.skipChildren();
      }
    }
    return new ErrorEnvelope(code, message);
  }

  /** Hands a generator its white space, and nothing else. */
  private static final class Spaced extends ObjectWriteContext.Base {
    private final @Nullable PrettyPrinter spacing;

    Spaced(@Nullable PrettyPrinter spacing) {
      this.spacing = spacing;
    }

    @Override
    public @Nullable PrettyPrinter getPrettyPrinter() {
      return spacing;
    }

    @Override
    public boolean hasPrettyPrinter() {
      return spacing != null;
    }

    @Override
    public void writeTree(JsonGenerator json, TreeNode tree) {
      throw new UnsupportedOperationException();
    }
  }
}
