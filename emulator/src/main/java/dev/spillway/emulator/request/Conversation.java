package dev.spillway.emulator.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is to go on with, and in which form: all that decides what it writes, whatever the
 * operation.
 *
 * @param tools what it may call
 * @param toolChoice whether it has to
 * @param parallelTools whether it may call several at once
 * @param format the form of its text
 * @param stop the texts that end an answer
 * @param maxTokens the longest answer; null when nothing is said of it
 * @param effort how much a reasoning model is to think, in its own words; null for the usual
 * @param prediction what much of the answer is expected to be; null for nothing
 */
public record Conversation(
    List<ChatMessage> messages,
    List<Tool> tools,
    ToolChoice toolChoice,
    boolean parallelTools,
    ResponseFormat format,
    List<String> stop,
    @Nullable Integer maxTokens,
    @Nullable String effort,
    @Nullable String prediction) {

  /** One that neither says how much to think, nor what to expect. */
  public Conversation(
      List<ChatMessage> messages,
      List<Tool> tools,
      ToolChoice toolChoice,
      boolean parallelTools,
      ResponseFormat format,
      List<String> stop,
      @Nullable Integer maxTokens) {
    this(messages, tools, toolChoice, parallelTools, format, stop, maxTokens, null, null);
  }

  /** Messages that are to be answered with plain text. */
  public static Conversation of(List<ChatMessage> messages, @Nullable Integer maxTokens) {
    return new Conversation(
        messages,
        List.of(),
        new ToolChoice.Auto(),
        true,
        new ResponseFormat.Text(),
        List.of(),
        maxTokens);
  }

  /** The texts of its messages. */
  public List<String> texts() {
    return messages.stream().map(ChatMessage::text).toList();
  }

  /** The same with its first messages only. */
  public Conversation withFirst(int count) {
    return new Conversation(
        messages.subList(0, count),
        tools,
        toolChoice,
        parallelTools,
        format,
        stop,
        maxTokens,
        effort,
        prediction);
  }

  /** The same with another limit of its answer. */
  public Conversation upTo(int tokens) {
    return new Conversation(
        messages, tools, toolChoice, parallelTools, format, stop, tokens, effort, prediction);
  }
}
