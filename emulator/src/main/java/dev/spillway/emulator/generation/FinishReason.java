package dev.spillway.emulator.generation;

import java.util.Locale;

/** Why an answer ends, as {@code finish_reason} writes it. */
public enum FinishReason {
  STOP,
  LENGTH,
  TOOL_CALLS,
  CONTENT_FILTER;

  public String onTheWire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
