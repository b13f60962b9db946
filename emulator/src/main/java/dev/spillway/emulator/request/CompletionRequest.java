package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A legacy completion as asked for: {@code n} texts that go on with each prompt.
 *
 * @param prompts at least one
 * @param texts the prompts as texts; empty ones for tokens that nobody has read yet
 * @param maxTokensEach the longest answer to one of them, 16 when it does not say
 * @param choicesPerPrompt {@code n}
 * @param bestOf {@code best_of}: how many are written for each prompt, of which the best are sent
 * @param echo whether a prompt comes before its answers
 * @param logprobs how many other tokens are named for each; null for none at all
 * @param given which of the members it has that not every model takes
 */
public record CompletionRequest(
    @Nullable String model,
    List<PromptInput> prompts,
    List<String> texts,
    int maxTokensEach,
    int choicesPerPrompt,
    int bestOf,
    boolean echo,
    @Nullable Integer logprobs,
    List<String> stop,
    boolean stream,
    boolean includeUsage,
    List<String> given)
    implements TextRequest {

  /** The same, with its prompts read. */
  public CompletionRequest withTexts(List<String> read) {
    return new CompletionRequest(
        model,
        prompts,
        read,
        maxTokensEach,
        choicesPerPrompt,
        bestOf,
        echo,
        logprobs,
        stop,
        stream,
        includeUsage,
        given);
  }

  /** All prompts. */
  @Override
  public Conversation conversation() {
    return conversation(texts);
  }

  @Override
  public Conversation conversation(int candidate) {
    return conversation(List.of(texts.get(promptOf(candidate))));
  }

  private Conversation conversation(List<String> prompts) {
    List<ChatMessage> messages = new ArrayList<>(prompts.size());
    prompts.forEach(text -> messages.add(new ChatMessage("user", null, text)));
    Conversation plain = Conversation.of(messages, maxTokensEach);
    return new Conversation(
        messages,
        plain.tools(),
        plain.toolChoice(),
        plain.parallelTools(),
        plain.format(),
        stop,
        maxTokensEach);
  }

  /** The prompt that a candidate goes on with: first come all that are sent, prompt by prompt. */
  public int promptOf(int candidate) {
    return candidate < choices()
        ? candidate / choicesPerPrompt
        : (candidate - choices()) / (bestOf - choicesPerPrompt);
  }

  @Override
  public int choices() {
    return prompts.size() * choicesPerPrompt;
  }

  @Override
  public int candidates() {
    return prompts.size() * bestOf;
  }

  @Override
  public long promptCharacters() {
    return prompts.stream().mapToLong(PromptInput::characters).sum();
  }

  /** Of the answers to all prompts. */
  @Override
  public Integer maxTokens() {
    return (int) Math.min((long) maxTokensEach * prompts.size(), Integer.MAX_VALUE);
  }

  @Override
  public int multiplier() {
    return bestOf;
  }

  /** None that api-versions differ in. */
  @Override
  public Parameters parameters() {
    return Parameters.NONE;
  }
}
