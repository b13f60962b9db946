package dev.spillway.emulator.dataplane;

import dev.spillway.control.ServiceError;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.RetryAfter;
import java.time.Duration;
import java.util.Optional;

/** The errors that a deployment can be told to answer with, word for word. */
final class FailureTexts {

  private static final String SUPPORT =
      "You can retry your request, or contact us through an Azure support request at:"
          + " https://go.microsoft.com/fwlink/?linkid=2213926";
  private static final String IF_IT_PERSISTS =
      SUPPORT + " if the error persists. (Please include the request ID %s in your message.)";
  private static final String SERVER =
      "The server had an error processing your request. Sorry about that! "
          + SUPPORT
          + " if you keep seeing this error. (Please include the request ID %s in your email.)";
  private static final String MODEL =
      "The model produced invalid content. Consider modifying your prompt if you are seeing this"
          + " error persistently. "
          + IF_IT_PERSISTS;
  private static final String UNAVAILABLE =
      "The server is currently overloaded with other requests. Sorry about that! " + IF_IT_PERSISTS;
  private static final String OVERLOADED =
      "That model is currently overloaded with other requests. " + IF_IT_PERSISTS;
  private static final String REPETITIVE =
      "Sorry! We've encountered an issue with repetitive patterns in your prompt. Please try again"
          + " with a different prompt.";
  private static final String BACKEND =
      "Backend returned unexpected response. Please contact Microsoft for help.";
  private static final String UPSTREAM =
      "Gateway cannot authenticate upstream services. Please contact Microsoft for help";
  private static final String PEAK =
      "The system is currently experiencing high demand and cannot process your request. Your"
          + " request exceeds the maximum usage size allowed during peak load. ";
  private static final String BLOCKED =
      "Your resource has been temporarily blocked because we detected behavior that may violate our"
          + " content policy.";

  private FailureTexts() {}

  /**
   * The error's words.
   *
   * @param wait what the words ask to wait, where they do
   */
  static ErrorBody of(
      WireProfile wire, Exchange exchange, ServiceError error, Optional<Duration> wait) {
    String requestId = exchange.seed().guid(HeaderNames.X_REQUEST_ID);
    return switch (error) {
      case SERVER_ERROR -> wire.serverError(SERVER.formatted(requestId), requestId);
      case MODEL_ERROR -> engine(MODEL.formatted(requestId), "model_error");
      case SERVICE_UNAVAILABLE -> engine(UNAVAILABLE.formatted(requestId), "server_error");
      case ENGINE_OVERLOADED -> engine(OVERLOADED.formatted(requestId), "server_error");
      case INVALID_PROMPT ->
          new EngineError(REPETITIVE, "invalid_request_error", "prompt", "invalid_prompt", null);
      case INTERNAL_SERVER_ERROR -> compact("InternalServerError", BACKEND);
      case GATEWAY_AUTHENTICATION -> compact("InternalServerError", UPSTREAM);
      case TIMEOUT -> compact("Timeout", "The operation was timeout.");
      case NO_CAPACITY, NO_CAPACITY_WITHOUT_WAIT -> spaced("NoCapacity", noCapacity(wait));
      case TEMPORARILY_BLOCKED -> spaced("403", BLOCKED);
      case TOO_MANY_HEADERS -> spaced("431", "The request has more than 10 custom headers.");
    };
  }

  private static String noCapacity(Optional<Duration> wait) {
    return wait.map(time ->
            PEAK
                + "Please retry after "
                + RetryAfter.seconds(time)
                + " seconds. For improved latency")
            .orElse(PEAK + "For improved capacity")
        + " reliability, consider switching to Provisioned Throughput.";
  }

  private static ErrorBody engine(String message, String type) {
    return new EngineError(message, type, null, null, null);
  }

  private static ErrorBody compact(String code, String message) {
    return new ErrorBody.Gateway(code, message, false);
  }

  private static ErrorBody spaced(String code, String message) {
    return new ErrorBody.Gateway(code, message, true);
  }
}
