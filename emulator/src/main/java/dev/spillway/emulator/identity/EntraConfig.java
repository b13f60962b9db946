package dev.spillway.emulator.identity;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Entra that the emulator imitates.
 *
 * @param mode how closely callers' tokens are looked at
 * @param tenant the only tenant there is; null to have any that is asked for
 * @param clients secrets by client id; empty to have any client with any secret
 * @param principals those whose roles are known one by one
 * @param defaultRoles the roles of everybody else
 * @param rolePropagation how long a role that is granted at run time has no effect
 * @param tokenLifetime of every token; null for an hour, and a day for managed identities
 * @param identityHeader what App Service's endpoint for managed identities asks for
 */
public record EntraConfig(
    EntraMode mode,
    @Nullable String tenant,
    Map<String, String> clients,
    List<Principal> principals,
    Set<Role> defaultRoles,
    Duration rolePropagation,
    @Nullable Duration tokenLifetime,
    String identityHeader) {

  public static final String IDENTITY_HEADER = "spillway-identity-header";

  public EntraConfig {
    clients = Collections.unmodifiableMap(new LinkedHashMap<>(clients));
    principals = List.copyOf(principals);
    defaultRoles = Set.copyOf(defaultRoles);
  }

  /** Any tenant, any client, any token that is for the service and not expired. */
  public static EntraConfig defaults() {
    return new EntraConfig(
        EntraMode.TRUST,
        null,
        Map.of(),
        List.of(),
        Set.of(Role.OPENAI_USER),
        Duration.ZERO,
        null,
        IDENTITY_HEADER);
  }
}
