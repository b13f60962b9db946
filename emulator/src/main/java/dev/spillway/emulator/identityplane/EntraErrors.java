package dev.spillway.emulator.identityplane;

import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.generation.CallSeeds;
import dev.spillway.time.TimeSource;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes {@link EntraError}s as Entra does. */
final class EntraErrors {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private final CallSeeds seeds;
  private final TimeSource time;

  EntraErrors(CallSeeds seeds, TimeSource time) {
    this.seeds = seeds;
    this.time = time;
  }

  void send(Context ctx, EntraError error) {
    CallSeed seed = seeds.next(ctx.path(), error.message().getBytes(StandardCharsets.UTF_8));
    String trace = seed.guid("trace");
    String correlation =
        Objects.requireNonNullElseGet(
            ctx.header("client-request-id"), () -> seed.guid("correlation"));
    String timestamp = TIMESTAMP.format(time.instant());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", error.error());
    body.put(
        "error_description",
        "AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s"
            .formatted(error.code(), error.message(), trace, correlation, timestamp));
    body.put("error_codes", List.of(error.code()));
    body.put("timestamp", timestamp);
    body.put("trace_id", trace);
    body.put("correlation_id", correlation);
    body.put("error_uri", "https://login.microsoftonline.com/error?code=" + error.code());
    Json.send(ctx, error.status(), body);
  }
}
