package dev.spillway.emulator.generation;

import dev.spillway.emulator.model.ModelClass;

/**
 * Tokens that calls of tools are billed with beside their names and arguments.
 *
 * <p>One call: 7, of older chat models 4. Two at once: 28. Counted in captures; that every further
 * one adds 10 is assumed.
 */
public final class CallCost {

  private CallCost() {}

  public static int frame(int calls, ModelClass modelClass) {
    return switch (calls) {
      case 0 -> 0;
      case 1 -> modelClass == ModelClass.OLDER_CHAT ? 4 : 7;
      default -> 8 + 10 * calls;
    };
  }
}
