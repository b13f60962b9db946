package dev.spillway.router.plan;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a body once, token by token, for what tells how hard it is. What the user said last is
 * looked at closely; of all the rest only the length counts, so that neither long instructions nor
 * looked-up documents make a plain question a hard one.
 */
final class ComplexityReader {

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser json;
  private PromptSigns last = new PromptSigns();
  private long characters;
  private int messages;
  private int tools;

  private ComplexityReader(JsonParser json) {
    this.json = json;
  }

  /** What is counted; nothing in a body that is no JSON object. */
  static Complexity read(InputStream body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      return json.nextToken() == JsonToken.START_OBJECT
          ? new ComplexityReader(json).complexity()
          : Complexity.NONE;
    } catch (JacksonException e) {
      return Complexity.NONE;
    }
  }

  private Complexity complexity() {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "messages", "input", "prompt" -> conversation(value);
        case "instructions" -> text(value, new PromptSigns());
        case "tools", "functions" -> tools += items(value);
        default -> json.skipChildren();
      }
    }
    return last.with(characters, messages, tools);
  }

  /** A text, several, or messages of several sides. */
  private void conversation(JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      said(value);
      return;
    }
    for (JsonToken item = json.nextToken(); !isEnd(item); item = json.nextToken()) {
      if (item == JsonToken.START_OBJECT) {
        message();
      } else {
        said(item);
      }
    }
  }

  private void said(JsonToken value) {
    PromptSigns signs = new PromptSigns();
    text(value, signs);
    last = signs;
    messages++;
  }

  private void message() {
    PromptSigns signs = new PromptSigns();
    boolean user = false;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "role" -> user = value == JsonToken.VALUE_STRING && json.getString().equals("user");
        case "content", "output" -> content(value, signs);
        default -> json.skipChildren();
      }
    }
    messages++;
    if (user) {
      last = signs;
    }
  }

  private void content(JsonToken value, PromptSigns signs) {
    if (value != JsonToken.START_ARRAY) {
      text(value, signs);
      return;
    }
    for (JsonToken part = json.nextToken(); !isEnd(part); part = json.nextToken()) {
      if (part == JsonToken.START_OBJECT) {
        part(signs);
      } else {
        json.skipChildren();
      }
    }
  }

  private void part(PromptSigns signs) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean text = json.currentName().equals("text");
      JsonToken value = json.nextToken();
      if (text) {
        text(value, signs);
      } else {
        json.skipChildren();
      }
    }
  }

  private void text(JsonToken value, PromptSigns signs) {
    if (value != JsonToken.VALUE_STRING) {
      json.skipChildren();
      return;
    }
    characters += json.getStringLength();
    signs.read(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
  }

  private int items(JsonToken value) {
    int items = 0;
    if (value == JsonToken.START_ARRAY) {
      for (JsonToken item = json.nextToken(); !isEnd(item); item = json.nextToken()) {
        items++;
        json.skipChildren();
      }
    } else {
      json.skipChildren();
    }
    return items;
  }

  private static boolean isEnd(@Nullable JsonToken token) {
    return token == null || token == JsonToken.END_ARRAY;
  }
}
