package dev.spillway.router.upstream;

import dev.spillway.router.trace.Usage;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a {@code usage} object, in the words of chat completions and in those of responses. */
final class UsageReader {

  private static final JsonFactory JSON = new JsonFactory();

  private long prompt = -1;
  private long completion = -1;
  private long cached;

  private UsageReader() {}

  /** Of an object by itself; nothing where it is broken or counts no tokens. */
  static Optional<Usage> read(byte[] bytes, int length) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
      return json.nextToken() == JsonToken.START_OBJECT ? read(json) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Of the object that the parser has just entered; leaves it at the object's end. */
  static Optional<Usage> read(JsonParser json) {
    UsageReader reader = new UsageReader();
    reader.readObject(json);
    return reader.prompt < 0 && reader.completion < 0
        ? Optional.empty()
        : Optional.of(
            new Usage(Math.max(0, reader.prompt), Math.max(0, reader.completion), reader.cached));
  }

  private void readObject(JsonParser json) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_NUMBER_INT) {
        number(name, json);
      } else if (value == JsonToken.START_OBJECT && isDetails(name)) {
        readObject(json);
      } else {
        json.skipChildren();
      }
    }
  }

  private void number(String name, JsonParser json) {
    switch (name) {
      case "prompt_tokens", "input_tokens" -> prompt = json.getValueAsLong();
      case "completion_tokens", "output_tokens" -> completion = json.getValueAsLong();
      case "cached_tokens" -> cached = json.getValueAsLong();
      default -> {}
    }
  }

  private static boolean isDetails(String name) {
    return name.equals("prompt_tokens_details") || name.equals("input_tokens_details");
  }
}
