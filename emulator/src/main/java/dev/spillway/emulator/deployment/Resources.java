package dev.spillway.emulator.deployment;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The resources of this emulator, in the order of the configuration; safe for any number of
 * threads.
 */
public final class Resources {

  private volatile List<Resource> all = List.of();

  /**
   * Serves these.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Resources(List<Resource> resources) {
    follow(resources);
  }

  /** Serves these from now on, as one step. */
  public final synchronized void follow(List<Resource> resources) {
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("there is no resource");
    }
    all = List.copyOf(resources);
  }

  /**
   * Serves another one instead of the one of this name, and returns it.
   *
   * @param change gives another one of the same name
   */
  public synchronized Resource change(String name, UnaryOperator<Resource> change) {
    Resource changed = change.apply(find(name).orElseThrow());
    follow(all.stream().map(one -> one.name().equals(name) ? changed : one).toList());
    return changed;
  }

  public List<Resource> all() {
    return all;
  }

  /** The one that is meant where none is named. */
  public Resource first() {
    return all.getFirst();
  }

  /** What must stand before Azure's paths so that they mean this one; nothing for the first. */
  public String prefixOf(String name) {
    return name.equals(first().name()) ? "" : Resource.prefix(name);
  }

  public Optional<Resource> find(String name) {
    return all.stream().filter(resource -> resource.name().equals(name)).findFirst();
  }
}
