package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.request.ApiVersions;
import dev.spillway.wire.ApiVersion;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the api-version on the routes that have no deployment in their path. */
final class RouteVersions {

  private static final LocalDate RESPONSES_SINCE = LocalDate.of(2025, 3, 1);

  private final ApiVersions apiVersions;
  private final Replies replies;

  RouteVersions(ApiVersions apiVersions, Replies replies) {
    this.apiVersions = apiVersions;
    this.replies = replies;
  }

  /** Whether the call may go on; otherwise it has been answered. */
  boolean admit(Arrival arrival, AzureRoute route) throws IOException {
    return switch (route) {
      case AzureRoute.V1 v1 -> v1(arrival);
      case AzureRoute.Resource resource -> dated(arrival);
      case AzureRoute.Dated dated -> no(arrival);
    };
  }

  private boolean v1(Arrival arrival) throws IOException {
    @Nullable String version = arrival.origin().apiVersion();
    if (version != null && arrival.exchange().apiVersion() != null) {
      replies.badRequest(arrival, "API version not supported");
      return false;
    }
    return version == null || ApiVersion.parse(version).isPresent() || no(arrival);
  }

  private boolean dated(Arrival arrival) throws IOException {
    Optional<ApiVersion> version =
        ApiVersion.parse(arrival.origin().apiVersion()).filter(ApiVersion::isDated);
    Operation operation = arrival.exchange().operation();
    if (version.isEmpty()) {
      return no(arrival);
    }
    if (apiVersions.serve(operation, version.get())) {
      return true;
    }
    boolean early = operation == Operation.RESPONSES && !version.get().isSince(RESPONSES_SINCE);
    if (!early) {
      return no(arrival);
    }
    replies.badRequest(
        arrival,
        "Azure OpenAI Responses API is enabled only for api-version 2025-03-01-preview and later");
    return false;
  }

  private boolean no(Arrival arrival) throws IOException {
    replies.notFound(arrival);
    return false;
  }
}
