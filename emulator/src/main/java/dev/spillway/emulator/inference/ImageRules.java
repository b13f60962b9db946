package dev.spillway.emulator.inference;

import dev.spillway.emulator.media.PictureSize;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.ImageRequest;
import dev.spillway.emulator.request.InvalidRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the families of models that draw take. */
final class ImageRules {

  private static final int DALL_E_PROMPT = 4_000;
  private static final int GPT_IMAGE_PROMPT = 32_000;

  /** From this model on a size is any that keeps within bounds. */
  private static final String FREE_SIZES = "gpt-image-2";

  private ImageRules() {}

  static Optional<InvalidRequest> dallE(ImageRequest request) {
    ImageRequest.Options given = request.options();
    return first(
        Stream.of(
            tooLong(request, DALL_E_PROMPT),
            request.count() > 1
                ? Optional.of(
                    new InvalidRequest("You must provide n=1 for this model.", "n", "invalid_n"))
                : Optional.empty(),
            unknown("output_format", given.outputFormat()),
            unknown("background", given.background()),
            unknown("output_compression", given.compression()),
            unknown("stream", request.stream() ? Optional.of(true) : Optional.empty()),
            oneOf("size", given.size(), List.of("1024x1024", "1792x1024", "1024x1792")),
            oneOf("quality", given.quality(), List.of("standard", "hd")),
            oneOf("style", given.style(), List.of("vivid", "natural")),
            oneOf("response_format", given.responseFormat(), List.of("url", "b64_json"))));
  }

  static Optional<InvalidRequest> gptImage(ModelProfile model, ImageRequest request) {
    ImageRequest.Options given = request.options();
    return first(
        Stream.of(
            tooLong(request, GPT_IMAGE_PROMPT),
            unknown("response_format", given.responseFormat()),
            unknown("style", given.style()),
            model.name().startsWith(FREE_SIZES)
                ? freeSize(given.size())
                : oneOf(
                    "size", given.size(), List.of("1024x1024", "1024x1536", "1536x1024", "auto")),
            oneOf("quality", given.quality(), List.of("low", "medium", "high", "auto")),
            oneOf("output_format", given.outputFormat(), List.of("png", "jpeg")),
            oneOf("background", given.background(), List.of("transparent", "opaque", "auto")),
            transparentJpeg(given)));
  }

  private static Optional<InvalidRequest> first(Stream<Optional<InvalidRequest>> problems) {
    return problems.flatMap(Optional::stream).findFirst();
  }

  private static Optional<InvalidRequest> tooLong(ImageRequest request, int most) {
    int length = request.prompt().length();
    return length > most
        ? Optional.of(
            new InvalidRequest(
                "Invalid 'prompt': string too long. Expected a string with maximum length %d, but got a string with length %d instead."
                    .formatted(most, length),
                "prompt",
                "string_above_max_length"))
        : Optional.empty();
  }

  private static Optional<InvalidRequest> unknown(String name, Optional<?> given) {
    return given.map(value ->
        new InvalidRequest("Unknown parameter: '" + name + "'.", name, "unknown_parameter"));
  }

  private static Optional<InvalidRequest> oneOf(
      String name, Optional<String> given, List<String> values) {
    return given
        .filter(value -> !values.contains(value))
        .map(value -> InvalidRequest.unsupported(name, value, values));
  }

  private static Optional<InvalidRequest> freeSize(Optional<String> given) {
    return given
        .filter(size -> !size.equals("auto"))
        .filter(size -> PictureSize.parse(size).filter(ImageRules::isWithinBounds).isEmpty())
        .map(size ->
            new InvalidRequest(
                "Invalid size '%s'. Both edges must be multiples of 16 and at most 3840 pixels, the longer one at most three times the shorter one, with 655360 to 8294400 pixels in all."
                    .formatted(size.length() > 40 ? size.substring(0, 40) : size),
                "size",
                "invalid_value"));
  }

  private static boolean isWithinBounds(PictureSize size) {
    return size.width() % 16 == 0
        && size.height() % 16 == 0
        && size.longerEdge() <= 3_840
        && size.longerEdge() <= 3 * size.shorterEdge()
        && size.pixels() >= 655_360
        && size.pixels() <= 8_294_400;
  }

  private static Optional<InvalidRequest> transparentJpeg(ImageRequest.Options given) {
    boolean contradicts =
        given.background().filter("transparent"::equals).isPresent()
            && given.outputFormat().filter("jpeg"::equals).isPresent();
    return contradicts
        ? Optional.of(
            new InvalidRequest(
                "Transparent background is not supported for output format 'jpeg'.",
                "background",
                "invalid_value"))
        : Optional.empty();
  }
}
