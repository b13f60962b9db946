package dev.spillway.emulator.request;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A request's headers and body before anybody has made sense of them; for one thread. */
public final class RequestAsSent {

  /** One without headers, and with no body. */
  public static final RequestAsSent NOTHING = new RequestAsSent(name -> null, new byte[0]);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Function<String, @Nullable String> headers;
  private final byte[] body;
  private @Nullable JsonNode json;

  /**
   * @param headers by their names, in upper or lower case
   */
  public RequestAsSent(Function<String, @Nullable String> headers, byte[] body) {
    this.headers = headers;
    this.body = body;
  }

  public @Nullable String header(String name) {
    return headers.apply(name);
  }

  /** The body, read when it is first asked for; a missing node when it is no JSON. */
  public JsonNode json() {
    JsonNode read = json == null ? read() : json;
    json = read;
    return read;
  }

  private JsonNode read() {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }
}
