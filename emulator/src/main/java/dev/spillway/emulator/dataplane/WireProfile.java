package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.filter.Verdict;
import dev.spillway.emulator.inference.Answer;
import dev.spillway.emulator.inference.Outcome;
import dev.spillway.emulator.inference.TextAnswer;
import dev.spillway.emulator.ratelimit.Admission;
import dev.spillway.emulator.ratelimit.Admission.Denied;
import dev.spillway.emulator.ratelimit.LimitReadings;
import dev.spillway.emulator.ratelimit.LimitStoreException;
import dev.spillway.emulator.ratelimit.LimitTable;
import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.emulator.request.CompletionRequest;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.ResponsesRequest;
import dev.spillway.emulator.request.Roles;
import dev.spillway.emulator.schema.StrictRules;
import dev.spillway.time.TimeSource;
import dev.spillway.wire.ErrorEnvelope;
import java.util.Optional;

/**
 * Whose bodies and headers the emulator speaks: those the service sent in one year.
 *
 * <p>It is chosen at the start. Everything that differs between years is asked of it, and nothing
 * else asks what year it is.
 */
public sealed interface WireProfile permits Wire2023, Wire2024, Wire2025, Wire2026 {

  String name();

  /** The windows and the measured charge of that year. */
  LimitTable limits();

  /** Whether the service had an abuse penalty that year. */
  default boolean hasAbusePenalty() {
    return false;
  }

  /** The front door's answer to a key it does not know; the same in every year. */
  default Reply unauthorized(Exchange exchange) {
    return Reply.json(
            401,
            GatewayHeaders.frontDoor(exchange),
            new ErrorEnvelope("401", Bodies.INVALID_KEY).toCompactJson())
        .withReasonPhrase("PermissionDenied");
  }

  /** The front door's answer to a path or an api-version it does not know. */
  default Reply resourceNotFound(Exchange exchange) {
    return Reply.json(
        404,
        GatewayHeaders.frontDoor(exchange),
        new ErrorEnvelope("404", "Resource not found").toJson());
  }

  /** The engine's answer to a body that does not even say for which deployment it is. */
  default Reply invalid(Exchange exchange, InvalidRequest problem) {
    return Reply.json(
        400, GatewayHeaders.frontDoor(exchange), Bodies.engineError(EngineError.of(problem)));
  }

  /** The answer to what cannot be asked with this api-version. */
  default Reply badRequest(Exchange exchange, String message) {
    return Reply.json(
        400, GatewayHeaders.frontDoor(exchange), new ErrorEnvelope("BadRequest", message).toJson());
  }

  /** The answer to a body above the limit of {@code max-request-bytes}. */
  default Reply tooLarge(Exchange exchange, long limit) {
    HeaderList headers = GatewayHeaders.frontDoor(exchange).add("Connection", "close");
    return Reply.json(
        413,
        headers,
        new ErrorEnvelope("413", "The request body is larger than " + limit + " bytes.").toJson());
  }

  /** The emulator's own answer while the limits cannot be reached; no imitation. */
  default Reply unavailable(Exchange exchange, LimitStoreException gone) {
    return Reply.json(
        503,
        GatewayHeaders.frontDoor(exchange),
        new ErrorEnvelope("503", String.valueOf(gone.getMessage())).toJson());
  }

  Reply deploymentNotFound(Exchange exchange);

  Reply throttled(Exchange exchange, Deployment deployment, Denied denied);

  /** The 429 of a provisioned deployment. */
  Reply full(Exchange exchange, Admission.Full full);

  /** The engine's answer to a body it refuses, after the call was charged. */
  default Reply invalid(
      Exchange exchange, Deployment deployment, InvalidRequest problem, LimitReadings readings) {
    return Reply.json(
        400,
        refusedByEngine(exchange, deployment, readings, 400),
        Bodies.engineError(EngineError.of(problem)));
  }

