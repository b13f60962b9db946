package dev.spillway.cli.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One line of the log. */
record Line(
    Level level,
    String logger,
    String message,
    List<KeyValuePair> pairs,
    @Nullable Throwable thrown) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

  /** {@code 12:03:04.567 WARN AttemptLoop - message key=value}. */
  String asText(Instant now, ZoneId zone) {
    StringBuilder text = new StringBuilder(128);
    text.append(CLOCK.format(now.atZone(zone))).append(' ').append(level).append(' ');
    text.append(logger.substring(logger.lastIndexOf('.') + 1)).append(" - ").append(message);
    for (KeyValuePair pair : pairs) {
      text.append(' ').append(pair.key).append('=').append(quoted(String.valueOf(pair.value)));
    }
    if (thrown != null) {
      text.append(System.lineSeparator()).append(stackTrace(thrown));
    }
    return text.toString();
  }

  /** What has a blank or a control character in it, as a JSON text: a line stays a line. */
  private static String quoted(String value) {
    boolean plain =
        !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c != '"' && c != 127);
    return plain ? value : JSON.writeValueAsString(value);
  }

  /** {@code {"time":…,"level":"warn","logger":…,"message":…,"key":"value"}}. */
  String asJson(Instant now) {
    ObjectNode json = JSON.createObjectNode();
    json.put("time", now.toString());
    json.put("level", level.name().toLowerCase(Locale.ROOT));
    json.put("logger", logger);
    json.put("message", message);
    for (KeyValuePair pair : pairs) {
      switch (pair.value) {
        case Integer number -> json.put(pair.key, number);
        case Long number -> json.put(pair.key, number);
        case Double number -> json.put(pair.key, number);
        case null -> json.putNull(pair.key);
        default -> json.put(pair.key, pair.value.toString());
      }
    }
    if (thrown != null) {
      json.put("error", stackTrace(thrown));
    }
    return JSON.writeValueAsString(json);
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString().strip();
  }
}
