package dev.spillway.emulator.request;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pictures as asked for. What only one family of models takes is left as it came.
 *
 * @param images those to be edited; none for a picture from nothing
 * @param count {@code n}
 * @param partialImages how many unfinished pictures a stream shall have
 * @param options the other members that were given
 */
public record ImageRequest(
    @Nullable String model,
    String prompt,
    List<Upload> images,
    int count,
    boolean stream,
    int partialImages,
    Options options)
    implements MediaRequest {

  /**
   * Members as they came.
   *
   * @param size as {@code 1024x1024} or {@code auto}
   * @param style {@code vivid} or {@code natural}
   * @param responseFormat {@code url} or {@code b64_json}
   * @param outputFormat {@code png}, {@code jpeg} or {@code webp}
   * @param background {@code transparent}, {@code opaque} or {@code auto}
   */
  public record Options(
      Optional<String> size,
      Optional<String> quality,
      Optional<String> style,
      Optional<String> responseFormat,
      Optional<String> outputFormat,
      Optional<String> background,
      Optional<Integer> compression) {}

  @Override
  public List<String> texts() {
    return List.of(prompt);
  }
}
