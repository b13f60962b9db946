package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a message says: a text, or parts of several kinds. */
final class ContentReader {

  private ContentReader() {}

  static List<ContentPart> read(JsonNode content, int message) {
    String at = "messages[" + message + "].content";
    if (content.isString()) {
      Members.notTooLong(content.stringValue().length(), at);
      return content.stringValue().isEmpty()
          ? List.of()
          : List.of(new ContentPart.Text(content.stringValue()));
    }
    if (Members.isAbsent(content)) {
      return List.of();
    }
    if (!content.isArray()) {
      throw Refusal.of(
          Members.shown(content)
              + " is not of type 'string' or 'array' - 'messages."
              + message
              + ".content'",
          "messages");
    }
    return parts(content, at);
  }

  private static List<ContentPart> parts(JsonNode content, String at) {
    List<ContentPart> parts = new ArrayList<>(content.size());
    int characters = 0;
    for (JsonNode part : content) {
      ContentPart read = part(part, at + "[" + parts.size() + "]");
      characters += read instanceof ContentPart.Text text ? text.text().length() : 0;
      parts.add(read);
    }
    Members.notTooLong(characters, at);
    return parts;
  }

  private static ContentPart part(JsonNode part, String at) {
    if (!part.isObject()) {
      throw Refusal.type(at, "an object", Members.kind(part));
    }
    String type = Members.requiredText(part, "type", at);
    return switch (type) {
      case "text" -> new ContentPart.Text(Members.requiredText(part, "text", at));
      case "refusal" -> new ContentPart.Text(Members.requiredText(part, "refusal", at));
      case "image_url" -> image(part.path("image_url"), at + ".image_url");
      case "input_audio" -> audio(part.path("input_audio"), at + ".input_audio");
      case "file" -> file(part.path("file"), at + ".file");
      default ->
          throw Refusal.value(
              "Invalid value: '%s'. Supported values are: 'text', 'image_url', 'input_audio', 'refusal', 'audio', and 'file'."
                  .formatted(Members.cut(type)),
              at + ".type");
    };
  }

  private static ContentPart image(JsonNode image, String at) {
    if (image.isString()) {
      throw Refusal.type(at, "an object", "a string");
    }
    if (!image.isObject()) {
      throw Refusal.missing(at);
    }
    String url = Members.requiredText(image, "url", at);
    if (!url.startsWith("data:") && !url.startsWith("http:") && !url.startsWith("https:")) {
      throw new Refusal(
          new InvalidRequest(
              "Invalid image URL: '%s'. Expected a valid URL, but got a value with an invalid format."
                  .formatted(at + ".url"),
              at + ".url",
              "invalid_value"));
    }
    return new ContentPart.Image(url, detail(image, at));
  }

  private static @Nullable String detail(JsonNode image, String at) {
    String detail = Members.text(image.path("detail"));
    if (detail != null && !List.of("auto", "low", "high", "original").contains(detail)) {
      throw Refusal.value(
          "Invalid value: '%s'. Supported values are: 'auto', 'low', and 'high'."
              .formatted(Members.cut(detail)),
          at + ".detail");
    }
    return detail;
  }

  private static ContentPart audio(JsonNode audio, String at) {
    if (!audio.isObject()) {
      throw Refusal.missing(at);
    }
    String format = Members.requiredText(audio, "format", at);
    if (!format.equals("wav") && !format.equals("mp3")) {
      throw Refusal.value(
          "Invalid value: '%s'. Supported values are: 'wav' and 'mp3'."
              .formatted(Members.cut(format)),
          at + ".format");
    }
    return new ContentPart.Audio(Members.requiredText(audio, "data", at), format);
  }

  private static ContentPart file(JsonNode file, String at) {
    if (!file.isObject()) {
      throw Refusal.missing(at);
    }
    String id = Members.text(file.path("file_id"));
    String data = Members.text(file.path("file_data"));
    if (id == null && data == null) {
      throw Refusal.missing(at + ".file_id");
    }
    return new ContentPart.File(id, Members.text(file.path("filename")), data);
  }
}
