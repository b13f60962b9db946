package dev.spillway.emulator.request;

import java.util.List;

/** Reads what is to be said. */
final class SpeechRequestReader {

  private static final int LONGEST = 4_096;
  private static final List<String> FORMATS = List.of("mp3", "opus", "aac", "flac", "wav", "pcm");
  private static final List<String> VOICES =
      List.of(
          "alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer",
          "verse", "marin", "cedar");

  private SpeechRequestReader() {}

  static ParsedBody read(RequestBody body, Roles roles) {
    try {
      return new ParsedBody.Valid(read(Fields.json(body)));
    } catch (Fields.Wrong e) {
      return new ParsedBody.Refused(e.problem());
    }
  }

  private static SpeechRequest read(Fields fields) {
    String input = fields.required("input");
    if (input.isBlank()) {
      throw Fields.wrong("'' is too short - 'input'", "input", null);
    }
    if (input.length() > LONGEST) {
      throw Fields.wrong(
          "Invalid 'input': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
              .formatted(LONGEST, input.length()),
          "input",
          "string_above_max_length");
    }
    String voice = fields.required("voice");
    return new SpeechRequest(
        fields.text("model").orElse(null),
        input,
        fields.text("instructions").orElse(""),
        fields.oneOf("voice", VOICES).orElse(voice),
        fields.oneOf("response_format", FORMATS).orElse("mp3"),
        fields.decimal("speed", 0.25, 4).orElse(1),
        fields.oneOf("stream_format", List.of("sse", "audio")).filter("sse"::equals).isPresent());
  }
}
