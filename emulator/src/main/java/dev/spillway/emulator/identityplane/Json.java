package dev.spillway.emulator.identityplane;

import io.javalin.http.Context;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Answers that nobody may keep. */
final class Json {

  private static final JsonMapper JSON = new JsonMapper();

  private Json() {}

  static void send(Context ctx, int status, Map<String, ?> body) {
    ctx.status(status)
        .header("Cache-Control", "no-store, no-cache")
        .header("Pragma", "no-cache")
        .contentType("application/json; charset=utf-8")
        .result(JSON.writeValueAsBytes(body));
  }
}
