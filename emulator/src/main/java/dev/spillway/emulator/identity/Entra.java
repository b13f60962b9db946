package dev.spillway.emulator.identity;

import dev.spillway.time.TimeSource;
import java.util.Map;

/** All parts of the imitated Entra. */
public final class Entra {

  private final EntraConfig config;
  private final Tenants tenants;
  private final SigningKey key;
  private final RoleAssignments roles;
  private final Directory directory;
  private final TokenIssuer issuer;
  private final TokenCheck check;

  public Entra(EntraConfig config, TimeSource time) {
    this.config = config;
    this.tenants = new Tenants(config.tenant());
    this.key = new SigningKey();
    this.roles = new RoleAssignments(config, time);
    this.directory = new Directory(tenants, config.clients(), roles);
    this.issuer = new TokenIssuer(tenants, key, time, config.tokenLifetime());
    this.check = new TokenCheck(config.mode(), tenants, key, time);
  }

  /** Whether roles are looked at. */
  public boolean asksForRoles() {
    return config.mode() == EntraMode.VALIDATED;
  }

  public String identityHeader() {
    return config.identityHeader();
  }

  public Tenants tenants() {
    return tenants;
  }

  public RoleAssignments roles() {
    return roles;
  }

  public Directory directory() {
    return directory;
  }

  public TokenIssuer issuer() {
    return issuer;
  }

  public TokenCheck check() {
    return check;
  }

  /** What tokens can be checked with, as a JSON Web Key (RFC 7517). */
  public Map<String, String> publicKey() {
    return Map.of(
        "kty", "RSA",
        "use", "sig",
        "kid", key.id(),
        "x5t", key.id(),
        "n", key.modulus(),
        "e", key.exponent());
  }
}
