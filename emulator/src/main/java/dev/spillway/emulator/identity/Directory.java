package dev.spillway.emulator.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The applications and managed identities that tokens are issued to. */
public final class Directory {

  private final Tenants tenants;
  private final Map<String, String> secrets;
  private final RoleAssignments roles;

  Directory(Tenants tenants, Map<String, String> secrets, RoleAssignments roles) {
    this.tenants = tenants;
    this.secrets = secrets;
    this.roles = roles;
  }

  /** A client that proves itself by its secret; where none is configured, any secret does. */
  public ClientCheck bySecret(String tenant, String clientId, String secret) {
    if (secrets.isEmpty()) {
      return known(tenant, clientId);
    }
    String right = secrets.get(clientId);
    if (right == null) {
      return new ClientCheck.NoSuchClient();
    }
    return MessageDigest.isEqual(bytes(right), bytes(secret))
        ? known(tenant, clientId)
        : new ClientCheck.WrongSecret();
  }

  /** A client that proves itself by somebody else's token, whose signature cannot be checked. */
  public ClientCheck byAssertion(String tenant, String clientId) {
    return isKnown(clientId) ? known(tenant, clientId) : new ClientCheck.NoSuchClient();
  }

  /** The managed identity of a machine that has one only. */
  public Application systemAssigned() {
    Optional<Principal> configured = roles.find(Principal.SYSTEM_ASSIGNED);
    String clientId = Tenants.guid(Principal.SYSTEM_ASSIGNED);
    String oid = configured.map(Principal::oid).orElseGet(() -> oid(clientId));
    return new Application(tenants.own(), clientId, oid, true);
  }

  /** The managed identity with this client id or object id, when there is one. */
  public Optional<Application> managed(@Nullable String clientId, @Nullable String objectId) {
    String id = clientId != null ? clientId : objectId;
    if (id == null) {
      return Optional.of(systemAssigned());
    }
    if (!isKnown(id)) {
      return Optional.empty();
    }
    String client = clientId != null ? clientId : Tenants.guid("client " + id);
    String oid = objectId != null ? objectId : oid(id);
    return Optional.of(new Application(tenants.own(), client, oid, true));
  }

  private boolean isKnown(String id) {
    return secrets.isEmpty() || secrets.containsKey(id) || roles.find(id).isPresent();
  }

  private ClientCheck known(String tenant, String clientId) {
    return new ClientCheck.Known(new Application(tenant, clientId, oid(clientId), false));
  }

  private String oid(String clientId) {
    return roles
        .find(clientId)
        .map(Principal::oid)
        .orElseGet(() -> Tenants.guid("object " + clientId));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
