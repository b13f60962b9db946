package dev.spillway.emulator.identityplane;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client sends to a token endpoint; its id and secret may also be in the header. */
record Form(Map<String, String> fields) {

  private static final int MOST_BYTES = 64 * 1024;
  private static final String BASIC = "Basic ";

  /** Reads it; what cannot be read is not there. */
  static Form of(Context ctx) throws IOException {
    byte[] body = ctx.req().getInputStream().readNBytes(MOST_BYTES);
    Map<String, String> fields = new HashMap<>();
    basic(ctx.header("Authorization"), fields);
    Arrays.stream(new String(body, StandardCharsets.UTF_8).split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> fields.put(decode(pair[0]), decode(pair[1])));
    return new Form(fields);
  }

  private static void basic(@Nullable String authorization, Map<String, String> fields) {
    if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return;
    }
    try {
      byte[] pair = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      String text = new String(pair, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      if (colon > 0) {
        fields.put("client_id", decode(text.substring(0, colon)));
        fields.put("client_secret", decode(text.substring(colon + 1)));
      }
    } catch (IllegalArgumentException e) {
      fields.remove("client_id"); // no Base64, so nobody
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isBlank());
  }

  /** Without its values, some of which are secret. */
  @Override
  public String toString() {
    return "a form of " + fields.keySet();
  }
}
