package dev.spillway.router.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** Where a body names its model, or could name one. */
public sealed interface ModelPlace {

  /** The model that it names; null where there is none. */
  default @Nullable String name() {
    return null;
  }

  /** What makes it name this model; null where it does already, or cannot. */
  @Nullable Splice naming(String model);

  /**
   * The value of a JSON object's member {@code model}.
   *
   * @param name null for a value that is no text
   * @param start its first byte
   * @param end after its last byte
   */
  record JsonValue(@Nullable String name, long start, long end) implements ModelPlace {
    @Override
    public @Nullable Splice naming(String model) {
      return model.equals(name) ? null : new Splice(start, end, utf8(quoted(model)));
    }
  }

  /**
   * A JSON object without one.
   *
   * @param start after its opening brace
   * @param empty whether it has no members
   */
  record JsonObject(long start, boolean empty) implements ModelPlace {
    @Override
    public Splice naming(String model) {
      return new Splice(start, start, utf8("\"model\":" + quoted(model) + (empty ? "" : ",")));
    }
  }

  /** The value of a form's field {@code model}, from its first byte to after its last. */
  record FormValue(String name, long start, long end) implements ModelPlace {
    @Override
    public @Nullable Splice naming(String model) {
      return model.equals(name) ? null : new Splice(start, end, utf8(model));
    }
  }

  /**
   * A form without one.
   *
   * @param start where its first part begins
   */
  record Form(String boundary, long start) implements ModelPlace {
    @Override
    public Splice naming(String model) {
      String part =
          "--" + boundary + "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + model;
      return new Splice(start, start, utf8(part + "\r\n"));
    }
  }

  /** Anything else: no body at all, or one that is broken. */
  record Nowhere() implements ModelPlace {
    @Override
    public @Nullable Splice naming(String model) {
      return null;
    }
  }

  /**
   * Looks for it, and reads no further than that; nothing of the body is kept.
   *
   * @param contentType a form is known by it, and everything else is taken for JSON
   */
  static ModelPlace find(ReplayableBody body, @Nullable String contentType) {
    if (body.length() == 0) {
      return new Nowhere();
    }
    String boundary = contentType == null ? null : FormReader.boundaryOf(contentType);
    try (InputStream in = body.open()) {
      return boundary == null ? JsonModel.find(in) : new FormReader(in, boundary).model();
    } catch (IOException e) {
      return new Nowhere();
    }
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
