package dev.spillway.emulator.request;

/** Whether a model is to call tools. */
public sealed interface ToolChoice {

  record None() implements ToolChoice {}

  record Auto() implements ToolChoice {}

  /** At least one, whichever. */
  record Required() implements ToolChoice {}

  record Named(String tool) implements ToolChoice {}
}
