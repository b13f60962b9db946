package dev.spillway.emulator.controlplane;

import dev.spillway.control.ControlException;
import dev.spillway.control.JournalQuery;
import dev.spillway.yaml.Durations;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what callers of the control API say in the query, and a few of it also in the body. */
final class ControlArguments {

  private ControlArguments() {}

  static Instant to(Context ctx) throws IOException {
    return moment("to", argument(ctx, "to"));
  }

  private static @Nullable Instant moment(Context ctx, String parameter) {
    String text = ctx.queryParam(parameter);
    return text == null ? null : moment(parameter, text);
  }

  private static Instant moment(String parameter, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw ControlException.invalid(
          "'" + parameter + "' must be a moment such as 2026-01-31T12:00:00Z, not '" + text + "'");
    }
  }

  static double speed(Context ctx) throws IOException {
    String speed = argument(ctx, "speed");
    try {
      return Double.parseDouble(speed);
    } catch (NumberFormatException e) {
      throw ControlException.invalid("'speed' must be a number such as 60, not '" + speed + "'");
    }
  }

  /** An argument of the query, or else of the body. */
  private static String argument(Context ctx, String name) throws IOException {
    String asked = ctx.queryParam(name);
    return asked != null ? asked : ControlBodies.read(ctx, JsonNode.class).path(name).asString("");
  }

  static Duration by(Context ctx) throws IOException {
    String by = argument(ctx, "by");
    try {
      return Durations.parse(by);
    } catch (IllegalArgumentException e) {
      throw ControlException.invalid(
          "'by' must be a duration such as 250ms, 10s or 2m, not '" + by + "'");
    }
  }

  static JournalQuery query(Context ctx) {
    return new JournalQuery(
        ctx.queryParam("resource"),
        ctx.queryParam("deployment"),
        ctx.queryParam("caller"),
        number(ctx, "status"),
        ctx.queryParam("reason"),
        ctx.queryParam("body"),
        moment(ctx, "since"),
        moment(ctx, "until"),
        number(ctx, "limit"));
  }

  private static @Nullable Integer number(Context ctx, String parameter) {
    String text = ctx.queryParam(parameter);
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw ControlException.invalid(
          "'" + parameter + "' must be a whole number, not '" + text + "'");
    }
  }
}
