package dev.spillway.emulator.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose roles are known.
 *
 * @param id a client id, an object id, or {@link #SYSTEM_ASSIGNED}
 * @param oid the object id that its tokens hold; null for one that follows from its id
 * @param resources where the roles are assigned; empty for everywhere
 */
public record Principal(String id, @Nullable String oid, Set<Role> roles, Set<String> resources) {

  /** The id of the managed identity that is there when none is asked for by name. */
  public static final String SYSTEM_ASSIGNED = "system-assigned";

  public Principal {
    if (id.isBlank() || id.length() > 128) {
      throw new IllegalArgumentException("a principal's id is 1 to 128 characters");
    }
    roles = Set.copyOf(roles);
    resources = Set.copyOf(resources);
  }

  boolean may(DataAction action, String resource) {
    return isOn(resource) && roles.stream().anyMatch(role -> role.allows(action));
  }

  private boolean isOn(String resource) {
    return resources.isEmpty() || resources.contains(resource);
  }
}
