package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.request.ChatRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion.
 *
 * @param prompt what the content filter says of the prompt
 * @param readWhileSent whether the content filter reads it only while it is sent
 * @param choices one for each of the request's {@code n}
 * @param readings the limits right after the request was charged
 * @param spilledFrom the provisioned deployment that had no room for it; null when it was asked of
 *     this one
 */
public record Answer(
    Deployment deployment,
    ChatRequest request,
    Instant created,
    Verdict prompt,
    boolean readWhileSent,
    List<Choice> choices,
    Usage usage,
    LimitReadings readings,
    @Nullable String spilledFrom) {

  /** Whether the content filter has ended every choice. */
  public boolean blocked() {
    return choices.stream().allMatch(Choice::blocked);
  }

  /** The same, with no more of the completion billed than this. */
  Answer cutTo(int completionTokens) {
    return new Answer(
        deployment,
        request,
        created,
        prompt,
        readWhileSent,
        choices,
        usage.withCompletionTokens(completionTokens),
        readings,
        spilledFrom);
  }

  /** The same, as the answer to a call that another deployment had no room for. */
  Answer insteadOf(Deployment other) {
    return new Answer(
        deployment,
        request,
        created,
        prompt,
        readWhileSent,
        choices,
        usage,
        readings,
        other.name());
  }

  Pieces pieces(int choice) {
    return readWhileSent
        ? new PiecesReadWhileSent(choice, choices.get(choice), request.promptCharacters())
        : new PiecesReadBefore(choice, choices.get(choice));
  }
}
