package dev.spillway.wire;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The shapes of an Azure OpenAI path. */
public sealed interface AzureRoute {

  /**
   * What follows the deployment, {@code v1} or {@code openai}, without a leading slash: {@code
   * chat/completions}.
   */
  String rest();

  /** The path as it goes on the wire. */
  String path();

  /** {@code /openai/deployments/{deployment}/{rest}}, with an api-version in the query. */
  record Dated(String deployment, String rest) implements AzureRoute {
    @Override
    public String path() {
      return DEPLOYMENTS + encode(deployment) + "/" + rest;
    }
  }

  /** {@code /openai/v1/{rest}}, where the body's {@code model} names the deployment. */
  record V1(String rest) implements AzureRoute {
    @Override
    public String path() {
      return V1_PREFIX + rest;
    }
  }

  /**
   * {@code /openai/{rest}}, with an api-version in the query: what is asked of the resource and not
   * of one of its deployments.
   */
  record Resource(String rest) implements AzureRoute {
    @Override
    public String path() {
      return PREFIX + rest;
    }
  }

  String PREFIX = "/openai/";
  String DEPLOYMENTS = "/openai/deployments/";
  String V1_PREFIX = "/openai/v1/";

  /** The route of a raw (still escaped) path, unless it has none of these shapes. */
  static Optional<AzureRoute> parse(String rawPath) {
    if (rawPath.startsWith(V1_PREFIX)) {
      return Optional.of(rawPath.substring(V1_PREFIX.length()))
          .filter(rest -> !rest.isEmpty())
          .map(V1::new);
    }
    if (!rawPath.startsWith(DEPLOYMENTS)) {
      return ofResource(rawPath);
    }
    int slash = rawPath.indexOf('/', DEPLOYMENTS.length());
    if (slash <= DEPLOYMENTS.length() || slash == rawPath.length() - 1) {
      return Optional.empty();
    }
    return decode(rawPath.substring(DEPLOYMENTS.length(), slash))
        .map(deployment -> new Dated(deployment, rawPath.substring(slash + 1)));
  }

  private static Optional<AzureRoute> ofResource(String rawPath) {
    String folder = rawPath + "/";
    boolean names =
        rawPath.startsWith(PREFIX)
            && rawPath.length() > PREFIX.length()
            && !folder.equals(DEPLOYMENTS)
            && !folder.equals(V1_PREFIX);
    return names ? Optional.of(new Resource(rawPath.substring(PREFIX.length()))) : Optional.empty();
  }

  private static Optional<String> decode(String segment) {
    try {
      return Optional.of(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
