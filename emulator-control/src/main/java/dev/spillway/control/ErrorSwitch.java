package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Lets the next calls of a deployment end in an error.
 *
 * @param times how many of them; 0 takes the switch away
 * @param afterChunks so many chunks of a streamed answer come before the error, or all of them when
 *     there are fewer; answers that are not streamed are left alone. Null for an error in the
 *     answer's place
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorSwitch(
    ServiceError error,
    int times,
    @JsonProperty("after-chunks") @JsonAlias("afterChunks") @Nullable Integer afterChunks) {

  public ErrorSwitch {
    if (times < 0) {
      throw new IllegalArgumentException("'times' is a number of calls from 0 up, not " + times);
    }
    if (afterChunks != null && afterChunks < 0) {
      throw new IllegalArgumentException(
          "'after-chunks' is a number of chunks from 0 up, not " + afterChunks);
    }
    if (afterChunks != null) {
      error.checkEndsStreams();
    }
  }

  /** An error in the place of the next so many answers. */
  public static ErrorSwitch next(int times, ServiceError error) {
    return new ErrorSwitch(error, times, null);
  }

  /** An error in the next stream, after so many of its chunks. */
  public static ErrorSwitch inStream(int afterChunks, ServiceError error) {
    return new ErrorSwitch(error, 1, afterChunks);
  }

  /** The same with one call less. */
  public ErrorSwitch usedOnce() {
    return new ErrorSwitch(error, times - 1, afterChunks);
  }
}
