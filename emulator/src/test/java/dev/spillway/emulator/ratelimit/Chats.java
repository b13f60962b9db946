package dev.spillway.emulator.ratelimit;

import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.Parameters;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Requests of which only the sizes matter. */
final class Chats {

  private Chats() {}

  /** Messages of so many characters each. */
  static ChatRequest of(@Nullable Integer maxTokens, int choices, int bestOf, int... characters) {
    return new ChatRequest(
        null,
        Conversation.of(
            Arrays.stream(characters)
                .mapToObj(count -> new ChatMessage("user", null, "a".repeat(count)))
                .toList(),
            maxTokens),
        choices,
        bestOf,
        false,
        false,
        true,
        Parameters.NONE);
  }

  /** One that the documented rule charges exactly so many tokens for. */
  static ChatRequest charging(int tokens) {
    return of(tokens, 1, 1, 0);
  }
}
