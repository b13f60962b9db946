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
    PaceKeys pace = new PaceKeys(value, keys);
    Ask ask = ask(value, keys);
    Caller caller = caller(keys);
    keys.end();
    return new Traffic(name, pace.read(), ask, caller);
  }

  private String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return text;
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
      if (keys.find(key).isPresent()) {
        throw value.problem("has no use for '" + key + "' with 'body'");
      }
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
