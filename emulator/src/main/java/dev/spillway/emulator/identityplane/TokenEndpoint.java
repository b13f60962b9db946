package dev.spillway.emulator.identityplane;

import dev.spillway.emulator.identity.ClientCheck;
import dev.spillway.emulator.identity.Entra;
import dev.spillway.emulator.identity.IssuedToken;
import dev.spillway.emulator.identity.TokenCheck;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tokens for clients that prove themselves by a secret, or by an assertion of somebody else's. */
final class TokenEndpoint {

  private static final String DEFAULT_SCOPE = "/.default";
  private static final Set<String> OPEN_ID = Set.of("openid", "profile", "offline_access");
  private static final String GRANT = "client_credentials";

  /** Ends a request with what is wrong with it; never leaves this class. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient EntraError error;

    Refusal(EntraError error) {
      super(error.message(), null, false, false);
      this.error = error;
    }
  }

  private final Entra entra;
  private final EntraErrors errors;

  TokenEndpoint(Entra entra, EntraErrors errors) {
    this.entra = entra;
    this.errors = errors;
  }

  /** With a {@code scope}; numbers are numbers. */
  void version2(Context ctx) throws IOException {
    Form form = Form.of(ctx);
    try {
      IssuedToken token = issue(ctx, form, audience(required(form, "scope")));
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("token_type", "Bearer");
      body.put("expires_in", token.lifetime().toSeconds() - 1);
      body.put("ext_expires_in", token.lifetime().toSeconds() - 1);
      body.put("access_token", token.text());
      Json.send(ctx, 200, body);
    } catch (Refusal refusal) {
      errors.send(ctx, refusal.error);
    }
  }

  /** With a {@code resource}; numbers are texts. */
  void version1(Context ctx) throws IOException {
    Form form = Form.of(ctx);
    try {
      IssuedToken token = issue(ctx, form, required(form, "resource"));
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("token_type", "Bearer");
      body.put("expires_in", Long.toString(token.lifetime().toSeconds() - 1));
      body.put("ext_expires_in", Long.toString(token.lifetime().toSeconds() - 1));
      body.put("expires_on", Long.toString(token.expires().getEpochSecond()));
      body.put("not_before", Long.toString(token.notBefore().getEpochSecond()));
      body.put("resource", token.audience());
      body.put("access_token", token.text());
      Json.send(ctx, 200, body);
    } catch (Refusal refusal) {
      errors.send(ctx, refusal.error);
    }
  }

  private IssuedToken issue(Context ctx, Form form, String audience) throws Refusal {
    String asked = ctx.pathParam("tenant");
    Optional<String> tenant = entra.tenants().find(asked);
    if (tenant.isEmpty()) {
      throw new Refusal(EntraError.noSuchTenant(asked));
    }
    String grant = required(form, "grant_type");
    if (!grant.equals(GRANT)) {
      throw new Refusal(EntraError.unsupportedGrant(grant));
    }
    String client = required(form, "client_id");
    return switch (check(form, tenant.get(), client)) {
      case ClientCheck.Known known -> entra.issuer().issue(known.application(), audience);
      case ClientCheck.NoSuchClient none ->
          throw new Refusal(EntraError.noSuchClient(client, tenant.get()));
      case ClientCheck.WrongSecret wrong -> throw new Refusal(EntraError.wrongSecret(client));
    };
  }

  private ClientCheck check(Form form, String tenant, String client) throws Refusal {
    Optional<String> secret = form.find("client_secret");
    if (secret.isPresent()) {
      return entra.directory().bySecret(tenant, client, secret.get());
    }
    Optional<String> assertion = form.find("client_assertion");
    if (assertion.isEmpty()) {
      throw new Refusal(EntraError.noCredential());
    }
    if (!TokenCheck.looksLikeToken(assertion.get())) {
      throw new Refusal(EntraError.malformedAssertion());
    }
    return entra.directory().byAssertion(tenant, client);
  }

  /** The one scope that names a resource; MSAL puts those of OpenID before it. */
  private static String audience(String scopes) throws Refusal {
    List<String> named =
        Arrays.stream(scopes.split(" ", -1)).filter(scope -> !OPEN_ID.contains(scope)).toList();
    if (named.size() != 1 || !named.getFirst().endsWith(DEFAULT_SCOPE)) {
      throw new Refusal(EntraError.scopeWithoutDefault(scopes));
    }
    String scope = named.getFirst();
    return scope.substring(0, scope.length() - DEFAULT_SCOPE.length());
  }

  private static String required(Form form, String field) throws Refusal {
    Optional<String> value = form.find(field);
    if (value.isEmpty()) {
      throw new Refusal(EntraError.missing(field));
    }
    return value.get();
  }
}
