package dev.spillway.control.stub;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A tool that an answer calls.
 *
 * @param arguments an object whose texts are templates, or one template for all of the arguments'
 *     JSON, which then need not be JSON
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StubCall(String name, JsonNode arguments) {

  private static final JsonMapper JSON = JsonMapper.shared();

  @SuppressWarnings("ConstantValue") // JSON may leave anything out
  public StubCall {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("a call names no tool");
    }
    arguments = orNone(arguments);
    if (!arguments.isObject() && !arguments.isString()) {
      throw new IllegalArgumentException(
          "the arguments of a call are an object, or a text for them, not " + arguments);
    }
  }

  /** A call with arguments as Jackson writes them. */
  public static StubCall of(String name, Map<String, ?> arguments) {
    return new StubCall(name, JSON.valueToTree(arguments));
  }

  /** A call whose arguments are this text, whether it is JSON or not. */
  public static StubCall raw(String name, String arguments) {
    return new StubCall(name, JsonNodeFactory.instance.stringNode(arguments));
  }

  private static JsonNode orNone(@Nullable JsonNode arguments) {
    return arguments == null || arguments.isNull()
        ? JsonNodeFactory.instance.objectNode()
        : arguments;
  }
}
