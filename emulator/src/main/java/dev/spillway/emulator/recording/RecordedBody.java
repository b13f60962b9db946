package dev.spillway.emulator.recording;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The body of a request or of an answer, in the form that reads best. */
public sealed interface RecordedBody {

  /** Keeps every digit of a number, so that what was read can be written again. */
  JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  record Empty() implements RecordedBody {}

  /** JSON; of an answer only where its bytes are those of the value written without a blank. */
  record Json(JsonNode value) implements RecordedBody {}

  record Text(String text) implements RecordedBody {}

  /** What is no text. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Binary(byte[] bytes) implements RecordedBody {}

  /** A {@code multipart/form-data}, of which files are known by what they hash to. */
  record Form(List<Part> parts) implements RecordedBody {

    public Form {
      parts = List.copyOf(parts);
    }

    Optional<String> field(String name) {
      return parts.stream()
          .filter(part -> part.name().equals(name))
          .flatMap(part -> Optional.ofNullable(part.text()).stream())
          .findFirst();
    }
  }

  /**
   * A part of a form.
   *
   * @param file the name of the file; null for a field
   * @param text of a field
   * @param sha256 of a file, in hex
   */
  record Part(String name, @Nullable String file, @Nullable String text, @Nullable String sha256) {}

  /** Of an answer, whose bytes must come out again. */
  static RecordedBody exactly(byte[] bytes) {
    RecordedBody read = of(bytes);
    return read instanceof Json json && !text(json.value()).equals(utf8(bytes).orElse(null))
        ? new Text(new String(bytes, StandardCharsets.UTF_8))
        : read;
  }

  /** Of a request. */
  static RecordedBody ofRequest(@Nullable String contentType, byte[] bytes) {
    return FormReader.read(contentType, bytes)
        .<RecordedBody>map(form -> form)
        .orElseGet(() -> of(bytes));
  }

  /** Of whatever it looks like. */
  static RecordedBody of(byte[] bytes) {
    if (bytes.length == 0) {
      return new Empty();
    }
    return utf8(bytes).<RecordedBody>map(RecordedBody::of).orElseGet(() -> new Binary(bytes));
  }

  private static RecordedBody of(String text) {
    return json(text).<RecordedBody>map(Json::new).orElseGet(() -> new Text(text));
  }

  /** An object or a list; anything smaller is as well read as a text. */
  static Optional<JsonNode> json(String text) {
    try {
      return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isContainer);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Without a blank. */
  static String text(JsonNode value) {
    return JSON.writeValueAsString(value);
  }

  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** As it goes on the wire; a form cannot go there again. */
  default byte[] bytes() {
    return switch (this) {
      case Empty empty -> new byte[0];
      case Json json -> text(json.value()).getBytes(StandardCharsets.UTF_8);
      case Text text -> text.text().getBytes(StandardCharsets.UTF_8);
      case Binary binary -> binary.bytes();
      case Form form -> throw new IllegalStateException("an answer is no form");
    };
  }
}
