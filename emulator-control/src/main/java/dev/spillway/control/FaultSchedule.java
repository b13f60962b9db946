package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a fault strikes the calls that match; all of what is named must hold.
 *
 * @param first so many calls at most
 * @param every each nth of the calls that match
 * @param probability of each call, from 0 to 1; whether it is struck follows from the emulator's
 *     seed and the request
 * @param from after so long, counted from when the fault was set, by the emulator's clock
 * @param to until so long after that
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FaultSchedule(
    @Nullable Long first,
    @Nullable Integer every,
    @Nullable Double probability,
    @Nullable Duration from,
    @Nullable Duration to) {

  public static final FaultSchedule ALWAYS = new FaultSchedule(null, null, null, null, null);

  public FaultSchedule {
    if (first != null && first < 1) {
      throw new IllegalArgumentException("'first' is a number of calls from 1 up, not " + first);
    }
    if (every != null && every < 1) {
      throw new IllegalArgumentException("'every' is a number of calls from 1 up, not " + every);
    }
    if (probability != null && !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("'probability' is from 0 to 1, and not " + probability);
    }
    if (to != null && to.compareTo(from == null ? Duration.ZERO : from) <= 0) {
      throw new IllegalArgumentException("'to' is later than 'from', and not " + TimeText.of(to));
    }
  }

  /** As people write it, with times such as {@code 10s}. */
  @JsonCreator
  static FaultSchedule of(
      @JsonProperty("first") @Nullable Long first,
      @JsonProperty("every") @Nullable Integer every,
      @JsonProperty("probability") @Nullable Double probability,
      @JsonProperty("from") @Nullable String from,
      @JsonProperty("to") @Nullable String to) {
    return new FaultSchedule(
        first,
        every,
        probability,
        from == null ? null : TimeText.parse(from),
        to == null ? null : TimeText.parse(to));
  }

  public FaultSchedule withFirst(long calls) {
    return new FaultSchedule(calls, every, probability, from, to);
  }

  public FaultSchedule withEvery(int calls) {
    return new FaultSchedule(first, calls, probability, from, to);
  }

  public FaultSchedule withProbability(double share) {
    return new FaultSchedule(first, every, share, from, to);
  }

  public FaultSchedule withWindow(@Nullable Duration start, @Nullable Duration end) {
    return new FaultSchedule(first, every, probability, start, end);
  }

  /** Whether so long after it was set it may strike. */
  public boolean includes(Duration since) {
    return (from == null || since.compareTo(from) >= 0) && (to == null || since.compareTo(to) < 0);
  }

  /** Whether it asks nothing but the time. */
  boolean isOfTime() {
    return first == null && every == null && probability == null;
  }

  @JsonProperty("from")
  @Nullable String fromText() {
    return from == null ? null : TimeText.of(from);
  }

  @JsonProperty("to")
  @Nullable String toText() {
    return to == null ? null : TimeText.of(to);
  }
}
