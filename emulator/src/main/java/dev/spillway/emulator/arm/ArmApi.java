package dev.spillway.emulator.arm;

import dev.spillway.control.ControlException;
import dev.spillway.control.ControlJson;
import dev.spillway.control.ControlRoutes;
import dev.spillway.control.EmulatorControl;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.deployment.Quotas;
import dev.spillway.emulator.deployment.Resources;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.generation.CallSeeds;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.LimitStoreException;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.ApiVersion;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.wire.HeaderNames;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Azure's resource manager over HTTP: below {@code /subscriptions} on every port, and everything of
 * the host {@code management.azure.com}.
 *
 * <p>The order of checks is the token, the api-version, the route, and then what the path names.
 */
public final class ArmApi {

  private static final String HOST = "management.azure.com";
  private static final String SUBSCRIPTION = "/subscriptions/{subscription}";
  private static final String ACCOUNTS =
      SUBSCRIPTION + "/resourceGroups/{group}/providers/" + Directory.ACCOUNTS;
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  /** The first that knows {@code sku}. */
  private static final LocalDate FIRST_VERSION = LocalDate.of(2023, 5, 1);

  private final ArmCallers callers;
  private final CallSeeds seeds;
  private final List<ArmRoute> routes;

  public ArmApi(
      EmulatorControl control,
      Resources resources,
      Deployments deployments,
      Quotas quotas,
      ModelCatalog catalog,
      CallSeeds seeds,
      TimeSource time,
      ArmCallers callers) {
    this.callers = callers;
    this.seeds = seeds;
    Directory directory = new Directory(resources);
    Ledger ledger = new Ledger(deployments, time);
    this.routes =
        Stream.of(
                new AccountRoutes(directory, resources, catalog, seeds, time.instant())
                    .routes(SUBSCRIPTION, ACCOUNTS),
                new DeploymentRoutes(directory, control, deployments, ledger).routes(ACCOUNTS),
                new LocationRoutes(directory, quotas, catalog).routes(SUBSCRIPTION))
            .flatMap(List::stream)
            .toList();
  }

  /** Takes its requests before anybody else. */
  public void addTo(RoutesConfig config) {
    config.before(ctx -> {
      if (isMine(ctx)) {
        handle(ctx);
        ctx.skipRemainingHandlers();
      }
    });
  }

  private static boolean isMine(Context ctx) {
    List<String> path = ArmRoute.parts(ctx.req().getRequestURI());
    return isAzures(ctx) || (!path.isEmpty() && path.getFirst().equalsIgnoreCase("subscriptions"));
  }

  private static boolean isAzures(Context ctx) {
    return HOST.equalsIgnoreCase(ctx.req().getServerName());
  }

  private void handle(Context ctx) throws IOException {
    byte[] body = ctx.req().getInputStream().readNBytes(MOST_BYTES + 1);
    CallSeed seed = seeds.next(ctx.req().getMethod() + " " + ctx.req().getRequestURI(), body);
    ctx.header("Cache-Control", "no-cache");
    ctx.header("x-ms-request-id", seed.guid("x-ms-request-id"));
    ctx.header("x-ms-correlation-request-id", seed.guid("x-ms-correlation-request-id"));
    try {
      send(ctx, answer(ctx, body));
    } catch (ArmRefusal refusal) {
      refuse(ctx, refusal);
    } catch (ControlException refusal) {
      refuse(ctx, ArmRefusal.of(refusal));
    } catch (LimitStoreException gone) {
      refuse(ctx, new ArmRefusal(503, "ServiceUnavailable", String.valueOf(gone.getMessage())));
    }
  }

  private ArmAnswer answer(Context ctx, byte[] body) {
    callers.check(ctx.header(HeaderNames.AUTHORIZATION), ctx.header(ControlRoutes.ADMIN_KEY));
    checkVersion(ctx.queryParam("api-version"));
    if (body.length > MOST_BYTES) {
      throw new ArmRefusal(
          413, "RequestContentTooLarge", "The request content is longer than 4 MiB.");
    }
    List<String> path =
        ArmRoute.parts(ctx.req().getRequestURI()).stream().map(ArmApi::unescaped).toList();
    for (ArmRoute route : routes) {
      Optional<Map<String, String>> found = route.match(path);
      if (found.isPresent() && route.method().equals(ctx.req().getMethod())) {
        return route.handler().apply(new ArmRequest(found.get(), address(ctx), body));
      }
    }
    throw nothingHere(ctx, path);
  }

  private ArmRefusal nothingHere(Context ctx, List<String> path) {
    String call = ctx.req().getMethod() + " /" + String.join("/", path);
    return routes.stream().anyMatch(route -> route.match(path).isPresent())
        ? new ArmRefusal(405, "MethodNotAllowed", "The emulator does not imitate " + call + ".")
        : new ArmRefusal(
            404,
            "InvalidResourceType",
            "The resource type could not be found: the emulator does not imitate " + call + ".");
  }

  private static void checkVersion(@Nullable String version) {
    if (version == null || version.isEmpty()) {
      throw new ArmRefusal(
          400,
          "MissingApiVersionParameter",
          "The api-version query parameter (?api-version=) is required for all requests.");
    }
    if (ApiVersion.parse(version).filter(one -> one.isSince(FIRST_VERSION)).isEmpty()) {
      throw new ArmRefusal(
          400,
          "InvalidApiVersionParameter",
          "The api-version '%s' is invalid. The supported versions are dates from %s on."
              .formatted(version, FIRST_VERSION));
    }
  }

  private static String unescaped(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Where the caller reaches the emulator, unless it took it for Azure's own resource manager. */
  private static String address(Context ctx) {
    return isAzures(ctx) ? "" : ctx.scheme() + "://" + ctx.host();
  }

  private static void refuse(Context ctx, ArmRefusal refusal) {
    String message = String.valueOf(refusal.getMessage());
    if (refusal.status() == 401) {
      ctx.header(
          "WWW-Authenticate",
          "Bearer authorization_uri=\"https://login.microsoftonline.com/common\","
              + " error=\"invalid_token\", error_description=\""
              + message.replace('"', '\'')
              + "\"");
    }
    json(ctx, refusal.status(), new ErrorEnvelope(refusal.code(), message).toCompactJson());
  }

  private static void send(Context ctx, ArmAnswer answer) {
    if (answer.body() == null) {
      ctx.status(answer.status());
    } else {
      json(ctx, answer.status(), ControlJson.mapper().writeValueAsString(answer.body()));
    }
  }

  private static void json(Context ctx, int status, String body) {
    ctx.status(status).contentType("application/json; charset=utf-8").result(body);
  }
}
