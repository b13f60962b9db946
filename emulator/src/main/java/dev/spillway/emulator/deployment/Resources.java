package dev.spillway.emulator.deployment;

import java.util.List;
import java.util.Optional;

/** The resources of this emulator, in the order of the configuration. */
public final class Resources {

  private final List<Resource> all;

  /**
   * Serves these.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Resources(List<Resource> resources) {
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("there is no resource");
    }
    this.all = List.copyOf(resources);
  }

  public List<Resource> all() {
    return all;
  }

  /** The one that is meant where none is named. */
  public Resource first() {
    return all.getFirst();
  }

  public boolean isFirst(Resource resource) {
    return resource.name().equals(first().name());
  }

  public Optional<Resource> find(String name) {
    return all.stream().filter(resource -> resource.name().equals(name)).findFirst();
  }
}
