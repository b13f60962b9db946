package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.inference.Answer;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.Admission.Denied;
import dev.spillway.emulator.ratelimit.LimitReading;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.ratelimit.LimitTable;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.util.Optional;

/**
 * The service at the end of 2025: {@code RateLimitReached}, the limits beside what is left of them,
 * {@code x-ms-deployment-name}.
 */
final class Wire2025 implements WireProfile {

  private static final Duration CAN_NEVER_FIT = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "2025";
  }

  @Override
  public LimitTable limits() {
    return LimitTable.IN_2025;
  }

  @Override
  public Reply deploymentNotFound(Exchange exchange) {
    return Reply.json(404, gateway(exchange), Bodies.COMPACT_DEPLOYMENT_NOT_FOUND);
  }

  @Override
  public Reply throttled(Exchange exchange, Deployment deployment, Denied denied) {
    long seconds = RetryAfter.seconds(denied.retryAfter().orElse(CAN_NEVER_FIT));
    HeaderList headers =
        GatewayHeaders.addWaitAndPolicy(gateway(exchange), denied.limited(), seconds);
    String message =
        ThrottledText.yourRequestsHaveExceeded(exchange, deployment, denied.limited(), seconds);
    return Reply.json(429, headers, new ErrorEnvelope("RateLimitReached", message).toJson());
  }

  @Override
  public Reply full(Exchange exchange, Admission.Full full) {
    return Provisioned.full(gateway(exchange), "RateLimitReached", full);
  }

  @Override
  public HeaderList success(Exchange exchange, Answer answer) {
    return served(exchange, answer.deployment(), answer.readings()).add("x-ms-rai-invoked", "true");
  }

  @Override
  public ChatChunks chat(Exchange exchange, ChatRequest request, TextAnswer answer) {
    return new ChatWriter(ChatShape.OF_2025, exchange, request, answer);
  }

  @Override
  public Optional<ResponseShape> responses() {
    return Optional.of(ResponseShape.OF_2025);
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
            .add("azureml-model-session", ModelSession.of2025(deployment))
            .add("x-accel-buffering", "no")
            .add(HeaderNames.DEPLOYMENT_NAME, deployment.name())
            .add(HeaderNames.X_REQUEST_ID, exchange.seed().guid(HeaderNames.X_REQUEST_ID));
    switch (readings) {
      case LimitReadings.Windows windows -> {
        limit(
            headers,
            windows.requests(),
            HeaderNames.LIMIT_REQUESTS,
            HeaderNames.REMAINING_REQUESTS);
        limit(headers, windows.tokens(), HeaderNames.LIMIT_TOKENS, HeaderNames.REMAINING_TOKENS);
      }
      case LimitReadings.Bucket bucket -> Provisioned.utilization(headers, bucket);
    }
    return headers;
  }

  private static void limit(
      HeaderList headers, LimitReading reading, String limit, String remaining) {
    if (!reading.limit().isUnlimited()) {
      headers.add(limit, reading.limit().count()).add(remaining, reading.remaining());
    }
  }
}
