package dev.spillway.emulator.request;

import java.util.List;

/** Whether a model is to call tools. */
public sealed interface ToolChoice {

  record None() implements ToolChoice {}

  record Auto() implements ToolChoice {}

  /** At least one, whichever. */
  record Required() implements ToolChoice {}

  record Named(String tool) implements ToolChoice {}

  /**
   * Some of the tools only.
   *
   * @param required whether it has to call one of them
   */
  record Allowed(List<String> tools, boolean required) implements ToolChoice {}
}
