package dev.spillway.emulator.inference;

import dev.spillway.control.stub.StubUsage;
import dev.spillway.emulator.generation.Generator;
import dev.spillway.emulator.request.InvalidRequest;

/** Who writes the answer to a request. */
sealed interface Author {

  /**
   * Somebody.
   *
   * @param usage what is billed in the place of what is counted
   */
  record Somebody(Generator generator, StubUsage usage) implements Author {}

  /** Nobody, because no stub fits and the deployment has nothing else. */
  record Nobody(InvalidRequest problem) implements Author {}
}
