package dev.spillway.control.stub;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that was for stubs and that no stub fits.
 *
 * @param requestId the answer's {@code apim-request-id}
 * @param turn which answer of the conversation it asked for
 * @param text the beginning of what was said last; null where requests' bodies are not kept
 * @param nearest the stubs that fit most of it, the nearest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UnmatchedRequest(
    Instant at,
    String requestId,
    String resource,
    String deployment,
    String operation,
    int turn,
    @Nullable String text,
    List<NearMiss> nearest) {

  /**
   * A stub that nearly fits.
   *
   * @param because every condition that does not fit, and what stood there
   */
  public record NearMiss(String stub, List<String> because) {

    public NearMiss {
      because = List.copyOf(because);
    }
  }

  public UnmatchedRequest {
    nearest = List.copyOf(nearest);
  }
}
