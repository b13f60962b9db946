package dev.spillway.router.upstream;

import dev.spillway.wire.ErrorEnvelope;
import java.util.Set;

/** What a backend has refused a request for, by the error's code and never by its wording. */
public enum RefusedFor {
  /** It is too long for the model. */
  CONTEXT_LENGTH,
  /** The content filter does not let it through. */
  CONTENT_FILTER,
  /** Anything else, which every backend would refuse. */
  ITSELF;

  private static final int BAD_REQUEST = 400;
  private static final Set<String> FILTERS =
      Set.of("content_filter", "contentFilter", "content_policy_violation");

  static RefusedFor of(Answer answer) {
    return answer.status() == BAD_REQUEST
        ? ErrorEnvelope.read(answer.bytes())
            .map(ErrorEnvelope::code)
            .map(RefusedFor::of)
            .orElse(ITSELF)
        : ITSELF;
  }

  private static RefusedFor of(String code) {
    if (code.equals("context_length_exceeded")) {
      return CONTEXT_LENGTH;
    }
    return FILTERS.contains(code) ? CONTENT_FILTER : ITSELF;
  }
}
