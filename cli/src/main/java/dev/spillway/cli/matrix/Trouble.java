package dev.spillway.cli.matrix;

import java.util.Locale;

/** What can be the matter with a backend; the columns of the matrix. */
enum Trouble {
  THROTTLED("{status: 429, headers: {Retry-After: '20'}}", "for 20 s at a time"),
  UNAVAILABLE("status 503", "503"),
  FAILING("status 500", "500"),
  BAD_GATEWAY("html 502", "a proxy's page with 502"),
  REFUSING("refused", "nobody listens"),
  DROPPING("reset at headers", "the connection is reset before an answer"),
  HANGING("hang", "no answer, and no end"),
  SLOW("delay 20s", "every answer 20 s later"),
  UNAUTHORIZED("status 401", "401, as for a key that was renewed"),
  FAILING_STREAMS("error-event server-error at chunk 1", "an error as a stream's first event"),
  CUT_STREAMS("reset at chunk 3", "streams are cut after their first words");

  private final String fault;
  private final String explanation;

  Trouble(String fault, String explanation) {
    this.fault = fault;
    this.explanation = explanation;
  }

  /** As a timeline says it. */
  String fault() {
    return fault;
  }

  String explanation() {
    return explanation;
  }

  /** Whether only streams can have it. */
  boolean isOfStreams() {
    return this == FAILING_STREAMS || this == CUT_STREAMS;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
