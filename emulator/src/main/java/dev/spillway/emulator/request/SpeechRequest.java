package dev.spillway.emulator.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Speech as asked for.
 *
 * @param input what is to be said
 * @param instructions how; empty for no matter
 * @param format name of the kind of file
 * @param speed 1 for the usual one
 * @param stream whether it shall come as events instead of one file: {@code stream_format: sse}
 */
public record SpeechRequest(
    @Nullable String model,
    String input,
    String instructions,
    String voice,
    String format,
    double speed,
    boolean stream)
    implements MediaRequest {

  @Override
  public List<String> texts() {
    return instructions.isEmpty() ? List.of(input) : List.of(input, instructions);
  }
}
