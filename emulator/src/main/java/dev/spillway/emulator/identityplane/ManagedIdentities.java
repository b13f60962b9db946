package dev.spillway.emulator.identityplane;

import dev.spillway.emulator.identity.Application;
import dev.spillway.emulator.identity.Entra;
import dev.spillway.emulator.identity.IssuedToken;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a machine of Azure's gets tokens for its identity: the IMDS, and App Service's own. */
final class ManagedIdentities {

  private static final List<String> APP_SERVICE_VERSIONS = List.of("2019-08-01", "2025-03-30");

  private final Entra entra;

  ManagedIdentities(Entra entra) {
    this.entra = entra;
  }

  /** Of virtual machines, and chosen by {@code AZURE_POD_IDENTITY_AUTHORITY_HOST}. */
  void imds(Context ctx) {
    if (!"true".equalsIgnoreCase(ctx.header("Metadata"))) {
      imdsRefuses(ctx, "Required metadata header not specified");
    } else if (isMissing(ctx, "api-version")) {
      imdsRefuses(ctx, "Required query variable 'api-version' is missing");
    } else if (isMissing(ctx, "resource")) {
      imdsRefuses(ctx, "Required query variable 'resource' is missing");
    } else {
      identity(ctx)
          .ifPresentOrElse(
              found -> Json.send(ctx, 200, ofImds(issue(ctx, found))),
              () -> imdsRefuses(ctx, "Identity not found"));
    }
  }

  private static void imdsRefuses(Context ctx, String why) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("error", "invalid_request");
    body.put("error_description", why);
    Json.send(ctx, 400, body);
  }

  private static Map<String, String> ofImds(IssuedToken token) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("access_token", token.text());
    body.put("client_id", token.application().clientId());
    body.put("expires_in", Long.toString(token.lifetime().toSeconds() - 1));
    body.put("expires_on", Long.toString(token.expires().getEpochSecond()));
    body.put("ext_expires_in", Long.toString(token.lifetime().toSeconds() - 1));
    body.put("not_before", Long.toString(token.notBefore().getEpochSecond()));
    body.put("resource", token.audience());
    body.put("token_type", "Bearer");
    return body;
  }

  /** Of App Service and Functions, found by {@code IDENTITY_ENDPOINT}. */
  void appService(Context ctx) {
    String version = ctx.queryParam("api-version");
    if (!isHeader(ctx.header("X-IDENTITY-HEADER"))) {
      appServiceRefuses(ctx, 401, "The header X-IDENTITY-HEADER is not what IDENTITY_HEADER says.");
    } else if (version == null || !APP_SERVICE_VERSIONS.contains(version)) {
      appServiceRefuses(ctx, 400, "The api-version must be 2019-08-01.");
    } else if (isMissing(ctx, "resource")) {
      appServiceRefuses(ctx, 400, "The parameter resource is missing.");
    } else {
      identity(ctx)
          .ifPresentOrElse(
              found -> Json.send(ctx, 200, ofAppService(issue(ctx, found))),
              () ->
                  appServiceRefuses(
                      ctx,
                      400,
                      "No Managed Identity found for specified ClientId/ResourceId/PrincipalId."));
    }
  }

  private boolean isHeader(@Nullable String header) {
    return header != null && MessageDigest.isEqual(utf8(header), utf8(entra.identityHeader()));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void appServiceRefuses(Context ctx, int status, String why) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("statusCode", status);
    body.put("message", why);
    Json.send(ctx, status, body);
  }

  private static Map<String, String> ofAppService(IssuedToken token) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("access_token", token.text());
    body.put("expires_on", Long.toString(token.expires().getEpochSecond()));
    body.put("resource", token.audience());
    body.put("token_type", "Bearer");
    body.put("client_id", token.application().clientId());
    return body;
  }

  private IssuedToken issue(Context ctx, Application identity) {
    return entra.issuer().issue(identity, String.valueOf(ctx.queryParam("resource")));
  }

  /** The one that is asked for by a client, object or resource id, or else the machine's own. */
  private Optional<Application> identity(Context ctx) {
    String client = first(ctx, "client_id", "clientid", "mi_res_id", "msi_res_id");
    return entra.directory().managed(client, first(ctx, "object_id", "principal_id"));
  }

  private static @Nullable String first(Context ctx, String... names) {
    for (String name : names) {
      String value = ctx.queryParam(name);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  private static boolean isMissing(Context ctx, String parameter) {
    return first(ctx, parameter) == null;
  }
}
