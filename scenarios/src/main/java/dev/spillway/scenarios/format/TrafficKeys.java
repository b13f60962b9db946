package dev.spillway.scenarios.format;

import dev.spillway.scenarios.stage.Header;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code traffic}: who calls, when, how often, and what is asked. */
final class TrafficKeys {

  /** A prompt and an answer whose sizes nobody thought about. */
  private static final int PROMPT_TOKENS = 20;

  private static final int ANSWER_TOKENS = 20;

  /** What is said of a body that is written here. */
  private static final List<String> OF_WRITTEN =
      List.of("model", "text", "prompt", "answer", "bytes", "with");

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern RATE =
      Pattern.compile(
          "(\\d{1,6}(?:\\.\\d{1,3})?)/(s|m|h)(?: to (\\d{1,6}(?:\\.\\d{1,3})?)/(s|m|h))?");
  private static final Pattern BYTES = Pattern.compile("(\\d{1,9})(KiB|MiB)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,40}");
  private static final Map<String, Operation> OPERATIONS =
      Arrays.stream(Operation.values())
          .collect(
              Collectors.toMap(
                  Operation::path, Function.identity(), (a, b) -> a, LinkedHashMap::new));

  private final Client client;

  /** Reads traffic of callers who call like this client. */
  TrafficKeys(Client client) {
    this.client = client;
  }

  /** By their names, in the file's order. */
  Map<String, Traffic> read(YamlValue section) {
    Map<String, Traffic> all = new LinkedHashMap<>();
    for (YamlValue value : section.list()) {
      Traffic traffic = traffic(value, all.isEmpty() ? "calls" : "calls-" + (all.size() + 1));
      if (all.put(traffic.name(), traffic) != null) {
        throw value.problem("is the second traffic of the name '" + traffic.name() + "'");
      }
    }
    if (all.isEmpty()) {
      throw section.expected("a list with one item or more");
    }
    return all;
  }

  private Traffic traffic(YamlValue value, String usualName) {
    YamlMap keys = value.map();
    String name =
        keys.find("name")
            .map(one -> one.parse("letters, digits, '-' and '_', a letter first", this::name))
            .orElse(usualName);
    Traffic traffic = new Traffic(name, pace(value, keys), ask(value, keys), caller(keys));
    keys.end();
    return traffic;
  }

  private String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static Pace pace(YamlValue value, YamlMap keys) {
    Duration from = time(keys, "from").orElse(Duration.ZERO);
    Optional<YamlValue> calls = keys.find("calls");
    Optional<YamlValue> rate = keys.find("rate");
    Optional<Duration> lasting = time(keys, "for");
    Optional<Duration> every = time(keys, "every");
    Optional<YamlValue> atOnce = keys.find("at-once");
    Optional<YamlValue> callers = keys.find("callers");
    Optional<Duration> pause = time(keys, "pause");
    if (calls.isPresent() == rate.isPresent()) {
      throw value.problem("needs one of 'calls' and 'rate'");
    }
    if (rate.isPresent() != lasting.isPresent()) {
      throw value.problem("has 'rate' with 'for', and neither without the other");
    }
    if (rate.isPresent()) {
      none(value, "rate", Map.of("every", every, "at-once", atOnce, "callers", callers));
      return rate(from, lasting.orElseThrow(), rate.get());
    }
    int number = calls.orElseThrow().integer(1, 1_000_000);
    if (callers.isPresent()) {
      none(value, "callers", Map.of("every", every, "at-once", atOnce));
      return new Pace.Callers(
          from, number, callers.get().integer(1, 10_000), pause.orElse(Duration.ZERO));
    }
    none(value, "calls", Map.of("pause", pause));
    int together = atOnce.map(one -> one.integer(1, 10_000)).orElse(1);
    if (number > together && every.isEmpty()) {
      throw value.problem("does not say when its calls come: 'every', 'at-once' or 'callers'");
    }
    return new Pace.Steady(from, number, together, every.orElse(Duration.ZERO));
  }

  private static void none(YamlValue value, String key, Map<String, Optional<?>> others) {
    others.forEach((name, other) -> {
      if (other.isPresent()) {
        throw value.problem("has no use for '" + name + "' with '" + key + "'");
      }
    });
  }

