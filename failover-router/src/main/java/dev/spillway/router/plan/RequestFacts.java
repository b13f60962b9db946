package dev.spillway.router.plan;

import dev.spillway.wire.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request's JSON says that decides where it is best sent.
 *
 * @param operation by the path; empty for one that is not known
 * @param promptCharacters of all that the model is given to read, as the service counts them: texts
 *     of messages, instructions, inputs and prompts, and four for each token that is given by its
 *     number. Tools, calls, pictures and names do not count.
 * @param maxTokens how long one answer may be, by {@code max_completion_tokens}, {@code max_tokens}
 *     or {@code max_output_tokens}; null when it does not say
 * @param prompts how many texts a legacy completion goes on with, or how many inputs are embedded;
 *     1 for what has one conversation
 * @param choices {@code n}; 1 when it does not say
 * @param bestOf {@code best_of}; 1 when it does not say
 * @param stream whether the answer shall be a stream
 * @param tools whether the model may call tools
 * @param images whether there are pictures to look at
 * @param format of the answer
 * @param messages how many messages or input items there are
 */
public record RequestFacts(
    Optional<Operation> operation,
    long promptCharacters,
    @Nullable Long maxTokens,
    int prompts,
    int choices,
    int bestOf,
    boolean stream,
    boolean tools,
    boolean images,
    AnswerFormat format,
    int messages) {

  /** What the answer's text must be. */
  public enum AnswerFormat {
    TEXT,
    JSON_OBJECT,
    JSON_SCHEMA
  }

  /** Of a request without a body, or with one that is no JSON object. */
  public static RequestFacts none(Optional<Operation> operation) {
    return new RequestFacts(operation, 0, null, 1, 1, 1, false, false, false, AnswerFormat.TEXT, 0);
  }
}
