package dev.spillway.emulator.request;

import java.util.List;
import java.util.Optional;

/** Reads what is asked of a model that draws: JSON for a new picture, a form for an edited one. */
final class ImageRequestReader {

  private static final int MOST_PICTURES = 10;
  private static final int MOST_IMAGES = 16;
  private static final int MOST_PARTS = 3;

  private ImageRequestReader() {}

  static ParsedBody generation(RequestBody body, Roles roles) {
    try {
      return new ParsedBody.Valid(read(Fields.json(body), List.of()));
    } catch (Fields.Wrong e) {
      return new ParsedBody.Refused(e.problem());
    }
  }

  static ParsedBody edit(RequestBody body, Roles roles) {
    try {
      Fields form = Fields.form(body);
      return new ParsedBody.Valid(read(form, images(form)));
    } catch (Fields.Wrong e) {
      return new ParsedBody.Refused(e.problem());
    }
  }

  private static List<Upload> images(Fields form) {
    List<Upload> images = form.files("image");
    if (images.isEmpty()) {
      throw Fields.wrong("'image' is a required property", "image", null);
    }
    if (images.size() > MOST_IMAGES) {
      throw Fields.wrong(
          "Invalid 'image': array too long. Expected an array with maximum length %d, but got an array with length %d instead."
              .formatted(MOST_IMAGES, images.size()),
          "image",
          "array_above_max_length");
    }
    return images;
  }

  private static ImageRequest read(Fields fields, List<Upload> images) {
    String prompt = fields.required("prompt");
    if (prompt.isBlank()) {
      throw Fields.wrong("'' is too short - 'prompt'", "prompt", null);
    }
    return new ImageRequest(
        fields.text("model").orElse(null),
        prompt,
        images,
        fields.integer("n", 1, MOST_PICTURES, 1),
        fields.flag("stream"),
        fields.integer("partial_images", 0, MOST_PARTS, 0),
        options(fields));
  }

  private static ImageRequest.Options options(Fields fields) {
    int compression = fields.integer("output_compression", 0, 100, -1);
    return new ImageRequest.Options(
        fields.text("size"),
        fields.text("quality"),
        fields.text("style"),
        fields.text("response_format"),
        fields.text("output_format"),
        fields.text("background"),
        compression < 0 ? Optional.empty() : Optional.of(compression));
  }
}
