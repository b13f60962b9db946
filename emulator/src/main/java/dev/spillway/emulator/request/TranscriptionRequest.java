package dev.spillway.emulator.request;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sound whose words are asked for.
 *
 * @param translated whether in English, whatever the sound's language is
 * @param language two letters; none when the model shall find out
 * @param prompt what comes before the sound; empty for nothing
 * @param format {@code json}, {@code verbose_json}, {@code text}, {@code srt} or {@code vtt}
 * @param granularities what {@code verbose_json} gives times of: {@code segment}, {@code word}
 * @param logprobs whether {@code include} asks for them
 */
public record TranscriptionRequest(
    @Nullable String model,
    Upload file,
    boolean translated,
    Optional<String> language,
    String prompt,
    String format,
    double temperature,
    List<String> granularities,
    boolean logprobs,
    boolean stream)
    implements MediaRequest {

  @Override
  public List<String> texts() {
    return prompt.isEmpty() ? List.of() : List.of(prompt);
  }
}
