package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An error of the service that no request can bring about, so that a deployment must be told to
 * answer with it.
 *
 * <p>In JSON its name in small letters, with hyphens: {@code server-error}.
 */
public enum ServiceError {
  /** The model's server failed. */
  SERVER_ERROR(500, true),
  /** The model's output could not be used. */
  MODEL_ERROR(500, true),
  /** The gateway could not read what the model's server answered. */
  INTERNAL_SERVER_ERROR(500, false),
  /** The gateway could not sign in at the model's server. */
  GATEWAY_AUTHENTICATION(500, false),
  SERVICE_UNAVAILABLE(503, true),
  TIMEOUT(408, false),
  /** The model has too much to do; no quota is used up. */
  ENGINE_OVERLOADED(429, true),
  /** The region has too much to do; says when to come back. */
  NO_CAPACITY(429, false),
  /** The same, without saying when. */
  NO_CAPACITY_WITHOUT_WAIT(429, false),
  /** The prompt repeats itself too much. */
  INVALID_PROMPT(400, false),
  /** The resource is blocked because of abuse. */
  TEMPORARILY_BLOCKED(403, false),
  /** The request has more than ten headers of the caller's own. */
  TOO_MANY_HEADERS(431, false);

  private final int status;
  private final boolean endsStreams;

  ServiceError(int status, boolean endsStreams) {
    this.status = status;
    this.endsStreams = endsStreams;
  }

  /** The HTTP status it is told with. */
  public int status() {
    return status;
  }

  /** Whether it can also come in the middle of a stream. */
  public boolean endsStreams() {
    return endsStreams;
  }

  /**
   * Says that it can come in the middle of a stream.
   *
   * @throws IllegalArgumentException when it cannot
   */
  void checkEndsStreams() {
    if (!endsStreams) {
      throw new IllegalArgumentException(
          "a stream cannot end in %s; it can in %s"
              .formatted(
                  label(),
                  Arrays.stream(values())
                      .filter(ServiceError::endsStreams)
                      .map(ServiceError::label)
                      .collect(Collectors.joining(", "))));
    }
  }

  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The error of that label.
   *
   * @throws IllegalArgumentException when there is none
   */
  @JsonCreator
  public static ServiceError of(String label) {
    return Arrays.stream(values())
        .filter(error -> error.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no error '%s'; there is %s"
                    .formatted(
                        label,
                        Arrays.stream(values())
                            .map(ServiceError::label)
                            .collect(Collectors.joining(", ")))));
  }
}
