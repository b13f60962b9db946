package dev.spillway.router.plan;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * The top-level {@code model} of a JSON body, and where its value stands.
 *
 * <p>Found by reading tokens up to the first {@code model}, so a body is never read further than
 * that, nor built into a tree.
 *
 * @param name the model that the caller asked for
 * @param start the offset of the value's opening quote
 * @param end the offset after its closing quote
 */
public record ModelField(String name, int start, int end) {

  private static final JsonFactory JSON = new JsonFactory();

  /** The field, if the body is a JSON object that has one with a text in it. */
  public static Optional<ModelField> find(byte[] body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean model = json.currentName().equals("model");
        JsonToken value = json.nextToken();
        if (model) {
          return value == JsonToken.VALUE_STRING ? Optional.of(at(json)) : Optional.empty();
        }
        json.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static ModelField at(JsonParser json) {
    String name = json.getString();
    int start = (int) json.currentTokenLocation().getByteOffset();
    int end = (int) json.currentLocation().getByteOffset();
    return new ModelField(name, start, end);
  }

  /** The body with another model; every byte outside of the value stays as it is. */
  public byte[] replaceIn(byte[] body, String model) {
    byte[] value = quoted(model);
    byte[] replaced = new byte[body.length - (end - start) + value.length];
    System.arraycopy(body, 0, replaced, 0, start);
    System.arraycopy(value, 0, replaced, start, value.length);
    System.arraycopy(body, end, replaced, start + value.length, body.length - end);
    return replaced;
  }

  private static byte[] quoted(String text) {
    String escaped = new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
    return ('"' + escaped + '"').getBytes(StandardCharsets.UTF_8);
  }
}
