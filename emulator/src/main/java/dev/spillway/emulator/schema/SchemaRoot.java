package dev.spillway.emulator.schema;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A whole schema, in which a {@code $ref} looks for its target.
 *
 * <p>A reference that leads out of the schema, or nowhere, stands for the schema that everything
 * fits.
 */
record SchemaRoot(JsonNode schema) {

  private static final JsonNode ANYTHING = JsonNodeFactory.instance.booleanNode(true);

  JsonNode target(JsonNode ref) {
    if (!ref.isString() || !ref.stringValue().startsWith("#")) {
      return ANYTHING;
    }
    String pointer = ref.stringValue().substring(1);
    return pointer.isEmpty() ? schema : at(pointer);
  }

  private JsonNode at(String pointer) {
    try {
      String decoded = URLDecoder.decode(pointer.replace("+", "%2B"), StandardCharsets.UTF_8);
      JsonNode target = schema.at(JsonPointer.compile(decoded));
      return target.isMissingNode() ? ANYTHING : target;
    } catch (IllegalArgumentException e) {
      return ANYTHING;
    }
  }
}
