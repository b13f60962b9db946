package dev.spillway.emulator.identity;

import dev.spillway.wire.Operation;
import java.util.Optional;

/**
 * What a role allows to do with a resource's data.
 *
 * @param name without what all of them begin with: {@code OpenAI/responses/write}
 */
public record DataAction(String name) {

  private static final String ACCOUNTS = "Microsoft.CognitiveServices/accounts/";

  /** What the service asks for before it does this. */
  public static DataAction of(Operation operation) {
    return switch (operation) {
      case CHAT_COMPLETIONS -> new DataAction("OpenAI/deployments/chat/completions/action");
      case COMPLETIONS -> new DataAction("OpenAI/deployments/completions/action");
      case EMBEDDINGS -> new DataAction("OpenAI/deployments/embeddings/action");
      case RESPONSES -> new DataAction("OpenAI/responses/write");
      case IMAGE_GENERATIONS, IMAGE_EDITS -> new DataAction("OpenAI/images/generations/action");
      case AUDIO_TRANSCRIPTIONS, AUDIO_TRANSLATIONS, AUDIO_SPEECH ->
          new DataAction("OpenAI/deployments/audio/action");
    };
  }

  /**
   * What it asks for before something is done with what a resource keeps; none where it keeps
   * nothing.
   */
  public static Optional<DataAction> ofKept(String method, String path) {
    return path.startsWith(Operation.RESPONSES.path() + "/")
        ? Optional.of(
            new DataAction(
                switch (method) {
                  case "GET" -> "OpenAI/responses/read";
                  case "DELETE" -> "OpenAI/responses/delete";
                  default -> "OpenAI/responses/write";
                }))
        : Optional.empty();
  }

  public String fullName() {
    return ACCOUNTS + name;
  }

  /** Whether a pattern with at most one {@code *} covers it. */
  boolean matches(String pattern) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return name.equals(pattern);
    }
    String before = pattern.substring(0, star);
    String after = pattern.substring(star + 1);
    return name.length() >= before.length() + after.length()
        && name.startsWith(before)
        && name.endsWith(after);
  }
}
