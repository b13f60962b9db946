package dev.spillway.emulator.stored;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A response before its end, made from what it is in the end. */
public final class Unfinished {

  /** What is null until it ends, as far as its year has it. */
  private static final List<String> LATER =
      List.of("completed_at", "content_filters", "error", "incomplete_details", "usage");

  private Unfinished() {}

  /** The same members in the same order. */
  public static ObjectNode of(ObjectNode finished, String status) {
    ObjectNode before = finished.deepCopy();
    before.put("status", status);
    LATER.stream().filter(before::has).forEach(before::putNull);
    before.putArray("output");
    if (before.path("service_tier").asString("").equals("default")) {
      before.put("service_tier", "auto");
    }
    return before;
  }
}
