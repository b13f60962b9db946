package dev.spillway.control.stub;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stub says once; in JSON also a plain text. Its texts are templates.
 *
 * @param chunks the text in the pieces that a stream sends it in; null for one piece a token
 * @param refusal what the model says when it declines; it then says nothing else
 * @param calls the tools that it calls
 * @param finishReason {@code stop}, {@code length} or {@code tool_calls}; null for what follows
 *     from the answer
 * @param usage what is billed; null for what is counted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StubAnswer(
    @Nullable String text,
    @Nullable List<String> chunks,
    @Nullable String refusal,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<StubCall> calls,
    @JsonProperty("finish-reason") @JsonAlias({"finishReason", "finish_reason"})
        @Nullable String finishReason,
    @Nullable StubUsage usage) {

  /** What {@code finish-reason} may be. */
  public static final List<String> FINISH_REASONS = List.of("stop", "length", "tool_calls");

  @JsonCreator
  public StubAnswer {
    chunks = chunks == null || chunks.isEmpty() ? null : List.copyOf(chunks);
    calls = copy(calls);
    if (text == null && chunks == null && refusal == null && calls.isEmpty()) {
      throw new IllegalArgumentException(
          "an answer says nothing: it needs one of text, chunks, refusal and calls");
    }
    if (text != null && chunks != null) {
      throw new IllegalArgumentException("an answer has its text either as text or as chunks");
    }
    if (refusal != null && (text != null || chunks != null || !calls.isEmpty())) {
      throw new IllegalArgumentException("an answer with a refusal says nothing else");
    }
    checkFinish(finishReason);
  }

  private static void checkFinish(@Nullable String reason) {
    if (reason != null && !FINISH_REASONS.contains(reason)) {
      String hint =
          reason.equals("content_filter")
              ? "; the content filter ends an answer by a trigger or a marker"
              : "";
      throw new IllegalArgumentException(
          "the finish-reason of an answer is one of %s, not '%s'%s"
              .formatted(String.join(", ", FINISH_REASONS), reason, hint));
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static StubAnswer says(String text) {
    return new StubAnswer(text, null, null, List.of(), null, null);
  }

  /** A text in the pieces that a stream sends it in. */
  public static StubAnswer streams(String... chunks) {
    return new StubAnswer(null, List.of(chunks), null, List.of(), null, null);
  }

  public static StubAnswer refuses(String refusal) {
    return new StubAnswer(null, null, refusal, List.of(), null, null);
  }

  public static StubAnswer calls(StubCall... calls) {
    return new StubAnswer(null, null, null, List.of(calls), null, null);
  }

  /** The same with one more call. */
  StubAnswer and(StubCall call) {
    List<StubCall> all = new ArrayList<>(calls);
    all.add(call);
    return new StubAnswer(text, chunks, refusal, all, finishReason, usage);
  }

  StubAnswer finishing(String reason) {
    return new StubAnswer(text, chunks, refusal, calls, reason, usage);
  }

  StubAnswer billed(StubUsage tokens) {
    return new StubAnswer(text, chunks, refusal, calls, finishReason, tokens);
  }

  private static List<StubCall> copy(@Nullable List<StubCall> calls) {
    return calls == null ? List.of() : List.copyOf(calls);
  }
}
