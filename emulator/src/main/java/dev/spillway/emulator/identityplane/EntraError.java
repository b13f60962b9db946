package dev.spillway.emulator.identityplane;

/**
 * What Entra answers instead of a token.
 *
 * @param error the word that OAuth has for it
 * @param code the number behind {@code AADSTS}
 */
record EntraError(int status, String error, int code, String message) {

  static EntraError noSuchTenant(String tenant) {
    return new EntraError(
        400,
        "invalid_request",
        90002,
        "Tenant '"
            + tenant
            + "' not found. Check to make sure you have the correct tenant ID and are signing into"
            + " the correct cloud. Check with your subscription administrator, this may happen if"
            + " there are no active subscriptions for the tenant.");
  }

  static EntraError missing(String field) {
    return new EntraError(
        400,
        "invalid_request",
        900144,
        "The request body must contain the following parameter: '" + field + "'.");
  }

  static EntraError unsupportedGrant(String grant) {
    return new EntraError(
        400,
        "unsupported_grant_type",
        70003,
        "The app requested an unsupported grant type '" + grant + "'.");
  }

  static EntraError noCredential() {
    return new EntraError(
        401,
        "invalid_client",
        7000216,
        "'client_assertion', 'client_secret' or 'request' is required for the"
            + " 'client_credentials' grant type.");
  }

  static EntraError wrongSecret(String client) {
    return new EntraError(
        401,
        "invalid_client",
        7000215,
        "Invalid client secret provided. Ensure the secret being sent in the request is the client"
            + " secret value, not the client secret ID, for a secret added to app '"
            + client
            + "'.");
  }

  static EntraError noSuchClient(String client, String tenant) {
    return new EntraError(
        400,
        "unauthorized_client",
        700016,
        "Application with identifier '"
            + client
            + "' was not found in the directory '"
            + tenant
            + "'. This can happen if the application has not been installed by the administrator of"
            + " the tenant or consented to by any user in the tenant. You may have sent your"
            + " authentication request to the wrong tenant.");
  }

  static EntraError malformedAssertion() {
    return new EntraError(401, "invalid_client", 50027, "JWT token is invalid or malformed.");
  }

  static EntraError scopeWithoutDefault(String scope) {
    return new EntraError(
        400,
        "invalid_scope",
        1002012,
        "The provided value for scope "
            + scope
            + " is not valid. Client credential flows must have a scope value with /.default"
            + " suffixed to the resource identifier (application ID URI).");
  }
}
