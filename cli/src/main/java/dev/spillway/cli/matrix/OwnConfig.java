package dev.spillway.cli.matrix;

import dev.spillway.router.FailoverRouter;
import dev.spillway.router.RouterConfig;
import dev.spillway.router.auth.Client;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.config.Route;
import dev.spillway.router.gateway.DescribedRequest;
import dev.spillway.router.gateway.Explanation;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A user's router.yaml, with an emulated resource in the place of each of its backends: what it
 * decides stays as it is, and where it leads is changed.
 */
final class OwnConfig {

  private static final int FIRST_PORT = 18_901;

  /** What leads out of this machine, or needs what only the machine it is made for has. */
  private static final List<String> LEFT_OUT =
      List.of("tls", "shared-state", "otlp", "ca", "proxy", "no-proxy");

  /**
   * A variable without a default. Where it is not set it is given something, since no real backend
   * is asked, and no real key is needed.
   */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)}");

  private final RouterConfig config;
  private final YamlValue router;
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  private OwnConfig(
      RouterConfig written, YamlValue file, Function<String, @Nullable String> environment) {
    for (String backend : written.backends().keySet()) {
      ports.put(backend, FIRST_PORT + ports.size());
    }
    this.router =
        LocatedYaml.parse("emulated backends", overlay(written), environment).value().over(file);
    this.config = RouterConfig.read(router, environment);
  }

  /**
   * Reads a file.
   *
   * @throws dev.spillway.yaml.YamlException with file, line and what was expected
   */
  static OwnConfig read(Path file) {
    YamlMap unused = LocatedYaml.read(file, name -> ""); // complains of what cannot be read
    Set<String> needed = new HashSet<>();
    REFERENCE.matcher(text(file)).results().forEach(found -> needed.add(found.group(1)));
    Function<String, @Nullable String> environment =
        name -> {
          String set = System.getenv(name);
          return set == null && needed.contains(name) ? "not-set-" + name : set;
        };
    YamlValue own = LocatedYaml.read(file, environment).value();
    return new OwnConfig(RouterConfig.read(own, environment), own, environment);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String overlay(RouterConfig written) {
    StringBuilder yaml = new StringBuilder("listen: 127.0.0.1:18900\n");
    LEFT_OUT.forEach(key -> yaml.append(key).append(":\n"));
    yaml.append("backends:\n");
    written
        .backends()
        .forEach((name, backend) ->
            yaml.append("  \"%s\":\n".formatted(name))
                .append("    url: \"%s\"\n".formatted(url(backend)))
                .append("    api-key: \"%s\"\n".formatted(key(name)))
                .append("    credential:\n    ca:\n    client-certificate:\n"));
    return yaml.toString();
  }

  private String url(Backend backend) {
    String address = "http://127.0.0.1:" + ports.get(backend.name());
    return backend.api() instanceof Api.OpenAi ? address + "/openai/v1" : address;
  }

  private static String key(String backend) {
    return "key-of-" + backend;
  }

  /** The router's section of a setup. */
  YamlValue router() {
    return router;
  }

  /** The emulator's section of a setup: a resource for each backend, of the backend's name. */
  String emulator() {
    StringBuilder yaml = new StringBuilder("{listen: '127.0.0.1:18899', resources: {");
    config
        .backends()
        .forEach((name, backend) ->
            yaml.append(
                "\"%s\": {listen: '127.0.0.1:%d', keys: [\"%s\"], deployments: {\"%s\": {model: %s, capacity: 1000}}}, "
                    .formatted(name, ports.get(name), key(name), backend.model(), model(backend))));
    return yaml.append("}}").toString();
  }

  /** A model that does what the routes to the backend ask for. */
  private String model(Backend backend) {
    boolean embeds =
        config.routes().stream()
            .filter(route -> route.pools().stream().anyMatch(pool -> has(pool, backend)))
            .anyMatch(route -> operation(route) == Operation.EMBEDDINGS);
    return embeds ? "text-embedding-3-small" : "gpt-4o";
  }

  private static boolean has(Pool pool, Backend backend) {
    return pool.backends().stream().anyMatch(one -> one.name().equals(backend.name()));
  }

  /** The routes that lead to different pools, but for those whose calls name no model. */
  List<Route> routes() {
    Set<Set<String>> seen = new HashSet<>();
    return config.routes().stream()
        .filter(route -> !(route instanceof Route.ByResource))
        .filter(route -> isWritable(operation(route)))
        .filter(
            route -> seen.add(route.pools().stream().map(Pool::name).collect(Collectors.toSet())))
        .toList();
  }

  private static boolean isWritable(Operation operation) {
    return switch (operation) {
      case CHAT_COMPLETIONS, COMPLETIONS, RESPONSES, EMBEDDINGS -> true;
      case IMAGE_GENERATIONS, IMAGE_EDITS, AUDIO_SPEECH, AUDIO_TRANSCRIPTIONS, AUDIO_TRANSLATIONS ->
          false;
    };
  }

  static Operation operation(Route route) {
    return route instanceof Route.ByPath byPath ? byPath.operation() : Operation.CHAT_COMPLETIONS;
  }

  /**
   * The names of the backends that a plain call of the route may come to, the first choice first.
   */
  List<String> backends(Route route) {
    String caller = client(route).map(client -> client.caller().name()).orElse(null);
    String body =
        """
        {"model":"%s","messages":[{"role":"user","content":"the sun was low"}],"max_tokens":20}
        """
            .formatted(route.name());
    Explanation explanation =
        FailoverRouter.explain(
            config,
            DescribedRequest.post(path(route), caller, body.getBytes(StandardCharsets.UTF_8)),
            TimeSource.system());
    return explanation instanceof Explanation.Routed routed
        ? List.copyOf(routed.sent().keySet())
        : route.to().otherwise().backends().stream().map(Backend::name).toList();
  }

  private static String path(Route route) {
    return switch (route) {
      case Route.ByPath byPath -> byPath.path();
      case Route.ByDeployment byDeployment ->
          new AzureRoute.Dated(byDeployment.deployment(), operation(route).path()).path()
              + "?api-version=2024-10-21";
      case Route.ByModel byModel -> new AzureRoute.V1(operation(route).path()).path();
      case Route.ByResource byResource -> throw new IllegalArgumentException("names no model");
    };
  }

  /** What some caller who may use the route has to show; nothing where everybody may. */
  Optional<String> key(Route route) {
    return client(route).map(client -> client.key().value());
  }

  private Optional<Client> client(Route route) {
    return config.clients().stream()
        .filter(client ->
            route.pools().stream()
                .anyMatch(pool -> client.caller().mayUse(route.name(), pool.name())))
        .findFirst();
  }

  /** How traffic says where it goes. */
  static String target(Route route) {
    return switch (route) {
      case Route.ByPath byPath ->
          "path: \"%s\", operation: %s".formatted(byPath.path(), byPath.operation().path());
      case Route.ByDeployment byDeployment ->
          "deployment: \"%s\"".formatted(byDeployment.deployment());
      case Route.ByModel byModel ->
          "api-version: v1, deployment: \"%s\"".formatted(byModel.model());
      case Route.ByResource byResource -> throw new IllegalArgumentException("names no model");
    };
  }
}
