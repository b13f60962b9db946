package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.inference.Answer;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.Admission.Denied;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.ratelimit.LimitTable;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.Operation;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.util.Optional;

/**
 * The service of 2026: limits that refill evenly, {@code RateLimitReached}, and what is left and
 * when on every answer.
 */
final class Wire2026 implements WireProfile {

  /** What a 429 asks to wait for a request that can never fit. */
  private static final Duration CAN_NEVER_FIT = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "2026";
  }

  @Override
  public LimitTable limits() {
    return LimitTable.SINCE_2026;
  }

  @Override
  public boolean hasAbusePenalty() {
    return true;
  }

  @Override
  public Reply deploymentNotFound(Exchange exchange) {
    return Reply.json(404, gateway(exchange), Bodies.prettyDeploymentNotFound())
        .withoutContentTypeAndLength();
  }

  @Override
  public Reply throttled(Exchange exchange, Deployment deployment, Denied denied) {
    Duration wait = denied.retryAfter().orElse(CAN_NEVER_FIT);
    HeaderList headers =
        gateway(exchange)
            .add(HeaderNames.RETRY_AFTER, RetryAfter.seconds(wait))
            .add(HeaderNames.RETRY_AFTER_MS, RetryAfter.millis(wait));
    LimitHeaders2026.add(headers, deployment, denied.readings());
    String message =
        ThrottledText.yourRequestsHaveExceeded(
            exchange, deployment, denied.limited(), RetryAfter.seconds(wait));
    return Reply.json(429, headers, new ErrorEnvelope("RateLimitReached", message).toJson());
  }

  @Override
  public Reply full(Exchange exchange, Admission.Full full) {
    return Provisioned.full(gateway(exchange), "RateLimitReached", full);
  }

  @Override
  public EngineError serverError(String message, String requestId) {
    return new EngineError(message, "server_error", null, "server_error", requestId);
  }

  @Override
  public HeaderList success(Exchange exchange, Answer answer) {
    HeaderList headers = served(exchange, answer.deployment(), answer.readings());
    if (exchange.onV1() && exchange.operation() == Operation.RESPONSES) {
      headers.add("x-ms-aoai-configured-data-retention-days", 30);
    }
    return exchange.onV1()
        ? headers.add("azureai-fe-is-streaming", answer.request().stream() ? "True" : "False")
        : headers.add("x-ms-rai-invoked", "true");
  }

  @Override
  public ChatChunks chat(Exchange exchange, ChatRequest request, TextAnswer answer) {
    return new ChatWriter(ChatShape.OF_2026, exchange, request, answer);
  }

  @Override
  public Optional<ResponseShape> responses() {
    return Optional.of(ResponseShape.OF_2026);
  }

  @Override
  public boolean throttlesInStream() {
    return true;
  }

  @Override
  public String eventStream() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public HeaderList gateway(Exchange exchange) {
    return GatewayHeaders.since2025(exchange);
  }

  @Override
  public HeaderList served(Exchange exchange, Deployment deployment, LimitReadings readings) {
    HeaderList headers =
        gateway(exchange)
            .add("skip-error-remapping", "true")
            .add(HeaderNames.IS_SPILLED_OVER, "false")
            .add(HeaderNames.X_REQUEST_ID, exchange.seed().guid(HeaderNames.X_REQUEST_ID));
    if (exchange.onV1()) {
      onV1(headers, deployment, readings);
    } else {
      headers
          .add("azureml-model-session", ModelSession.of2026(deployment))
          .add("x-accel-buffering", "no")
          .add(HeaderNames.DEPLOYMENT_NAME, deployment.name());
    }
    LimitHeaders2026.add(headers, deployment, readings);
    return headers;
  }

  /** Another server stands in front of v1, and names the model instead of the deployment. */
  private static void onV1(HeaderList headers, Deployment deployment, LimitReadings readings) {
    headers.add("server", "istio-envoy").add("x-ms-served-model", deployment.modelInAnswers());
    switch (readings) {
      case LimitReadings.Windows windows ->
          headers.add("azureai-fe-offer-type", "paygo").add("x-ratelimit-key", deployment.name());
      case LimitReadings.Bucket bucket -> {}
    }
  }
}
