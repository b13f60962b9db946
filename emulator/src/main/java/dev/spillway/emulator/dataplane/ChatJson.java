package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.inference.AnswerStream.Piece;
import dev.spillway.wire.ApiVersion;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What the formats of all years share. */
final class ChatJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final LocalDate ANNOTATED_PREVIEW = LocalDate.of(2023, 6, 1);
  private static final LocalDate ANNOTATED_GA = LocalDate.of(2024, 2, 1);

  /** Of what a chunk has nothing to say. */
  static final byte[] NOTHING = {};

  private ChatJson() {}

  /** Annotations came with previews from 2023-06-01 and GA versions from 2024-02-01. */
  static boolean isAnnotated(@Nullable ApiVersion version) {
    return version == null
        || version.isSince(version.isPreview() ? ANNOTATED_PREVIEW : ANNOTATED_GA);
  }

  /** What the member with the filter's word on the prompt is called. */
  static String promptAnnotationsName(@Nullable ApiVersion version) {
    return version != null && version.text().equals("2023-06-01-preview")
        ? "prompt_annotations"
        : "prompt_filter_results";
  }

  /** What a call of a tool is named by, the same wherever it is told. */
  static String callId(Exchange exchange, int choice, int call) {
    return "call_" + CallSeed.letters(exchange.seed().random("call_" + choice + "." + call), 24);
  }

  /** Which part of the conversation's text a filter has read; the service keeps this order. */
  static void offsets(JsonGenerator json, Piece.Reading reading) {
    json.writeObjectPropertyStart("content_filter_offsets");
    json.writeNumberProperty("check_offset", reading.start());
    json.writeNumberProperty("start_offset", reading.start());
    json.writeNumberProperty("end_offset", reading.end());
    json.writeEndObject();
  }

  /** One object on one line, with a line feed. */
  static byte[] line(Consumer<JsonGenerator> members) {
    return bytes("", members, "\n");
  }

  /** One object as a server-sent event. */
  static byte[] event(Consumer<JsonGenerator> members) {
    return bytes("data: ", members, "\n\n");
  }

  /** One object as a server-sent event with a name. */
  static byte[] namedEvent(String name, Consumer<JsonGenerator> members) {
    return bytes("event: " + name + "\ndata: ", members, "\n\n");
  }

  /** One object and nothing else. */
  static byte[] object(Consumer<JsonGenerator> members) {
    return bytes("", members, "");
  }

  private static byte[] bytes(String before, Consumer<JsonGenerator> members, String after) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeRaw(before);
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
      json.writeRaw(after);
    }
    return out.toByteArray();
  }
}
