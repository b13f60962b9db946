package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.inference.Answer;
import dev.spillway.emulator.inference.Outcome;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.model.Regions;
import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.Admission.Denied;
import dev.spillway.emulator.ratelimit.LimitReading;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.ratelimit.LimitTable;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.emulator.request.Roles;
import dev.spillway.emulator.schema.StrictRules;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;

/**
 * The service of 2024: alphabetical JSON, {@code x-ratelimit-remaining-*}, 429s with code "429".
 */
final class Wire2024 implements WireProfile {

  /** What a 429 asks to wait for a request that can never fit. */
  private static final Duration CAN_NEVER_FIT = Duration.ofDays(1);

  @Override
  public String name() {
    return "2024";
  }

  @Override
  public LimitTable limits() {
    return LimitTable.UNTIL_2024;
  }

  @Override
  public Reply deploymentNotFound(Exchange exchange) {
    HeaderList headers =
        region(exchange).addIfThere(HeaderNames.CLIENT_REQUEST_ID, exchange.clientRequestId());
    return Reply.json(404, headers, Bodies.COMPACT_DEPLOYMENT_NOT_FOUND);
  }

  @Override
  public Reply throttled(Exchange exchange, Deployment deployment, Denied denied) {
    long seconds = RetryAfter.seconds(denied.retryAfter().orElse(CAN_NEVER_FIT));
    HeaderList headers =
        GatewayHeaders.addWaitAndPolicy(gateway(exchange), denied.limited(), seconds);
    String message =
        ThrottledText.requestsHaveExceeded(
            exchange, exchange.operation().nameInErrors(), denied.limited(), seconds);
    return Reply.json(429, headers, new ErrorEnvelope("429", message).toJson());
  }

  @Override
  public Reply full(Exchange exchange, Admission.Full full) {
    return Provisioned.full(gateway(exchange), "429", full);
  }

  @Override
  public Reply promptBlocked(Exchange exchange, Outcome.PromptBlocked blocked) {
    HeaderList headers =
        served(exchange, blocked.deployment(), blocked.readings()).add("x-ms-rai-invoked", "true");
    return Reply.json(
        400, headers, PromptBlocked.body(blocked.verdict(), FilterAnnotations.UNTIL_2024));
  }

  @Override
  public HeaderList success(Exchange exchange, Answer answer) {
    return served(exchange, answer.deployment(), answer.readings())
        .add("x-ms-rai-invoked", "true")
        .add(
            "cmp-upstream-response-duration",
            Duration.between(exchange.arrived(), exchange.now()).toMillis())
        .add("Cache-Control", "no-cache, must-revalidate")
        .add("access-control-allow-origin", "*");
  }

  @Override
  public ChatChunks chat(Exchange exchange, ChatRequest request, TextAnswer answer) {
    return new ChatWriter(ChatShape.OF_2024, exchange, request, answer);
  }

  @Override
  public String vectorModel(Deployment deployment) {
    return EmbeddingsFormat.modelUntil2024(deployment);
  }

  @Override
  public String eventStream() {
    return "text/event-stream";
  }

  @Override
  public StrictRules strictRules() {
    return StrictRules.UNTIL_2024;
  }

  @Override
  public Roles roles() {
    return Roles.IN_2024;
  }

  @Override
  public HeaderList gateway(Exchange exchange) {
    String client = exchange.clientRequestId();
    return region(exchange)
        .add(HeaderNames.CLIENT_REQUEST_ID, client == null ? exchange.requestId() : client);
  }

  private static HeaderList region(Exchange exchange) {
    return new HeaderList()
        .add("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload")
        .add("x-content-type-options", "nosniff")
        .add(HeaderNames.APIM_REQUEST_ID, exchange.requestId())
        .add(HeaderNames.REGION, Regions.displayName(exchange.resource().region()));
  }

  @Override
  public HeaderList served(Exchange exchange, Deployment deployment, LimitReadings readings) {
    HeaderList headers =
        gateway(exchange)
            .add(HeaderNames.X_REQUEST_ID, exchange.seed().guid(HeaderNames.X_REQUEST_ID))
            .add("azureml-model-session", ModelSession.of2024(deployment))
            .add("x-accel-buffering", "no");
    switch (readings) {
      case LimitReadings.Windows windows -> {
        remaining(headers, HeaderNames.REMAINING_REQUESTS, windows.requests());
        remaining(headers, HeaderNames.REMAINING_TOKENS, windows.tokens());
      }
      case LimitReadings.Bucket bucket -> Provisioned.utilization(headers, bucket);
    }
    return headers;
  }

  private static void remaining(HeaderList headers, String name, LimitReading reading) {
    if (!reading.limit().isUnlimited()) {
      headers.add(name, reading.remaining());
    }
  }
}