  private static Pace rate(Duration from, Duration lasting, YamlValue value) {
    Matcher form = value.parse("a rate such as 2/s, 30/m or 1/s to 10/s", TrafficKeys::rate);
    double first = perSecond(form.group(1), form.group(2));
    double last = form.group(3) == null ? first : perSecond(form.group(3), form.group(4));
    return new Pace.Rate(from, lasting, first, last);
  }

  private static Matcher rate(String text) {
    Matcher form = RATE.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(text);
    }
    return form;
  }

  private static double perSecond(String number, String unit) {
    int seconds = unit.equals("s") ? 1 : unit.equals("m") ? 60 : 3600;
    return Double.parseDouble(number) / seconds;
  }

  private Ask ask(YamlValue value, YamlMap keys) {
    Operation operation =
        keys.find("operation")
            .map(one -> one.lookUp("operation", OPERATIONS))
            .orElse(Operation.CHAT_COMPLETIONS);
    String deployment = text(keys, "deployment").orElse(client.deployment());
    String version = text(keys, "api-version").orElse(client.apiVersion());
    boolean isV1 = version.equals(Client.V1);
    String path =
        text(keys, "path")
            .or(() ->
                Optional.ofNullable(client.path())
                    .filter(own -> operation == Operation.CHAT_COMPLETIONS))
            .orElseGet(() -> path(operation, deployment, version));
    boolean stream = keys.find("stream").map(YamlValue::flag).orElse(false);
    boolean namesModel = isV1 || operation == Operation.RESPONSES;
    Ask.Content content = content(value, keys, operation, namesModel ? deployment : null);
    String method = text(keys, "method").orElse("POST");
    return new Ask(method, path, headers(keys), stream, content);
  }

  private static String path(Operation operation, String deployment, String version) {
    if (version.equals(Client.V1)) {
      return new AzureRoute.V1(operation.path()).path();
    }
    AzureRoute route =
        operation == Operation.RESPONSES
            ? new AzureRoute.Resource(operation.path())
            : new AzureRoute.Dated(deployment, operation.path());
    return route.path() + "?api-version=" + version;
  }

  private static Ask.Content content(
      YamlValue value, YamlMap keys, Operation operation, @Nullable String usualModel) {
    Ask.Written written = written(keys, operation, usualModel);
    Optional<YamlValue> body = keys.find("body");
    if (body.isEmpty()) {
      return written;
    }
    for (String key : OF_WRITTEN) {
      none(value, "body", Map.of(key, keys.find(key)));
    }
    return new Ask.Literal(json(body.get()));
  }

  private static Ask.Written written(
      YamlMap keys, Operation operation, @Nullable String usualModel) {
    return new Ask.Written(
        operation,
        text(keys, "model").orElse(usualModel),
        text(keys, "text").orElse(null),
        keys.find("prompt").map(one -> one.integer(1, 10_000_000)).orElse(PROMPT_TOKENS),
        keys.find("answer").map(one -> one.integer(1, 1_000_000)).orElse(ANSWER_TOKENS),
        keys.find("bytes")
            .map(one -> one.parse("a size such as 16384, 64KiB or 8MiB", TrafficKeys::bytes))
            .orElse(null),
        keys.find("with").map(one -> json(one)).orElse(null));
  }

  private static int bytes(String text) {
    Matcher form = BYTES.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(text);
    }
    int unit = form.group(2) == null ? 1 : form.group(2).equals("KiB") ? 1024 : 1024 * 1024;
    return Math.multiplyExact(Integer.parseInt(form.group(1)), unit);
  }

  private Caller caller(YamlMap keys) {
    return new Caller(
        text(keys, "caller").orElse(null),
        text(keys, "key").orElse(client.key()),
        time(keys, "leaves-after").orElse(null),
        keys.find("retries").map(one -> one.integer(0, 100)).orElse(0),
        keys.find("waits").map(YamlValue::flag).orElse(true));
  }

  private List<Header> headers(YamlMap keys) {
    return keys.find("headers").map(HeaderLines::read).orElse(client.headers());
  }

  /** A text is sent as it is, and a mapping as the JSON that it is. */
  private static String json(YamlValue value) {
    return value.isMap() || value.isList() ? JSON.writeValueAsString(value.plain()) : value.text();
  }

  private static Optional<Duration> time(YamlMap keys, String key) {
    return keys.find(key).map(YamlValue::duration);
  }

  private static Optional<String> text(YamlMap keys, String key) {
    return keys.find(key).map(YamlValue::text);
  }
}
