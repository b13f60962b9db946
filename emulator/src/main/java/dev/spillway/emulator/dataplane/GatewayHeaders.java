package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.model.Regions;
import dev.spillway.emulator.ratelimit.Admission.Limited;
import dev.spillway.wire.HeaderNames;

/** Headers that more than one year's gateway sent. */
final class GatewayHeaders {

  private GatewayHeaders() {}

  /** All that the front door's own answers have. */
  static HeaderList frontDoor(Exchange exchange) {
    return new HeaderList().add(HeaderNames.APIM_REQUEST_ID, exchange.requestId());
  }

  /** Before every answer but the front door's, since 2025. */
  static HeaderList since2025(Exchange exchange) {
    return new HeaderList()
        .add("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload")
        .add(HeaderNames.APIM_REQUEST_ID, exchange.requestId())
        .addIfThere(HeaderNames.CLIENT_REQUEST_ID, exchange.clientRequestId())
        .add("x-content-type-options", "nosniff")
        .add(HeaderNames.REGION, Regions.displayName(exchange.resource().region()));
  }

  /** On a 429 of 2024 and 2025: the wait twice, and which policy asks for it. */
  static HeaderList addWaitAndPolicy(HeaderList headers, Limited limited, long seconds) {
    headers.add(HeaderNames.RETRY_AFTER, seconds);
    return switch (limited) {
      case TOKENS ->
          headers
              .add(HeaderNames.RESET_TOKENS, seconds)
              .add(HeaderNames.POLICY_ID, "DeploymentRatelimit-Token");
      case REQUESTS ->
          headers
              .add(HeaderNames.RESET_REQUESTS, seconds)
              .add(HeaderNames.POLICY_ID, "DeploymentRatelimit-Call");
    };
  }
}
