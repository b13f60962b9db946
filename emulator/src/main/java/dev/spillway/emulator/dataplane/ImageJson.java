package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.filter.Annotation;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.inference.ImageAnswer;
import dev.spillway.emulator.inference.ImageLook;
import dev.spillway.emulator.inference.MediaTokens;
import dev.spillway.emulator.inference.Usage;
import dev.spillway.emulator.model.MediaFamily;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntFunction;
import tools.jackson.core.JsonGenerator;

/** Writes pictures, whole or event by event: members in alphabetical order. */
final class ImageJson {

  private final ImageAnswer answer;
  private final ImageLook look;
  private final String event;

  /**
   * @param edits whether the pictures were there before
   */
  ImageJson(ImageAnswer answer, boolean edits) {
    this.answer = answer;
    this.look = answer.look();
    this.event = edits ? "image_edit" : "image_generation";
  }

  /**
   * The whole body.
   *
   * @param urls where a picture is fetched, by its number; asked only where it is not in the answer
   */
  byte[] whole(IntFunction<String> urls) {
    return answer.deployment().model().family() == MediaFamily.DALL_E ? dallE(urls) : gptImage();
  }

  private byte[] dallE(IntFunction<String> urls) {
    return ChatJson.line(json -> {
      json.writeNumberProperty("created", answer.created().getEpochSecond());
      json.writeArrayPropertyStart("data");
      for (int i = 0; i < answer.pictures().size(); i++) {
        ImageAnswer.Picture picture = answer.pictures().get(i);
        json.writeStartObject();
        if (look.inAnswer()) {
          json.writeStringProperty("b64_json", base64(picture.file()));
        }
        filtered(json, "content_filter_results", picture.filter());
        filtered(json, "prompt_filter_results", answer.prompt());
        json.writeStringProperty("revised_prompt", answer.revisedPrompt());
        if (!look.inAnswer()) {
          json.writeStringProperty("url", urls.apply(i));
        }
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  private static void filtered(JsonGenerator json, String name, Verdict verdict) {
    List<Annotation> annotations =
        switch (verdict) {
          case Verdict.Passed passed -> passed.annotations();
          case Verdict.Blocked blocked -> blocked.annotations();
          case Verdict.Unfiltered unfiltered -> List.of();
          case Verdict.Pending pending -> List.of();
        };
    FilterAnnotations.OF_PICTURES.write(json, name, annotations);
  }

  private byte[] gptImage() {
    return ChatJson.line(json -> {
      json.writeStringProperty("background", background());
      json.writeNumberProperty("created", answer.created().getEpochSecond());
      json.writeArrayPropertyStart("data");
      for (ImageAnswer.Picture picture : answer.pictures()) {
        json.writeStartObject();
        json.writeStringProperty("b64_json", base64(picture.file()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeStringProperty("output_format", look.format().onTheWire());
      json.writeStringProperty("quality", look.quality());
      json.writeStringProperty("size", look.size().toString());
      usage(json);
    });
  }

  /** The unfinished pictures, then the finished ones. */
  List<byte[]> events() {
    List<byte[]> events = new ArrayList<>();
    for (int i = 0; i < answer.parts().size(); i++) {
      events.add(event(events.size(), answer.parts().get(i), i));
    }
    for (ImageAnswer.Picture picture : answer.pictures()) {
      events.add(event(events.size(), picture.file(), -1));
    }
    return events;
  }

  /**
   * @param part the number of an unfinished picture; negative for a finished one
   */
  private byte[] event(int number, byte[] file, int part) {
    String type = event + (part < 0 ? ".completed" : ".partial_image");
    return ChatJson.namedEvent(
        type,
        json -> {
          json.writeStringProperty("b64_json", base64(file));
          json.writeStringProperty("background", background());
          json.writeNumberProperty("created_at", answer.created().getEpochSecond());
          json.writeStringProperty("output_format", look.format().onTheWire());
          if (part >= 0) {
            json.writeNumberProperty("partial_image_index", part);
          }
          json.writeStringProperty("quality", look.quality());
          json.writeNumberProperty("sequence_number", number);
          json.writeStringProperty("size", look.size().toString());
          json.writeStringProperty("type", type);
          if (part < 0) {
            usage(json);
          }
        });
  }

  private String background() {
    return look.transparent() ? "transparent" : "opaque";
  }

  private void usage(JsonGenerator json) {
    Usage usage = answer.usage();
    int images = MediaTokens.imageTokens(answer.request());
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("input_tokens", usage.promptTokens());
    details(json, "input_tokens_details", images, usage.promptTokens() - images);
    json.writeNumberProperty("output_tokens", usage.completionTokens());
    details(json, "output_tokens_details", usage.completionTokens(), 0);
    json.writeNumberProperty("total_tokens", usage.totalTokens());
    json.writeEndObject();
  }

  private static void details(JsonGenerator json, String name, int images, int text) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("image_tokens", images);
    json.writeNumberProperty("text_tokens", text);
    json.writeEndObject();
  }

  private static String base64(byte[] file) {
    return Base64.getEncoder().encodeToString(file);
  }
}
