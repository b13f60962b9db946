package dev.spillway.router.body;

import java.io.IOException;
import java.io.InputStream;
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
public record ModelField(String name, long start, long end) {

  private static final JsonFactory JSON = new JsonFactory();

  /** The field, if the body is a JSON object that has one with a text in it. */
  public static Optional<ModelField> find(ReplayableBody body) {
    try (InputStream in = body.open();
        JsonParser json = JSON.createParser(ObjectReadContext.empty(), in)) {
      return find(json);
    } catch (JacksonException | IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<ModelField> find(JsonParser json) {
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
  }

  private static ModelField at(JsonParser json) {
    String name = json.getString();
    long start = json.currentTokenLocation().getByteOffset();
    long end = json.currentLocation().getByteOffset();
    return new ModelField(name, start, end);
  }

  /** Another model in its place. */
  public Splice replacedBy(String model) {
    String escaped = new String(JsonStringEncoder.getInstance().quoteAsCharArray(model));
    return new Splice(start, end, ('"' + escaped + '"').getBytes(StandardCharsets.UTF_8));
  }
}
