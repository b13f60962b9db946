package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Resource;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.HeaderNames;
import io.javalin.http.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks a caller's credentials. */
final class Callers {

  private static final String BEARER = "Bearer ";

  /**
   * Looks for one of the resource's keys: as {@code api-key}, or on v1 also as a bearer token.
   *
   * @param path asked of the resource
   */
  Knock check(Context ctx, Resource resource, String path) {
    String key = ctx.header(HeaderNames.API_KEY);
    if (key == null && path.startsWith(AzureRoute.V1_PREFIX)) {
      key = bearer(ctx.header(HeaderNames.AUTHORIZATION));
    }
    return Optional.ofNullable(key)
        .flatMap(resource::keyName)
        .<Knock>map(Knock.Admitted::new)
        .orElseGet(Knock.Unauthorized::new);
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : null;
  }
}
