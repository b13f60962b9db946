package dev.spillway.emulator.dataplane;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer, ready to be sent.
 *
 * @param reasonPhrase where the service's differs from the standard one
 * @param contentType null for none at all
 * @param chunked whether it goes out without a Content-Length
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(
    int status,
    @Nullable String reasonPhrase,
    HeaderList headers,
    @Nullable String contentType,
    boolean chunked,
    byte[] body) {

  static final String JSON = "application/json";

  static Reply json(int status, HeaderList headers, byte[] body) {
    return new Reply(status, null, headers, JSON, false, body);
  }

  static Reply json(int status, HeaderList headers, String body) {
    return json(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  Reply withReasonPhrase(String phrase) {
    return new Reply(status, phrase, headers, contentType, chunked, body);
  }

  Reply withContentType(String type) {
    return new Reply(status, reasonPhrase, headers, type, chunked, body);
  }

  Reply withBody(byte[] other) {
    return new Reply(status, reasonPhrase, headers, contentType, chunked, other);
  }

  Reply withLength() {
    return new Reply(status, reasonPhrase, headers, contentType, false, body);
  }

  Reply withoutContentTypeAndLength() {
    return new Reply(status, reasonPhrase, headers, null, true, body);
  }
}
