package dev.spillway.emulator.arm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the tokens that callers of the resource manager bring.
 *
 * <p>The service takes tokens for {@code https://management.azure.com/}. Here any bearer token is
 * good on loopback; where others can reach the emulator, it must be the emulator's admin key, since
 * the resource manager tells keys.
 */
public final class ArmCallers {

  private static final Pattern BEARER =
      Pattern.compile("bearer +([A-Za-z0-9._~+/-]+=*) *", Pattern.CASE_INSENSITIVE);

  private enum Rule {
    ANY_TOKEN,
    ADMIN_KEY,
    NOBODY
  }

  private final Rule rule;
  private final String adminKey;

  private ArmCallers(Rule rule, String adminKey) {
    this.rule = rule;
    this.adminKey = adminKey;
  }

  /** Anybody with a token, because it is on loopback only. */
  public static ArmCallers withAnyToken() {
    return new ArmCallers(Rule.ANY_TOKEN, "");
  }

  /** Whoever brings this key, as the token or in the header {@code x-admin-key}. */
  public static ArmCallers withKey(String adminKey) {
    return new ArmCallers(Rule.ADMIN_KEY, adminKey);
  }

  /** Nobody, because it can be reached from elsewhere and no admin key was set. */
  public static ArmCallers none() {
    return new ArmCallers(Rule.NOBODY, "");
  }

  /**
   * Lets the caller in.
   *
   * @param authorization the header of that name
   * @param givenKey the header {@code x-admin-key}
   * @throws ArmRefusal when it may not come in
   */
  void check(@Nullable String authorization, @Nullable String givenKey) {
    if (authorization == null) {
      throw refused("Authentication failed. The 'Authorization' header is missing.");
    }
    Matcher bearer = BEARER.matcher(authorization);
    if (!bearer.matches()) {
      throw new ArmRefusal(
          401,
          "AuthenticationFailedInvalidHeader",
          "Authentication failed. The 'Authorization' header is provided in an invalid format.");
    }
    switch (rule) {
      case ANY_TOKEN -> {}
      case ADMIN_KEY -> {
        if (!isKey(bearer.group(1)) && (givenKey == null || !isKey(givenKey))) {
          throw refused(
              "The emulator's admin-key is needed, as the bearer token or in the header x-admin-key.");
        }
      }
      case NOBODY ->
          throw refused(
              "The emulator listens on more than loopback and has no admin-key, so its resource"
                  + " manager is closed.");
    }
  }

  private static ArmRefusal refused(String message) {
    return new ArmRefusal(401, "AuthenticationFailed", message);
  }

  private boolean isKey(String given) {
    return MessageDigest.isEqual(
        adminKey.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
