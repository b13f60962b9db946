package dev.spillway.router.stored;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Finds ids in JSON, token by token. */
public final class ObjectIds {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> REFERENCES =
      Set.of("previous_response_id", "input_file_id", "training_file", "conversation");

  private ObjectIds() {}

  /** What a request refers to: what an earlier one has left at a backend. */
  public static List<String> referredTo(InputStream request) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), request)) {
      return members(json, REFERENCES::contains);
    } catch (JacksonException e) {
      return List.of();
    }
  }

  /**
   * What an answer shows to be at the backend that gave it: the object itself, the files that it
   * names, and all that it lists.
   */
  public static List<String> shownBy(byte[] answer) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer)) {
      return members(json, name -> name.equals("id") || name.endsWith("_file_id"));
    } catch (JacksonException e) {
      return List.of();
    }
  }

  /** The texts of some members, of those of a nested {@code response}, and of listed objects. */
  private static List<String> members(JsonParser json, Predicate<String> wanted) {
    List<String> ids = new ArrayList<>(2);
    if (json.nextToken() == JsonToken.START_OBJECT) {
      collect(json, wanted, ids);
    }
    return ids;
  }

  private static void collect(JsonParser json, Predicate<String> wanted, List<String> ids) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_STRING && wanted.test(name)) {
        ids.add(json.getString());
      } else if (value == JsonToken.START_OBJECT && name.equals("response")) {
        collect(json, wanted, ids);
      } else if (value == JsonToken.START_OBJECT && name.equals("conversation")) {
        collect(json, "id"::equals, ids);
      } else if (value == JsonToken.START_ARRAY && name.equals("data")) {
        collectEach(json, wanted, ids);
      } else {
        json.skipChildren();
      }
    }
  }

  private static void collectEach(JsonParser json, Predicate<String> wanted, List<String> ids) {
    for (JsonToken each = json.nextToken(); each != JsonToken.END_ARRAY; each = json.nextToken()) {
      if (each == null) {
        return;
      }
      if (each == JsonToken.START_OBJECT) {
        collect(json, wanted, ids);
      } else {
        json.skipChildren();
      }
    }
  }
}
