package dev.spillway.emulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An emulator with an Entra of one tenant, and two resources without a limit. */
final class IdentityFixture implements AutoCloseable {

  static final String TENANT = "11111111-2222-3333-4444-555555555555";
  static final String CLIENT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
  static final String OID = "99999999-8888-4777-8666-555555555555";

  private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

  final EmulatorFixture emulator;

  /**
   * Starts it.
   *
   * @param entra lines below {@code entra}
   */
  IdentityFixture(String entra) {
    emulator =
        EmulatorFixture.ofYaml(
            """
            listen: 127.0.0.1:0
            entra:
            %s
            resources:
              one: {keys: [key], deployments: {micro: {model: gpt-4o, capacity: unlimited}}}
              two: {keys: [key], deployments: {micro: {model: gpt-4o, capacity: unlimited}}}
            """
                .formatted(entra.indent(2).stripTrailing()));
  }

  /** One that looks at tokens closely, with one client whose secret is {@code right}. */
  static IdentityFixture validated(String more) {
    return new IdentityFixture(
        "mode: validated\ntenant: " + TENANT + "\nclients: {" + CLIENT + ": right}\n" + more);
  }

  RawHttp.Answer send(String head, String body) {
    return emulator.send(head, body);
  }

  /** Asks for a token as a library does. */
  RawHttp.Answer askForToken(String tenant, String form) {
    return send(
        "POST /"
            + tenant
            + "/oauth2/v2.0/token HTTP/1.1"
            + "\nContent-Type: application/x-www-form-urlencoded",
        form);
  }

  static String form(String secret, String audience) {
    return "grant_type=client_credentials&client_id="
        + CLIENT
        + "&client_secret="
        + secret
        + "&scope="
        + audience
        + "%2F.default";
  }

  /** The client's token for the data plane. */
  String token() {
    return token(askForToken(TENANT, form("right", "https%3A%2F%2Fcognitiveservices.azure.com")));
  }

  static String token(RawHttp.Answer answer) {
    Matcher found = TOKEN.matcher(answer.body());
    if (!found.find()) {
      throw new AssertionError("no token: " + answer);
    }
    return found.group(1);
  }

  /** Calls the first resource, or the one that the path begins with. */
  RawHttp.Answer chat(String prefix, String token) {
    return send(
        "POST "
            + prefix
            + "/openai/deployments/micro/chat/completions?api-version=2024-10-21 HTTP/1.1"
            + "\nAuthorization: Bearer "
            + token,
        EmulatorFixture.body(9, ",\"max_tokens\":5"));
  }

  @Override
  public void close() {
    emulator.close();
  }
}
