package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be said of a client's behaviour; docs/verdict.md defines each. */
public enum FindingKind {
  /** A retry came to the same deployment before the wait was over that it had been told. */
  CAME_EARLY,
  /** Retries that were told no wait came at intervals that did not grow. */
  NO_BACKOFF,
  /** Several retries within a second or so. */
  STORMED,
  /** More attempts than are allowed. */
  TOO_MANY_ATTEMPTS,
  /** A retry of what can only be refused again. */
  RETRIED_IN_VAIN,
  /** After a refusal it went to a deployment that had told this caller to stay away. */
  MOVED_TO_RESTING,
  /** After a refusal it waited before it went to another deployment. */
  MOVED_LATE,
  /** A new request came to a deployment that had told this caller to stay away. */
  CAME_WHILE_RESTING,
  /** Attempts at one request overlapped. */
  HEDGED,
  /** Tokens were charged for answers that nobody used. */
  WASTED_TOKENS,
  /** A request was not served in the end. */
  GAVE_UP,
  /** Calls with neither a body nor a name of their own cannot be told apart. */
  CANNOT_TELL,
  /** There was no call to judge. */
  NO_CALLS;

  /** As it is written everywhere outside Java: {@code came-early}. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind that is written so, if there is one. */
  public static Optional<FindingKind> of(String text) {
    return Stream.of(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
