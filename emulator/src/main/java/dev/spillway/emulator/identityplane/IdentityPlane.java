package dev.spillway.emulator.identityplane;

import dev.spillway.emulator.generation.CallSeeds;
import dev.spillway.emulator.identity.Entra;
import dev.spillway.time.TimeSource;
import io.javalin.config.RoutesConfig;

/** The paths of {@code login.microsoftonline.com}, of the IMDS and of App Service. */
public final class IdentityPlane {

  /** Where App Service would say its endpoint is. */
  public static final String APP_SERVICE = "/msi/token";

  private static final String IMDS = "/metadata/identity/oauth2/token";

  private final TokenEndpoint tokens;
  private final ManagedIdentities managed;
  private final Discovery discovery;

  public IdentityPlane(Entra entra, CallSeeds seeds, TimeSource time) {
    this.tokens = new TokenEndpoint(entra, new EntraErrors(seeds, time));
    this.managed = new ManagedIdentities(entra);
    this.discovery = new Discovery(entra);
  }

  public void addTo(RoutesConfig routes) {
    routes.post("/{tenant}/oauth2/v2.0/token", tokens::version2);
    routes.post("/{tenant}/oauth2/token", tokens::version1);
    routes.get("/{tenant}/v2.0/.well-known/openid-configuration", discovery::openIdVersion2);
    routes.get("/{tenant}/.well-known/openid-configuration", discovery::openIdVersion1);
    routes.get("/{tenant}/discovery/v2.0/keys", discovery::keys);
    routes.get("/{tenant}/discovery/keys", discovery::keys);
    routes.get("/discovery/v2.0/keys", discovery::keys);
    routes.get("/common/discovery/instance", discovery::instance);
    routes.get(IMDS, managed::imds);
    routes.get(APP_SERVICE, managed::appService);
  }
}
