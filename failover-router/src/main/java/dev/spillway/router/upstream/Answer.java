package dev.spillway.router.upstream;

import dev.spillway.router.plan.ConnectionHeaders;
import dev.spillway.router.plan.Header;
import dev.spillway.wire.HeaderNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a backend answered.
 *
 * @param headers without those that concern one connection only, and without Content-Length
 * @param heard what it says by the way
 */
public record Answer(int status, List<Header> headers, AnswerBody body, Heard heard) {

  private static final AnswerBody NOTHING_YET = new AnswerBody.Whole(new byte[0]);

  public Answer(int status, List<Header> headers, AnswerBody body) {
    this(status, headers, body, Heard.NOTHING);
  }

  /** An answer of which nothing but its head has come. */
  public static Answer head(int status, HttpFields fields) {
    return new Answer(status, passedOn(fields), NOTHING_YET);
  }

  private static List<Header> passedOn(HttpFields fields) {
    String connection = fields.get(HttpHeader.CONNECTION);
    List<Header> headers = new ArrayList<>(fields.size());
    for (HttpField field : fields) {
      String name = field.getName();
      boolean dropped =
          ConnectionHeaders.contains(name)
              || (connection != null && ConnectionHeaders.isListed(connection, name));
      if (!dropped) {
        headers.add(new Header(name, field.getValue() == null ? "" : field.getValue()));
      }
    }
    return headers;
  }

  /** The first value of a header. */
  public @Nullable String header(String name) {
    for (Header header : headers) {
      if (header.name().equalsIgnoreCase(name)) {
        return header.value();
      }
    }
    return null;
  }

  public String contentType() {
    String type = header("Content-Type");
    return type == null ? "" : type;
  }

  public boolean isEventStream() {
    return contentType().regionMatches(true, 0, "text/event-stream", 0, 17);
  }

  public boolean isArriving() {
    return body instanceof AnswerBody.Arriving;
  }

  /** Whether it looks like the JSON object that every error of the service is. */
  public boolean isJsonObject() {
    byte[] bytes = bytes();
    return contentType().toLowerCase(Locale.ROOT).contains("json")
        && bytes.length > 0
        && bytes[0] == '{';
  }

  /** The same with another body. */
  public Answer with(AnswerBody other) {
    return new Answer(status, headers, other, heard);
  }

  /** The same, when more of it is known. */
  Answer with(Heard more) {
    return new Answer(status, headers, body, more);
  }

  /**
   * The answer that an error in a stream would have been, with the headers that came before it.
   * When the limits renew, which they tell, is no wait of an error that came later.
   */
  Answer as(StreamError error) {
    List<Header> kept = new ArrayList<>(headers);
    kept.removeIf(header ->
        header.name().equalsIgnoreCase("Content-Type")
            || header.name().equalsIgnoreCase(HeaderNames.RESET_TOKENS)
            || header.name().equalsIgnoreCase(HeaderNames.RESET_REQUESTS));
    kept.add(new Header("Content-Type", "application/json"));
    return new Answer(error.status(), kept, new AnswerBody.Whole(error.json()), heard);
  }

  /** The bytes of a whole body; none of one that still arrives. */
  public byte[] bytes() {
    return switch (body) {
      case AnswerBody.Whole whole -> whole.bytes();
      case AnswerBody.Arriving arriving -> new byte[0];
    };
  }
}
