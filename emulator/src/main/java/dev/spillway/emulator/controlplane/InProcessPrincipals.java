package dev.spillway.emulator.controlplane;

import dev.spillway.control.ControlException;
import dev.spillway.control.PrincipalSpec;
import dev.spillway.emulator.deployment.Resources;
import dev.spillway.emulator.identity.Principal;
import dev.spillway.emulator.identity.Role;
import dev.spillway.emulator.identity.RoleAssignments;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Steers who has which roles. */
final class InProcessPrincipals {

  private final RoleAssignments roles;
  private final Resources resources;

  InProcessPrincipals(RoleAssignments roles, Resources resources) {
    this.roles = roles;
    this.resources = resources;
  }

  List<PrincipalSpec> all() {
    return roles.all().stream().map(InProcessPrincipals::spec).toList();
  }

  PrincipalSpec put(PrincipalSpec spec) {
    Principal principal = principal(spec);
    roles.grant(principal);
    return spec(principal);
  }

  void delete(String id) {
    if (!roles.forget(id)) {
      throw ControlException.noPrincipal(id);
    }
  }

  void reset() {
    roles.reset();
  }

  private Principal principal(PrincipalSpec spec) {
    spec.resources().stream()
        .filter(name -> resources.find(name).isEmpty())
        .findFirst()
        .ifPresent(name -> {
          throw ControlException.invalid(noSuch("resource", name));
        });
    Set<Role> granted =
        spec.roles().stream().map(InProcessPrincipals::role).collect(Collectors.toSet());
    try {
      return new Principal(spec.id(), spec.oid(), granted, Set.copyOf(spec.resources()));
    } catch (IllegalArgumentException e) {
      throw ControlException.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static Role role(String name) {
    Role role = Role.BY_NAME.get(name);
    if (role == null) {
      throw ControlException.invalid(
          noSuch("role", name) + "; there is " + String.join(", ", Role.BY_NAME.keySet()));
    }
    return role;
  }

  private static String noSuch(String kind, String name) {
    return "there is no " + kind + " '" + name + "'";
  }

  private static PrincipalSpec spec(Principal principal) {
    return new PrincipalSpec(
        principal.id(),
        principal.oid(),
        principal.roles().stream().map(Role::azureName).sorted().toList(),
        principal.resources().stream().sorted().toList());
  }
}
