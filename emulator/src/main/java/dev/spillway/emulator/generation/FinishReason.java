package dev.spillway.emulator.generation;

import java.util.Locale;

/** Why an answer ends, as {@code finish_reason} writes it. */
public enum FinishReason {
  STOP,
  LENGTH,
  TOOL_CALLS,
  /** Of a call of what was given as {@code functions}. */
  FUNCTION_CALL,
  CONTENT_FILTER;

  public String onTheWire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
