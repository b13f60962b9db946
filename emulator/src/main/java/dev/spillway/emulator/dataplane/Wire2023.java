package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.inference.Answer;
import dev.spillway.emulator.inference.Outcome;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.model.Regions;
import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.Admission.Denied;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.ratelimit.LimitTable;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.emulator.request.Roles;
import dev.spillway.emulator.schema.StrictRules;
import dev.spillway.wire.ApiVersion;
import dev.spillway.wire.ErrorEnvelope;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.Operation;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.time.LocalDate;

/**
 * The service of 2023, until November: OpenAI's member order, {@code openai-model}, nothing on a
 * success about what is left, and no {@code Retry-After} where calls are limited.
 */
final class Wire2023 implements WireProfile {

  private static final Duration CAN_NEVER_FIT = Duration.ofDays(1);
  private static final LocalDate RENAMED = LocalDate.of(2023, 7, 1);

  @Override
  public String name() {
    return "2023";
  }

  @Override
  public LimitTable limits() {
    return LimitTable.UNTIL_2024;
  }

  @Override
  public Reply deploymentNotFound(Exchange exchange) {
    HeaderList headers =
        region(exchange)
            .addIfThere(HeaderNames.CLIENT_REQUEST_ID, exchange.clientRequestId())
            .add("openai-processing-ms", processing(exchange));
    return Reply.json(404, headers, Bodies.COMPACT_DEPLOYMENT_NOT_FOUND);
  }

  @Override
  public Reply throttled(Exchange exchange, Deployment deployment, Denied denied) {
    long seconds = RetryAfter.seconds(denied.retryAfter().orElse(CAN_NEVER_FIT));
    HeaderList headers = gateway(exchange);
    return switch (denied.limited()) {
      case TOKENS ->
          reply(
              headers
                  .add(HeaderNames.RETRY_AFTER, seconds)
                  .add(HeaderNames.POLICY_ID, "DeploymentRatelimit-Token"),
              ThrottledText.requestsHaveExceeded(
                  exchange, operation(exchange), denied.limited(), seconds));
      case REQUESTS ->
          reply(
              headers
                  .add(HeaderNames.RESET_REQUESTS, seconds)
                  .add(HeaderNames.POLICY_ID, "DeploymentRatelimit-Call"),
              ThrottledText.tryAgain(seconds));
    };
  }

  @Override
  public Reply full(Exchange exchange, Admission.Full full) {
    return Provisioned.full(gateway(exchange), "429", full);
  }

  @Override
  public HeaderList refusedByEngine(
      Exchange exchange, Deployment deployment, LimitReadings readings, int status) {
    return served(exchange, deployment, readings);
  }

  @Override
  public StrictRules strictRules() {
    return StrictRules.UNTIL_2024;
  }

  @Override
  public Roles roles() {
    return Roles.UNTIL_2023;
  }

  @Override
  public Reply promptBlocked(Exchange exchange, Outcome.PromptBlocked blocked) {
    HeaderList headers = served(exchange, blocked.deployment(), blocked.readings());
    return Reply.json(
        400, headers, PromptBlocked.body(blocked.verdict(), FilterAnnotations.UNTIL_2024));
  }

  @Override
  public Reply pictureBlocked(
      Exchange exchange,
      Deployment deployment,
      PictureBlocked.What what,
      Verdict.Blocked verdict,
      LimitReadings readings) {
    return Reply.json(
        400,
        served(exchange, deployment, readings),
        PictureBlocked.until2023(what, exchange.arrived()));
  }

  @Override
  public HeaderList success(Exchange exchange, Answer answer) {
    return served(exchange, answer.deployment(), answer.readings());
  }

  @Override
  public ChatChunks chat(Exchange exchange, ChatRequest request, TextAnswer answer) {
    return new ChatWriter2023(exchange, request, answer);
  }

  @Override
  public String vectorModel(Deployment deployment) {
    return EmbeddingsFormat.modelUntil2024(deployment);
  }

  @Override
  public String eventStream() {
    return "text/event-stream";
  }

  private static Reply reply(HeaderList headers, String message) {
    return Reply.json(429, headers, new ErrorEnvelope("429", message).toJson());
  }

  /** Up to the api-versions of mid-2023 a 429 called the operation by its description. */
  private static String operation(Exchange exchange) {
    ApiVersion version = exchange.apiVersion();
    boolean described =
        exchange.operation() == Operation.CHAT_COMPLETIONS
            && version != null
            && !version.isSince(RENAMED);
    return described
        ? "Creates a completion for the chat message"
        : exchange.operation().nameInErrors();
  }

  @Override
  public HeaderList gateway(Exchange exchange) {
    return region(exchange).add(HeaderNames.CLIENT_REQUEST_ID, clientRequestId(exchange));
  }

  private static HeaderList region(Exchange exchange) {
    return new HeaderList()
        .add("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload")
        .add("X-Content-Type-Options", "nosniff")
        .add(HeaderNames.APIM_REQUEST_ID, exchange.requestId())
        .add(HeaderNames.REGION, Regions.displayName(exchange.resource().region()));
  }

  @Override
  public HeaderList served(Exchange exchange, Deployment deployment, LimitReadings readings) {
    HeaderList headers =
        gateway(exchange)
            .add("X-Request-ID", exchange.seed().guid(HeaderNames.X_REQUEST_ID))
            .add("Access-Control-Allow-Origin", "*")
            .add("azureml-model-group", "online")
            .add("azureml-model-session", ModelSession.of2023(deployment))
            .add("Cache-Control", "must-revalidate, no-cache")
            .add("openai-model", deployment.modelInAnswers())
            .add("openai-processing-ms", processing(exchange))
            .add("x-accel-buffering", "no");
    return switch (readings) {
      case LimitReadings.Windows windows -> headers;
      case LimitReadings.Bucket bucket -> Provisioned.utilization(headers, bucket);
    };
  }

  private static String clientRequestId(Exchange exchange) {
    String client = exchange.clientRequestId();
    return client == null ? exchange.requestId() : client;
  }

  private static String processing(Exchange exchange) {
    long micros = Duration.between(exchange.arrived(), exchange.now()).toNanos() / 1_000;
    return Double.toString(micros / 1_000.0);
  }
}
