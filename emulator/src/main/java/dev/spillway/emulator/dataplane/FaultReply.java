package dev.spillway.emulator.dataplane;

import dev.spillway.control.FaultAction;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.fault.Hit;
import dev.spillway.emulator.fault.Preset;
import dev.spillway.emulator.inference.Outcome;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** The whole answers that faults put in the place of a call's own. */
final class FaultReply {

  private static final String HTML = "text/html";

  private FaultReply() {}

  /** The answer of a deployment that was told to fail. */
  static Reply of(WireProfile wire, Exchange exchange, Outcome.Failed failed) {
    Hit fault = failed.fault();
    if (fault.what() instanceof FaultAction.Failure failure
        && FailureTexts.of(wire, exchange, failure.error(), fault.retryAfter(exchange.now()))
            instanceof EngineError error) {
      return Reply.json(
          failed.status(),
          wire.refusedByEngine(exchange, failed.deployment(), failed.readings(), failed.status()),
          Bodies.engineError(error));
    }
    return of(wire, exchange, failed.deployment(), fault);
  }

  /**
   * The answer in the place of another.
   *
   * @param deployment whose answer it would be; null for that of none
   */
  static Reply of(WireProfile wire, Exchange exchange, @Nullable Deployment deployment, Hit fault) {
    return switch (fault.what()) {
      case FaultAction.Status status -> status(wire.gateway(exchange), status);
      case FaultAction.Html html -> page(html.status());
      case FaultAction.Failure failure -> failure(wire, exchange, failure, fault);
      case FaultAction.Preset preset ->
          preset(
              wire.gateway(exchange),
              Objects.requireNonNull(fault.preset())
                  .filled(text ->
                      PresetText.filled(text, exchange, Objects.requireNonNull(deployment))));
      default -> throw new IllegalStateException(fault.what().text() + " is no answer");
    };
  }

  private static Reply status(HeaderList headers, FaultAction.Status status) {
    String body = status.body();
    Reply reply =
        Reply.json(
            status.status(),
            headers,
            body == null
                ? new ErrorEnvelope(
                        Integer.toString(status.status()), HttpStatus.getMessage(status.status()))
                    .toJson()
                : body);
    return withHeaders(reply, status.headers());
  }

  private static Reply failure(
      WireProfile wire, Exchange exchange, FaultAction.Failure failure, Hit fault) {
    Optional<Duration> wait = fault.retryAfter(exchange.now());
    HeaderList headers = wire.gateway(exchange);
    return switch (FailureTexts.of(wire, exchange, failure.error(), wait)) {
      case EngineError error -> Reply.json(fault.status(), headers, Bodies.engineError(error));
      case ErrorBody.Gateway error ->
          Reply.json(
              fault.status(),
              wait.isPresent()
                  ? headers.add(HeaderNames.RETRY_AFTER, RetryAfter.seconds(wait.get()))
                  : headers,
              error.json());
    };
  }

  private static Reply preset(HeaderList headers, Preset preset) {
    return withHeaders(Reply.json(preset.status(), headers, preset.body()), preset.headers());
  }

  /** A Content-Type among them is that of the body. */
  private static Reply withHeaders(Reply reply, Map<String, String> headers) {
    Reply changed = reply;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase("Content-Type")) {
        changed = changed.withContentType(header.getValue());
      } else {
        HeaderList unused = changed.headers().put(header.getKey(), header.getValue());
      }
    }
    return changed;
  }

  /** What a proxy says of a server behind it, without any header of Azure's. */
  private static Reply page(int status) {
    String title = status + " " + HttpStatus.getMessage(status);
    String page =
        """
        <!DOCTYPE html>
        <html>
        <head><title>%1$s</title></head>
        <body>
        <h1>%1$s</h1>
        <p>The proxy got no usable answer from the server behind it.</p>
        </body>
        </html>
        """
            .formatted(title);
    return Reply.json(status, new HeaderList(), page.getBytes(StandardCharsets.UTF_8))
        .withContentType(HTML);
  }
}
