package dev.spillway.emulator.identityplane;

import dev.spillway.emulator.identity.Entra;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Entra tells about itself: its endpoints and keys, below the address it was asked at. */
final class Discovery {

  private final Entra entra;

  Discovery(Entra entra) {
    this.entra = entra;
  }

  void openIdVersion2(Context ctx) {
    openId(ctx, "/oauth2/v2.0/", "/discovery/v2.0/keys");
  }

  void openIdVersion1(Context ctx) {
    openId(ctx, "/oauth2/", "/discovery/keys");
  }

  private void openId(Context ctx, String endpoints, String keys) {
    String asked = ctx.pathParam("tenant");
    entra
        .tenants()
        .find(asked)
        .ifPresentOrElse(
            tenant ->
                Json.send(ctx, 200, openId(base(ctx) + "/" + tenant, tenant, endpoints, keys)),
            () -> Json.send(ctx, 400, Map.of("error", "invalid_tenant")));
  }

  private Map<String, Object> openId(String base, String tenant, String endpoints, String keys) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("token_endpoint", base + endpoints + "token");
    body.put(
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_post", "private_key_jwt", "client_secret_basic"));
    body.put("jwks_uri", base + keys);
    body.put("subject_types_supported", List.of("pairwise"));
    body.put("id_token_signing_alg_values_supported", List.of("RS256"));
    body.put("issuer", entra.tenants().issuer(tenant));
    body.put("authorization_endpoint", base + endpoints + "authorize");
    body.put("tenant_region_scope", "NA");
    body.put("cloud_instance_name", "microsoftonline.com");
    return body;
  }

  void keys(Context ctx) {
    Json.send(ctx, 200, Map.of("keys", List.of(entra.publicKey())));
  }

  /** Asked by clients that do not know the address, before they trust it with a secret. */
  void instance(Context ctx) {
    String host = ctx.req().getServerName() + port(ctx);
    Map<String, Object> network = new LinkedHashMap<>();
    network.put("preferred_network", host);
    network.put("preferred_cache", host);
    network.put("aliases", List.of(host));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "tenant_discovery_endpoint",
        base(ctx) + "/" + entra.tenants().own() + "/v2.0/.well-known/openid-configuration");
    body.put("api-version", "1.1");
    body.put("metadata", List.of(network));
    Json.send(ctx, 200, body);
  }

  private static String base(Context ctx) {
    return ctx.req().getScheme() + "://" + ctx.req().getServerName() + port(ctx);
  }

  private static String port(Context ctx) {
    int port = ctx.req().getServerPort();
    boolean usual = port == (ctx.req().isSecure() ? 443 : 80);
    return usual ? "" : ":" + port;
  }
}
