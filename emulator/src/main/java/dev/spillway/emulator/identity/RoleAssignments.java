package dev.spillway.emulator.identity;

import dev.spillway.time.TimeSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who has which roles, as it stands; safe for any number of threads.
 *
 * <p>A role that is granted at run time takes a while until it works; one that is taken away stops
 * at once.
 */
public final class RoleAssignments {

  /**
   * What somebody has.
   *
   * @param since the moment from which on it counts
   */
  private record Assignment(Principal principal, Instant since) {}

  private final EntraConfig config;
  private final TimeSource time;
  private final Principal everybodyElse;
  private final Map<String, Assignment> byId = new ConcurrentHashMap<>();

  RoleAssignments(EntraConfig config, TimeSource time) {
    this.config = config;
    this.time = time;
    this.everybodyElse = new Principal("everybody else", null, config.defaultRoles(), Set.of());
    reset();
  }

  /** Whether the principal of a token may do this with a resource. */
  public Permission may(Claims claims, DataAction action, String resource) {
    Optional<Assignment> found = of(claims);
    if (!found.map(Assignment::principal).orElse(everybodyElse).may(action, resource)) {
      return new Permission.Lacking(action);
    }
    boolean early = found.filter(one -> time.instant().isBefore(one.since())).isPresent();
    return early ? new Permission.Propagating() : new Permission.Granted();
  }

  private Optional<Assignment> of(Claims claims) {
    return Stream.of(claims.clientId(), claims.oid(), systemAssigned(claims))
        .flatMap(Stream::ofNullable)
        .flatMap(id -> Stream.ofNullable(byId.get(id)))
        .findFirst()
        .or(() -> byOid(claims.oid()));
  }

  private static @Nullable String systemAssigned(Claims claims) {
    return Tenants.guid(Principal.SYSTEM_ASSIGNED).equals(claims.clientId())
        ? Principal.SYSTEM_ASSIGNED
        : null;
  }

  private Optional<Assignment> byOid(@Nullable String oid) {
    return byId.values().stream()
        .filter(one -> oid != null && oid.equals(one.principal().oid()))
        .findFirst();
  }

  Optional<Principal> find(String id) {
    return Optional.ofNullable(byId.get(id)).map(Assignment::principal);
  }

  /** In the order of their ids. */
  public List<Principal> all() {
    return byId.values().stream()
        .map(Assignment::principal)
        .sorted(Comparator.comparing(Principal::id))
        .toList();
  }

  /** Gives somebody these roles instead of those they had. */
  public void grant(Principal principal) {
    byId.put(
        principal.id(), new Assignment(principal, time.instant().plus(config.rolePropagation())));
  }

  /** Whether there was somebody of that id. */
  public boolean forget(String id) {
    return byId.remove(id) != null;
  }

  /** Back to how it was at the start. */
  public void reset() {
    byId.clear();
    config
        .principals()
        .forEach(principal -> byId.put(principal.id(), new Assignment(principal, Instant.MIN)));
  }
}
