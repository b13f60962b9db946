package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.identity.Audience;
import dev.spillway.emulator.identity.Claims;
import dev.spillway.emulator.identity.DataAction;
import dev.spillway.emulator.identity.Entra;
import dev.spillway.emulator.identity.Permission;
import dev.spillway.emulator.identity.TokenCheck;
import dev.spillway.emulator.identity.TokenVerdict;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.Operation;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks where a caller comes from and with which credentials: a key, or a token of Entra. */
final class Callers {

  private static final String BEARER = "Bearer";
  private static final String FOUNDRY_HOSTS = ".services.ai.azure.com";

  private final Entra entra;

  Callers(Entra entra) {
    this.entra = entra;
  }

  /**
   * Looks at the address first, so that nobody outside learns whether a key is right.
   *
   * @param path asked of the resource
   */
  Knock check(Context ctx, Resource resource, String path) {
    String forwarded = ctx.header("x-forwarded-for");
    if (!resource.access().firewall().lets(ctx.req().getRemoteAddr(), forwarded)) {
      return new Knock.Firewalled();
    }
    Knock knock = credentials(ctx, resource, path);
    return resource.access().blocked() && knock instanceof Knock.Admitted admitted
        ? new Knock.Blocked(admitted.caller())
        : knock;
  }

  /** A key goes before a token; on v1 a key may come as a bearer token. */
  private Knock credentials(Context ctx, Resource resource, String path) {
    String key = ctx.header(HeaderNames.API_KEY);
    String bearer = bearer(ctx.header(HeaderNames.AUTHORIZATION));
    if (bearer == null || (key != null && !key.isBlank())) {
      return key == null ? new Knock.Unauthorized() : byKey(resource, key);
    }
    boolean v1 = path.startsWith(AzureRoute.V1_PREFIX);
    if (v1 && (resource.keyName(bearer).isPresent() || !TokenCheck.looksLikeToken(bearer))) {
      return byKey(resource, bearer);
    }
    return switch (entra.check().check(bearer, Audience.OF_THE_DATA_PLANE)) {
      case TokenVerdict.Invalid invalid -> new Knock.BadToken(invalid.why(), audience(ctx));
      case TokenVerdict.Valid valid -> byRole(ctx, resource, path, valid.claims());
    };
  }

  private static Knock byKey(Resource resource, String key) {
    if (!resource.access().localAuth()) {
      return new Knock.KeysDisabled();
    }
    return resource.keyName(key).<Knock>map(Knock.Admitted::new).orElseGet(Knock.Unauthorized::new);
  }

  /** What is no operation needs no role: it is not found. */
  private Knock byRole(Context ctx, Resource resource, String path, Claims claims) {
    Optional<AzureRoute> route = AzureRoute.parse(path);
    Optional<DataAction> action = route.flatMap(known -> action(ctx.req().getMethod(), known));
    if (!entra.asksForRoles() || action.isEmpty()) {
      return new Knock.Admitted(claims.shown());
    }
    return switch (entra.roles().may(claims, action.get(), resource.name())) {
      case Permission.Granted granted -> new Knock.Admitted(claims.shown());
      case Permission.Propagating propagating -> new Knock.RolePropagating(claims);
      case Permission.Lacking lacking ->
          new Knock.LacksRole(
              claims, lacking.action(), ctx.req().getMethod() + " " + template(route.get()));
    };
  }

  private static Optional<DataAction> action(String method, AzureRoute route) {
    return Operation.byPath(route.rest())
        .map(DataAction::of)
        .or(() -> DataAction.ofKept(method, route.rest()));
  }

  /** The path as errors write it: without the deployment's name. */
  private static String template(AzureRoute route) {
    return switch (route) {
      case AzureRoute.Dated dated -> AzureRoute.DEPLOYMENTS + "{deployment-id}/" + dated.rest();
      case AzureRoute.Resource resource -> resource.path();
      case AzureRoute.V1 v1 -> v1.path();
    };
  }

  private static String audience(Context ctx) {
    String host = ctx.req().getServerName();
    return host != null && host.toLowerCase(Locale.ROOT).endsWith(FOUNDRY_HOSTS)
        ? "https://ai.azure.com/"
        : "https://cognitiveservices.azure.com";
  }

  /** What comes behind {@code Bearer}, be it nothing; null for another scheme or no header. */
  private static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null
            && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
            && (authorization.length() == BEARER.length()
                || authorization.charAt(BEARER.length()) == ' ')
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }
}
