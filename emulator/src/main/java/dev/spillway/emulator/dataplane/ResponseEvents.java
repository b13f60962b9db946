package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.CallSeed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Numbers the events of one response's stream, and hands them out as far as they were not yet.
 *
 * <p>Deltas are padded to a multiple of 16 characters, counted in captures of 2026.
 */
final class ResponseEvents {

  private static final int PADDED_TO = 16;

  private final boolean padded;
  private final SplittableRandom padding;
  private final List<byte[]> all = new ArrayList<>();
  private int handedOut;

  /**
   * @param padded whether deltas have {@code obfuscation}
   */
  ResponseEvents(boolean padded, CallSeed seed) {
    this.padded = padded;
    this.padding = seed.random("obfuscation");
  }

  /** An event about the whole response. */
  void response(String type, ObjectNode response) {
    event(type, Map.of("response", response));
  }

  /** An event about an item. */
  void item(String type, int outputIndex, ObjectNode item) {
    event(type, Map.of("item", item, "output_index", number(outputIndex)));
  }

  /** An event about a part or the text of an item. */
  void inside(String type, int outputIndex, ObjectNode item, Map<String, JsonNode> more) {
    Map<String, JsonNode> members = new HashMap<>(more);
    members.put("item_id", item.path("id"));
    members.put("output_index", number(outputIndex));
    event(type, members);
  }

  /** A piece of an item's text. */
  void delta(
      String type, int outputIndex, ObjectNode item, String text, Map<String, JsonNode> more) {
    Map<String, JsonNode> members = new HashMap<>(more);
    members.put("delta", text(text));
    if (padded) {
      int letters = Math.floorMod(-text.length(), PADDED_TO);
      members.put("obfuscation", text(CallSeed.letters(padding, letters)));
    }
    inside(type, outputIndex, item, members);
  }

  void event(String type, Map<String, JsonNode> members) {
    all.add(ResponseJson.event(type, all.size(), members));
  }

  /** What came since the last time. */
  byte[] take() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    all.subList(handedOut, all.size()).forEach(out::writeBytes);
    handedOut = all.size();
    return out.toByteArray();
  }

  List<byte[]> all() {
    return all;
  }

  static JsonNode number(int value) {
    return ResponseJson.NODES.numberNode(value);
  }

  static JsonNode text(String value) {
    return ResponseJson.NODES.stringNode(value);
  }
}