  /** The answer to an operation that the deployment's model cannot do. */
  default Reply notSupported(Exchange exchange, Deployment deployment) {
    String message =
        "The %s operation does not work with the specified model, %s. Please choose different model and try again. You can learn more about which models can be used with each operation here: https://go.microsoft.com/fwlink/?linkid=2197993."
            .formatted(exchange.operation().nameForModels(), deployment.model().name());
    return Reply.json(
        400,
        gateway(exchange),
        new ErrorEnvelope("OperationNotSupported", message).toCompactJson());
  }

  /** The answer to members of a body that the deployment's model does not take. */
  default Reply notTaken(Exchange exchange, String message) {
    return Reply.json(
        400, gateway(exchange), new ErrorEnvelope("BadRequest", message).toCompactJson());
  }

  /** The error of a model's server that failed. */
  default EngineError serverError(String message, String requestId) {
    return new EngineError(message, "server_error", null, null, null);
  }

  /** Headers of every answer that the engine had no part in, though it was for a deployment. */
  HeaderList gateway(Exchange exchange);

  /** Headers of an error that the engine made. */
  default HeaderList refusedByEngine(
      Exchange exchange, Deployment deployment, LimitReadings readings, int status) {
    return served(exchange, deployment, readings)
        .add("ms-azureml-model-error-reason", "model_error")
        .add("ms-azureml-model-error-statuscode", status);
  }

  /** Which roles a message may have. */
  default Roles roles() {
    return Roles.SINCE_2025;
  }

  /** What schemas may say that answers keep to. */
  default StrictRules strictRules() {
    return StrictRules.SINCE_2025;
  }

  /** The answer to a prompt that the content filter withholds, after the call was charged. */
  default Reply promptBlocked(Exchange exchange, Outcome.PromptBlocked blocked) {
    HeaderList headers =
        served(exchange, blocked.deployment(), blocked.readings()).add("x-ms-rai-invoked", "true");
    return Reply.json(
        400, headers, PromptBlocked.body(blocked.verdict(), FilterAnnotations.SINCE_2025));
  }

  /** The answer where the content filter does not let a picture be drawn, or let out. */
  default Reply pictureBlocked(
      Exchange exchange,
      Deployment deployment,
      PictureBlocked.What what,
      Verdict.Blocked verdict,
      LimitReadings readings) {
    return Reply.json(
        400,
        served(exchange, deployment, readings),
        PictureBlocked.since2024(what, deployment.model().family(), verdict));
  }

  /** The answer to a caller who names a content filter that there is not. */
  default Reply noSuchFilter(Exchange exchange, Outcome.NoSuchFilter none) {
    String message =
        "Your request contains invalid content filter policy. Please provide a valid policy.";
    return Reply.json(
        400,
        served(exchange, none.deployment(), none.readings()),
        new ErrorEnvelope("InvalidContentFilterPolicy", message).toCompactJson());
  }

  /** Headers of every answer that the engine had a part in. */
  HeaderList served(Exchange exchange, Deployment deployment, LimitReadings readings);

  /** Headers of a success. */
  HeaderList success(Exchange exchange, Answer answer);

  /** Writes a chat completion. */
  ChatChunks chat(Exchange exchange, ChatRequest request, TextAnswer answer);

  /** Which members a response has; none in years that had no responses. */
  default Optional<ResponseShape> responses() {
    return Optional.empty();
  }

  /** Whether a response that is streamed is refused inside its stream when a limit is used up. */
  default boolean throttlesInStream() {
    return false;
  }

  /** Writes the body of a success. */
  default TextFormat text(Exchange exchange, TextAnswer answer, TimeSource time) {
    return switch (answer.request()) {
      case ChatRequest request -> new ChatFormat(this, exchange, request, answer);
      case CompletionRequest request -> new CompletionFormat(this, exchange, request, answer);
      case ResponsesRequest request ->
          new ResponsesFormat(this, responses().orElseThrow(), exchange, request, answer, time);
    };
  }

  /** How an answer with vectors calls the model. */
  default String vectorModel(Deployment deployment) {
    return deployment.modelInAnswers();
  }

  /** The Content-Type of a stream. */
  String eventStream();
}
