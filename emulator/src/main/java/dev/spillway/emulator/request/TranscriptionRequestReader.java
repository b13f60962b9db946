package dev.spillway.emulator.request;

import java.util.List;
import java.util.Locale;

/** Reads a form with a file of sound. */
final class TranscriptionRequestReader {

  private static final int LARGEST = 26_214_400;
  private static final List<String> FORMATS = List.of("json", "text", "srt", "verbose_json", "vtt");
  private static final List<String> KINDS =
      List.of("flac", "m4a", "mp3", "mp4", "mpeg", "mpga", "oga", "ogg", "wav", "webm");

  private TranscriptionRequestReader() {}

  static ParsedBody transcription(RequestBody body, Roles roles) {
    return parsed(body, false);
  }

  static ParsedBody translation(RequestBody body, Roles roles) {
    return parsed(body, true);
  }

  private static ParsedBody parsed(RequestBody body, boolean translated) {
    try {
      return new ParsedBody.Valid(read(Fields.form(body), translated));
    } catch (Fields.Wrong e) {
      return new ParsedBody.Refused(e.problem());
    }
  }

  private static TranscriptionRequest read(Fields form, boolean translated) {
    return new TranscriptionRequest(
        form.text("model").orElse(null),
        file(form),
        translated,
        form.text("language"),
        form.text("prompt").orElse(""),
        form.oneOf("response_format", FORMATS).orElse("json"),
        form.decimal("temperature", 0, 1).orElse(0),
        form.texts("timestamp_granularities"),
        form.texts("include").contains("logprobs"),
        form.flag("stream"));
  }

  private static Upload file(Fields form) {
    Upload file =
        form.files("file").stream()
            .findFirst()
            .orElseThrow(() -> Fields.wrong("'file' is a required property", "file", null));
    if (file.bytes().length > LARGEST) {
      throw Fields.wrong(
          "Maximum content size limit (%d) exceeded (%d bytes read)"
              .formatted(LARGEST, file.bytes().length),
          null,
          null);
    }
    if (!KINDS.contains(kind(file.fileName()))) {
      throw Fields.wrong(
          "Invalid file format. Supported formats: ['" + String.join("', '", KINDS) + "']",
          null,
          null);
    }
    return file;
  }

  private static String kind(String fileName) {
    return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
