package dev.spillway.emulator.upstream;

import dev.spillway.emulator.upstream.UpstreamConfig.Kind;
import dev.spillway.wire.AzureRoute;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a request goes to: the same at an Azure resource, the nearest at OpenAI's own API. */
final class UpstreamAddress {

  private static final String API_VERSION = "api-version=";
  private static final String V1 = "/v1";

  private UpstreamAddress() {}

  static URI of(UpstreamConfig config, UpstreamRequest request) {
    String query = query(config, request);
    return URI.create(path(config, request.route()) + (query.isEmpty() ? "" : "?" + query));
  }

  /** The model that the body must name; null where it keeps what it says. */
  static @Nullable String model(UpstreamConfig config, UpstreamRequest request) {
    String named =
        switch (request.route()) {
          case AzureRoute.Dated dated -> config.kind() == Kind.OPENAI ? dated.deployment() : null;
          case AzureRoute.V1 v1 -> UpstreamBody.model(request.body());
          case AzureRoute.Resource resource -> UpstreamBody.model(request.body());
        };
    return named == null ? null : config.deployment(named);
  }

  private static String path(UpstreamConfig config, AzureRoute route) {
    String base = config.endpoint().toString().replaceAll("/+$", "");
    return switch (config.kind()) {
      case OPENAI -> (base.endsWith(V1) ? base : base + V1) + "/" + route.rest();
      case AZURE ->
          base
              + switch (route) {
                case AzureRoute.Dated dated ->
                    new AzureRoute.Dated(config.deployment(dated.deployment()), dated.rest())
                        .path();
                case AzureRoute.V1 v1 -> v1.path();
                case AzureRoute.Resource resource -> resource.path();
              };
    };
  }

  private static String query(UpstreamConfig config, UpstreamRequest request) {
    String query = request.query();
    List<String> parameters =
        new ArrayList<>(query == null ? List.of() : Arrays.asList(query.split("&")));
    boolean versioned = parameters.removeIf(parameter -> parameter.startsWith(API_VERSION));
    String version = config.apiVersion();
    if (config.kind() == Kind.AZURE && versioned) {
      parameters.addFirst(version == null ? version(request) : API_VERSION + version);
    }
    return String.join("&", parameters);
  }

  private static String version(UpstreamRequest request) {
    return Arrays.stream(String.valueOf(request.query()).split("&"))
        .filter(parameter -> parameter.startsWith(API_VERSION))
        .findFirst()
        .orElseThrow();
  }
}
