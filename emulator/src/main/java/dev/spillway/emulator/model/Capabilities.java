package dev.spillway.emulator.model;

import dev.spillway.wire.Operation;
import java.util.List;
import java.util.Set;

/**
 * What a model can do.
 *
 * @param all whatever its version
 * @param completingVersions those that also do legacy completions, which later ones do not
 */
public record Capabilities(Set<Capability> all, List<String> completingVersions) {

  public Capabilities {
    all = Set.copyOf(all);
    completingVersions = List.copyOf(completingVersions);
  }

  public boolean has(Capability capability) {
    return all.contains(capability);
  }

  /** Whether an operation can be asked of that version. */
  public boolean does(Operation operation, String version) {
    return has(Capability.of(operation))
        || (operation == Operation.COMPLETIONS && completingVersions.contains(version));
  }
}
