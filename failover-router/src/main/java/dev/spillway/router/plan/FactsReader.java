package dev.spillway.router.plan;

import dev.spillway.router.plan.RequestFacts.AnswerFormat;
import dev.spillway.wire.Operation;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a body once, token by token, and keeps counts only: a picture of some megabytes is passed
 * over, and no text is kept.
 *
 * <p>Says nothing against what a backend will refuse: members of a wrong type are passed over.
 */
final class FactsReader {

  private static final JsonFactory JSON = new JsonFactory();

  /** What the service takes a token for where it counts characters. */
  private static final int CHARACTERS_PER_TOKEN = 4;

  private static final int MOST = 1_000_000;

  private final Optional<Operation> operation;
  private final JsonParser json;
  private long characters;
  private @Nullable Long maxTokens;
  private int prompts = 1;
  private int choices = 1;
  private int bestOf = 1;
  private boolean stream;
  private boolean tools;
  private boolean images;
  private AnswerFormat format = AnswerFormat.TEXT;
  private int messages;

  private FactsReader(Optional<Operation> operation, JsonParser json) {
    this.operation = operation;
    this.json = json;
  }

  /** The facts; none of a body that is not one JSON object from its first to its last byte. */
  static RequestFacts read(Optional<Operation> operation, InputStream body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return RequestFacts.none(operation);
      }
      RequestFacts facts = new FactsReader(operation, json).facts();
      return json.nextToken() == null ? facts : RequestFacts.none(operation);
    } catch (JacksonException e) {
      return RequestFacts.none(operation);
    }
  }

  private RequestFacts facts() {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      member(name, json.nextToken());
    }
    return new RequestFacts(
        operation,
        characters,
        maxTokens,
        prompts,
        choices,
        bestOf,
        stream,
        tools,
        images,
        format,
        messages);
  }

  private void member(String name, JsonToken value) {
    switch (name) {
      case "messages" -> messages += messages(value);
      case "input" -> input(value);
      case "prompt" -> prompts = inputs(value);
      case "instructions" -> count(value);
      case "max_completion_tokens", "max_output_tokens" -> maxTokens = number(value, maxTokens);
      case "max_tokens" -> maxTokens = maxTokens == null ? number(value, null) : skipped(maxTokens);
      case "n" -> choices = times(value);
      case "best_of" -> bestOf = times(value);
      case "stream" -> stream = value == JsonToken.VALUE_TRUE;
      case "tools", "functions" -> tools |= isFilledArray(value);
      case "response_format" -> format = format(value);
      case "text" -> textOptions(value);
      default -> json.skipChildren();
    }
  }

  /** The items of a response, or what is to be embedded or spoken. */
  private void input(JsonToken value) {
    if (operation.filter(Operation.RESPONSES::equals).isEmpty()) {
      prompts = inputs(value);
    } else if (value == JsonToken.START_ARRAY) {
      messages += messages(value);
    } else {
      count(value);
      messages++;
    }
  }

  /** A text, several, one array of tokens or several; says how many it were. */
  private int inputs(JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      count(value);
      return 1;
    }
    int items = 0;
    boolean tokens = false;
    for (JsonToken item = json.nextToken(); !isEnd(item); item = json.nextToken()) {
      items++;
      if (item == JsonToken.VALUE_NUMBER_INT) {
        tokens = true;
        characters += CHARACTERS_PER_TOKEN;
      } else if (item == JsonToken.START_ARRAY) {
        int unused = inputs(item);
      } else {
        count(item);
      }
    }
    return tokens ? 1 : Math.max(1, items);
  }

  private int messages(JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return 0;
    }
    int items = 0;
    for (JsonToken item = json.nextToken(); !isEnd(item); item = json.nextToken()) {
      items++;
      message(item);
    }
    return items;
  }

  /** {@code output} is what a function has answered. */
  private void message(JsonToken item) {
    if (item != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean says = json.currentName().equals("content") || json.currentName().equals("output");
      JsonToken value = json.nextToken();
      if (says && value == JsonToken.START_ARRAY) {
        parts();
      } else if (says) {
        count(value);
      } else {
        json.skipChildren();
      }
    }
  }

  private void parts() {
    for (JsonToken part = json.nextToken(); !isEnd(part); part = json.nextToken()) {
      if (part == JsonToken.START_OBJECT) {
        part();
      } else {
        json.skipChildren();
      }
    }
  }

  private void part() {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "text", "refusal" -> count(value);
        case "type" -> images |= isText(value) && json.getString().equals("input_image");
        case "image_url" -> {
          images = true;
          json.skipChildren();
        }
        default -> json.skipChildren();
      }
    }
  }

  /** The {@code text} of a response's request, which says what its text must be. */
  private void textOptions(JsonToken value) {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isFormat = json.currentName().equals("format");
      JsonToken option = json.nextToken();
      if (isFormat) {
        format = format(option);
      } else {
        json.skipChildren();
      }
    }
  }

  private AnswerFormat format(JsonToken value) {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return AnswerFormat.TEXT;
    }
    AnswerFormat found = AnswerFormat.TEXT;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isType = json.currentName().equals("type");
      if (isType && isText(json.nextToken())) {
        found = formatOf(json.getString());
      } else if (isType) {
        json.skipChildren();
      } else {
        JsonToken unused = json.nextToken();
        json.skipChildren();
      }
    }
    return found;
  }

  private static AnswerFormat formatOf(String type) {
    return switch (type) {
      case "json_object" -> AnswerFormat.JSON_OBJECT;
      case "json_schema" -> AnswerFormat.JSON_SCHEMA;
      default -> AnswerFormat.TEXT;
    };
  }

  private boolean isFilledArray(JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return false;
    }
    boolean filled = false;
    for (JsonToken item = json.nextToken(); !isEnd(item); item = json.nextToken()) {
      filled = true;
      json.skipChildren();
    }
    return filled;
  }

  private void count(JsonToken value) {
    if (isText(value)) {
      characters += json.getStringLength();
    } else {
      json.skipChildren();
    }
  }

  private int times(JsonToken value) {
    Long number = number(value, null);
    return number == null ? 1 : Math.clamp(number, 1, MOST);
  }

  private @Nullable Long number(JsonToken value, @Nullable Long otherwise) {
    if (value != JsonToken.VALUE_NUMBER_INT) {
      json.skipChildren();
      return otherwise;
    }
    return switch (json.getNumberType()) {
      case INT, LONG -> Math.max(0, json.getLongValue());
      default -> otherwise;
    };
  }

  private Long skipped(Long kept) {
    json.skipChildren();
    return kept;
  }

  private static boolean isText(JsonToken value) {
    return value == JsonToken.VALUE_STRING;
  }

  /** A parser without input says null; one that is cut off has thrown before. */
  private static boolean isEnd(@Nullable JsonToken token) {
    return token == null || token == JsonToken.END_ARRAY;
  }
}
