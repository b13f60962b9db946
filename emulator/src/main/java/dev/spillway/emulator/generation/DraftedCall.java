package dev.spillway.emulator.generation;

import java.util.List;

/**
 * A call of a tool.
 *
 * @param arguments their JSON text, token by token
 */
public record DraftedCall(String name, List<String> arguments) {

  public String json() {
    return String.join("", arguments);
  }
}
