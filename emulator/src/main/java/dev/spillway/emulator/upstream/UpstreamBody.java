package dev.spillway.emulator.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Names the endpoint's own model in a body; a body that needs no change keeps every byte. */
final class UpstreamBody {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern BOUNDARY =
      Pattern.compile("multipart/form-data;.*boundary=\"?([^\";]+)\"?.*", Pattern.CASE_INSENSITIVE);

  private UpstreamBody() {}

  /**
   * With this model.
   *
   * @param model null where the path names the deployment, so that the body keeps what it says
   */
  static byte[] named(byte[] body, @Nullable String contentType, @Nullable String model) {
    if (model == null || body.length == 0) {
      return body;
    }
    Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
    return boundary.matches() ? form(body, boundary.group(1), model) : json(body, model);
  }

  /** What the body names. */
  static @Nullable String model(byte[] body) {
    ObjectNode object = object(body);
    return object == null ? null : object.path("model").stringValue(null);
  }

  private static byte[] json(byte[] body, String model) {
    ObjectNode object = object(body);
    if (object == null || model.equals(object.path("model").stringValue(null))) {
      return body;
    }
    return JSON.writeValueAsBytes(object.put("model", model));
  }

  private static @Nullable ObjectNode object(byte[] body) {
    try {
      return JSON.readTree(body) instanceof ObjectNode object ? object : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static byte[] form(byte[] body, String boundary, String model) {
    String part =
        "--%s\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n%s\r\n"
            .formatted(boundary, model);
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    named.writeBytes(part.getBytes(UTF_8));
    named.writeBytes(body);
    return named.toByteArray();
  }
}
