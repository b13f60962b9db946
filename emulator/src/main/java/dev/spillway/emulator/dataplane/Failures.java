package dev.spillway.emulator.dataplane;

import dev.spillway.control.ServiceError;
import dev.spillway.emulator.inference.Outcome;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.util.Optional;

/** Answers with the errors that a deployment was told to answer with. */
final class Failures {

  private Failures() {}

  static Reply reply(WireProfile wire, Exchange exchange, Outcome.Failed failed) {
    return switch (FailureTexts.of(wire, exchange, failed.error(), failed.retryAfter())) {
      case EngineError error ->
          Reply.json(
              failed.status(),
              wire.refusedByEngine(
                  exchange, failed.deployment(), failed.readings(), failed.status()),
              Bodies.engineError(error));
      case ErrorBody.Gateway error ->
          Reply.json(failed.status(), waiting(wire.gateway(exchange), failed), error.json());
    };
  }

  private static HeaderList waiting(HeaderList headers, Outcome.Failed failed) {
    Optional<Duration> wait = failed.retryAfter();
    return wait.isPresent()
        ? headers.add(HeaderNames.RETRY_AFTER, RetryAfter.seconds(wait.get()))
        : headers;
  }

  /** The last event of a stream that breaks off. */
  static byte[] event(WireProfile wire, Exchange exchange, ServiceError error) {
    return ChatJson.event(FailureTexts.of(wire, exchange, error, Optional.empty())::write);
  }
}
