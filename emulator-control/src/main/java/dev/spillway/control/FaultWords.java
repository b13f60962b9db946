package dev.spillway.control;

import dev.spillway.control.FaultAction.Close;
import dev.spillway.control.FaultAction.Delay;
import dev.spillway.control.FaultAction.Drip;
import dev.spillway.control.FaultAction.ErrorEvent;
import dev.spillway.control.FaultAction.Hang;
import dev.spillway.control.FaultAction.Html;
import dev.spillway.control.FaultAction.MalformedJson;
import dev.spillway.control.FaultAction.MalformedSse;
import dev.spillway.control.FaultAction.MissingDone;
import dev.spillway.control.FaultAction.Preset;
import dev.spillway.control.FaultAction.Refused;
import dev.spillway.control.FaultAction.Reset;
import dev.spillway.control.FaultAction.SlowFirstToken;
import dev.spillway.control.FaultAction.Stall;
import dev.spillway.control.FaultAction.Status;
import dev.spillway.control.FaultAction.Truncate;
import dev.spillway.control.FaultAction.WrongLength;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a fault does from the words in which people say it. */
final class FaultWords {

  private static final Pattern DRIP = Pattern.compile("(\\d{1,9})(?: bytes?)? every (\\S+)");
  private static final Set<String> STATUS_KEYS = new TreeSet<>(Set.of("status", "body", "headers"));

  private FaultWords() {}

  static FaultAction read(String words) {
    String text = words.strip().replaceAll("\\s+", " ");
    int blank = text.indexOf(' ');
    String name = blank < 0 ? text : text.substring(0, blank);
    String argument = blank < 0 ? "" : text.substring(blank + 1);
    Optional<FaultKind> kind =
        Arrays.stream(FaultKind.values()).filter(one -> one.label().equals(name)).findFirst();
    if (kind.isEmpty() && argument.isEmpty() && !name.isEmpty()) {
      return new Preset(name);
    }
    return kind.map(found -> read(found, argument)).orElseThrow(() -> unknown(name));
  }

  private static FaultAction read(FaultKind kind, String argument) {
    return switch (kind) {
      case STATUS -> new Status(number(kind, argument, "503"), null, Map.of());
      case ERROR -> new FaultAction.Failure(ServiceError.of(argument));
      case PRESET -> new Preset(some(kind, argument, "retry-after-ms-0"));
      case HTML -> new Html(argument.isEmpty() ? 502 : number(kind, argument, "502"));
      case DELAY -> new Delay(TimeText.parse(some(kind, argument, "2s")));
      case STALL -> new Stall(TimeText.parse(some(kind, argument, "2s")));
      case HANG -> new Hang(argument.isEmpty() ? null : TimeText.parse(argument));
      case RESET -> alone(kind, argument, new Reset());
      case CLOSE -> alone(kind, argument, new Close());
      case TRUNCATE -> alone(kind, argument, new Truncate());
      case WRONG_LENGTH -> new WrongLength(argument.isEmpty() ? 10 : number(kind, argument, "+10"));
      case MALFORMED_JSON -> alone(kind, argument, new MalformedJson());
      case MALFORMED_SSE -> alone(kind, argument, new MalformedSse());
      case ERROR_EVENT -> new ErrorEvent(ServiceError.of(argument));
      case MISSING_DONE -> alone(kind, argument, new MissingDone());
      case DRIP -> drip(argument);
      case REFUSED -> alone(kind, argument, new Refused());
      case SLOW_FIRST_TOKEN -> new SlowFirstToken(times(kind, argument));
    };
  }

  /** A status as an object. */
  static Status status(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException(
          "'what' is a text such as 'reset', or an object with a 'status'");
    }
    json.propertyNames()
        .forEach(name -> {
          if (!STATUS_KEYS.contains(name)) {
            throw new IllegalArgumentException(
                "unknown key '%s'; expected one of %s"
                    .formatted(name, String.join(", ", STATUS_KEYS)));
          }
        });
    if (!json.path("status").isInt()) {
      throw new IllegalArgumentException("'status' is missing, or no whole number");
    }
    JsonNode body = json.path("body");
    return new Status(
        json.path("status").asInt(),
        body.isMissingNode() || body.isNull() ? null : text(body),
        headers(json.path("headers")));
  }

  /** What is not a text is sent as the JSON that it is. */
  private static String text(JsonNode body) {
    return body.isString() ? body.asString() : body.toString();
  }

  private static Map<String, String> headers(JsonNode json) {
    Map<String, String> headers = new LinkedHashMap<>();
    json.properties().forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    return headers;
  }

  private static FaultAction drip(String argument) {
    Matcher form = DRIP.matcher(argument);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'drip' needs bytes and a time, as in 'drip 10 every 100ms', and not '" + argument + "'");
    }
    return new Drip(Integer.parseInt(form.group(1)), TimeText.parse(form.group(2)));
  }

  private static String some(FaultKind kind, String argument, String example) {
    if (argument.isEmpty()) {
      throw new IllegalArgumentException(
          "'%1$s' needs more, as in '%1$s %2$s'".formatted(kind.label(), example));
    }
    return argument;
  }

  private static FaultAction alone(FaultKind kind, String argument, FaultAction action) {
    if (!argument.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' stands alone, without '%s'".formatted(kind.label(), argument));
    }
    return action;
  }

  private static int number(FaultKind kind, String argument, String example) {
    try {
      return Integer.parseInt(argument);
    } catch (NumberFormatException e) {
      throw notANumber(kind, argument, example);
    }
  }

  private static double times(FaultKind kind, String argument) {
    try {
      return Double.parseDouble(argument);
    } catch (NumberFormatException e) {
      throw notANumber(kind, argument, "5");
    }
  }

  private static IllegalArgumentException notANumber(
      FaultKind kind, @Nullable String argument, String example) {
    return new IllegalArgumentException(
        "'%1$s' needs a number, as in '%1$s %2$s', and not '%3$s'"
            .formatted(kind.label(), example, argument));
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "there is no fault '%s'; there is %s"
            .formatted(
                name,
                String.join(
                    ", ", Arrays.stream(FaultKind.values()).map(FaultKind::label).toList())));
  }
}
