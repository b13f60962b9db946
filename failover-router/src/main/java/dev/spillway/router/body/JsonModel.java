package dev.spillway.router.body;

import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Finds the top-level {@code model} of a JSON body token by token, without building a tree. */
final class JsonModel {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonModel() {}

  static ModelPlace find(InputStream body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      return json.nextToken() == JsonToken.START_OBJECT ? inObject(json) : new ModelPlace.Nowhere();
    } catch (JacksonException e) {
      return new ModelPlace.Nowhere();
    }
  }

  private static ModelPlace inObject(JsonParser json) {
    long start = json.currentLocation().getByteOffset();
    boolean empty = true;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      empty = false;
      boolean model = json.currentName().equals("model");
      JsonToken value = json.nextToken();
      if (model) {
        return at(json, value);
      }
      json.skipChildren();
    }
    return new ModelPlace.JsonObject(start, empty);
  }

  private static ModelPlace at(JsonParser json, JsonToken value) {
    long start = json.currentTokenLocation().getByteOffset();
    String name = value == JsonToken.VALUE_STRING ? json.getString() : null;
    json.skipChildren();
    return new ModelPlace.JsonValue(name, start, json.currentLocation().getByteOffset());
  }
}
