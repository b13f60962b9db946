package dev.spillway.emulator.request;

import org.jspecify.annotations.Nullable;

/** Ends the reading of a body with what is wrong with it; never leaves this package. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient InvalidRequest problem;

  Refusal(InvalidRequest problem) {
    super(problem.message(), null, false, false);
    this.problem = problem;
  }

  static Refusal of(String message, @Nullable String param) {
    return new Refusal(new InvalidRequest(message, param, null));
  }

  /** A value that is none of those there are. */
  static Refusal value(String message, String param) {
    return new Refusal(new InvalidRequest(message, param, "invalid_value"));
  }

  /** A member that has to be there. */
  static Refusal missing(String param) {
    return new Refusal(
        new InvalidRequest(
            "Missing required parameter: '" + param + "'.", param, "missing_required_parameter"));
  }

  /** A member of another type than it has to be. */
  static Refusal type(String param, String expected, String given) {
    return new Refusal(
        new InvalidRequest(
            "Invalid type for '%s': expected %s, but got %s instead."
                .formatted(param, expected, given),
            param,
            "invalid_type"));
  }

  InvalidRequest problem() {
    return problem;
  }
}
