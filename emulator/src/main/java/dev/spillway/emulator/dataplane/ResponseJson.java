package dev.spillway.emulator.dataplane;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How responses are written: a whole one over many lines, an event on one. */
final class ResponseJson {

  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final JsonMapper JSON = new JsonMapper();
  private static final DefaultIndenter TWO_BLANKS = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter PRETTY =
      JSON.writer()
          .with(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                          .withObjectEmptySeparator("")
                          .withArrayEmptySeparator(""))
                  .withObjectIndenter(TWO_BLANKS)
                  .withArrayIndenter(TWO_BLANKS));

  private ResponseJson() {}

  /** Two blanks, line feeds, none at the end. */
  static byte[] pretty(JsonNode node) {
    return PRETTY.writeValueAsBytes(node);
  }

  static byte[] compact(JsonNode node) {
    return JSON.writeValueAsBytes(node);
  }

  static JsonNode read(byte[] json) {
    return JSON.readTree(json);
  }

  /** An event whose members, but for its type, stand in the order of the alphabet. */
  static byte[] event(String type, int sequenceNumber, Map<String, JsonNode> members) {
    Map<String, JsonNode> sorted = new TreeMap<>(members);
    sorted.put("sequence_number", NODES.numberNode(sequenceNumber));
    ObjectNode data = NODES.objectNode().put("type", type);
    sorted.forEach(data::set);
    String head = "event: " + type + "\ndata: ";
    return (head + JSON.writeValueAsString(data) + "\n\n").getBytes(StandardCharsets.UTF_8);
  }
}
