package dev.spillway.emulator.model;

import java.util.List;

/**
 * How much a reasoning model can be told to think.
 *
 * @param known the words for it
 * @param usual the one that is meant when nothing is said
 */
public record ReasoningEfforts(List<String> known, String usual) {

  private static final ReasoningEfforts O_SERIES =
      new ReasoningEfforts(List.of("low", "medium", "high"), "medium");
  private static final ReasoningEfforts GPT_5 =
      new ReasoningEfforts(List.of("minimal", "low", "medium", "high"), "medium");
  private static final ReasoningEfforts GPT_5_1 =
      new ReasoningEfforts(List.of("none", "low", "medium", "high"), "none");
  private static final ReasoningEfforts LATER =
      new ReasoningEfforts(List.of("none", "low", "medium", "high", "xhigh"), "none");

  /** Of a reasoning model. */
  public static ReasoningEfforts of(ModelProfile model) {
    String name = model.name();
    if (name.startsWith("o")) {
      return O_SERIES;
    }
    if (name.startsWith("gpt-5.1")) {
      return GPT_5_1;
    }
    return name.startsWith("gpt-5") && !name.startsWith("gpt-5.") ? GPT_5 : LATER;
  }
}
