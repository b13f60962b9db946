package dev.spillway.emulator.arm;

import dev.spillway.emulator.identity.Audience;
import dev.spillway.emulator.identity.TokenCheck;
import dev.spillway.emulator.identity.TokenVerdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the tokens that callers of the resource manager bring.
 *
 * <p>The service takes tokens for {@code https://management.azure.com/}. Here any bearer token is
 * good on loopback, unless tokens are validated; where others can reach the emulator, it must be
 * the emulator's admin key, since the resource manager tells keys.
 */
public final class ArmCallers {

  private static final Pattern BEARER =
      Pattern.compile("bearer +([A-Za-z0-9._~+/-]+=*) *", Pattern.CASE_INSENSITIVE);

  /** Who of those that bring a token may come in. */
  private interface Rule {
    /** Refuses whoever may not. */
    void check(String token, @Nullable String givenKey);
  }

  private final Rule rule;

  private ArmCallers(Rule rule) {
    this.rule = rule;
  }

  /** Anybody with a token, because it is on loopback only. */
  public static ArmCallers withAnyToken() {
    return new ArmCallers((token, givenKey) -> {});
  }

  /** Whoever brings a token for the resource manager that is good now. */
  public static ArmCallers withTokens(TokenCheck tokens) {
    return new ArmCallers((token, givenKey) -> {
      switch (tokens.check(token, Set.of(Audience.MANAGEMENT))) {
        case TokenVerdict.Valid valid -> {}
        case TokenVerdict.Invalid invalid ->
            throw new ArmRefusal(
                401, "InvalidAuthenticationToken", "The access token is invalid: " + invalid.why());
      }
    });
  }

  /** Whoever brings this key, as the token or in the header {@code x-admin-key}. */
  public static ArmCallers withKey(String adminKey) {
    return new ArmCallers((token, givenKey) -> {
      if (!isSame(adminKey, token) && (givenKey == null || !isSame(adminKey, givenKey))) {
        throw refused(
            "The emulator's admin-key is needed, as the bearer token or in the header x-admin-key.");
      }
    });
  }

  /** Nobody, because it can be reached from elsewhere and no admin key was set. */
  public static ArmCallers none() {
    return new ArmCallers((token, givenKey) -> {
      throw refused(
          "The emulator listens on more than loopback and has no admin-key, so its resource"
              + " manager is closed.");
    });
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
    rule.check(bearer.group(1), givenKey);
  }

  private static ArmRefusal refused(String message) {
    return new ArmRefusal(401, "AuthenticationFailed", message);
  }

  private static boolean isSame(String adminKey, String given) {
    return MessageDigest.isEqual(
        adminKey.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
