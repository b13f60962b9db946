package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a client went about one request: all its attempts, on all deployments.
 *
 * @param caller as the journal names it
 * @param ending what became of it
 * @param attempts its calls, oldest first
 * @param waitsHonoured retries that came when the wait was over that they had been told
 * @param waitsBroken retries that came before
 * @param moves from a refusal to another deployment
 * @param movesToCapacity those of them that were served there
 * @param overlapping attempts that began before an earlier one was over
 * @param wastedTokens charged for answers that nobody used
 * @param tookMillis from the first attempt's arrival to the end of the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestVerdict(
    @Nullable String caller,
    Ending ending,
    List<SeenCall> attempts,
    int waitsHonoured,
    int waitsBroken,
    int moves,
    int movesToCapacity,
    int overlapping,
    long wastedTokens,
    long tookMillis) {

  /** What became of a request in the end. */
  public enum Ending {
    SERVED,
    /** Refused in a way that no retry would have changed. */
    REFUSED,
    /** Throttled or failed, and not tried again so far. */
    GAVE_UP,
    /** The caller left before the answer was over. */
    LEFT;

    /** As it is written outside Java. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public RequestVerdict {
    attempts = List.copyOf(attempts);
  }
}
