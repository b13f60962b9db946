package dev.spillway.emulator;

import dev.spillway.control.FaultSpec;
import dev.spillway.emulator.fault.Faults;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What faults cannot be together with the resources that there are. */
final class FaultCheck {

  private FaultCheck() {}

  /** The first problem, in a sentence. */
  static Optional<String> problem(List<FaultSpec> faults, List<ResourceConfig> resources) {
    Set<String> names = new HashSet<>();
    for (FaultSpec fault : faults) {
      if (!names.add(fault.name())) {
        return Optional.of("two faults are called '" + fault.name() + "'");
      }
      Optional<String> problem = problem(fault, resources);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  static Optional<String> problem(FaultSpec fault, List<ResourceConfig> resources) {
    String resource = fault.match().resource();
    boolean known =
        resource == null
            || resources.stream().anyMatch(one -> one.resource().name().equals(resource));
    return known
        ? Faults.problem(fault, ports(resources))
        : Optional.of("there is no resource '" + resource + "'");
  }

  /** The names of the resources that have a port of their own. */
  static Set<String> ports(List<ResourceConfig> resources) {
    Set<String> names = new HashSet<>();
    for (ResourceConfig resource : resources) {
      if (resource.listen() != null) {
        names.add(resource.resource().name());
      }
    }
    return names;
  }
}
