package dev.spillway.router.gateway;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request that somebody asks about.
 *
 * @param path with the query, as it would be sent
 * @param caller the name of the client whose key is presented; null leaves it to the headers
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record DescribedRequest(
    String method, String path, Map<String, String> headers, @Nullable String caller, byte[] body) {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> KEYS = List.of("method", "path", "headers", "caller", "body");

  /** A {@code POST} of a JSON body. */
  public static DescribedRequest post(String path, @Nullable String caller, byte[] body) {
    return new DescribedRequest(
        "POST", path, Map.of("Content-Type", "application/json"), caller, body);
  }

  /**
   * Reads {@code {"method", "path", "headers", "caller", "body"}}, of which only the path is
   * needed.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static DescribedRequest parse(byte[] json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.isObject()) {
      throw new IllegalArgumentException("must be a JSON object with a 'path'");
    }
    for (String name : root.propertyNames()) {
      if (!KEYS.contains(name)) {
        throw new IllegalArgumentException(
            "has an unknown member '" + name + "'; there are " + String.join(", ", KEYS));
      }
    }
    String path = text(root, "path");
    if (path == null || !path.startsWith("/")) {
      throw new IllegalArgumentException("needs a 'path' that starts with '/'");
    }
    String method = text(root, "method");
    JsonNode body = root.path("body");
    return new DescribedRequest(
        method == null ? "POST" : method, path, headers(root), text(root, "caller"), bytes(body));
  }

  private static @Nullable String text(JsonNode root, String name) {
    JsonNode value = root.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw new IllegalArgumentException("needs a text as its '" + name + "'");
    }
    return value.asString();
  }

  private static Map<String, String> headers(JsonNode root) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : root.path("headers").properties()) {
      headers.put(header.getKey(), header.getValue().asString());
    }
    if (root.path("body").isObject()
        && headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
      headers.put("Content-Type", "application/json");
    }
    return headers;
  }

  private static byte[] bytes(JsonNode body) {
    if (body.isMissingNode() || body.isNull()) {
      return new byte[0];
    }
    String text = body.isString() ? body.asString() : body.toString();
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
