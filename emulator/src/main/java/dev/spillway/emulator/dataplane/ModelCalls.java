package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.inference.Call;
import dev.spillway.emulator.inference.Inference;
import dev.spillway.emulator.inference.Outcome;
import dev.spillway.emulator.ratelimit.LimitStoreException;
import dev.spillway.emulator.request.ApiVersions;
import dev.spillway.emulator.request.FeatureRefusal;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.ParsedBody;
import dev.spillway.emulator.request.RequestAsSent;
import dev.spillway.emulator.request.RequestBody;
import dev.spillway.emulator.request.RequestReader;
import dev.spillway.wire.ApiVersion;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.HeaderNames;
import dev.spillway.wire.Operation;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a deployment: finds out of which, by the path or by the body's {@code model},
 * has it answered, and sends what came out.
 */
final class ModelCalls {

  private final WireProfile wire;
  private final ApiVersions apiVersions;
  private final Inference inference;
  private final Replies replies;
  private final RouteVersions versions;
  private final Responses responses;
  private final AnswerSender answers;

  ModelCalls(
      WireProfile wire,
      ApiVersions apiVersions,
      Inference inference,
      Replies replies,
      RouteVersions versions,
      Responses responses,
      AnswerSender answers) {
    this.wire = wire;
    this.apiVersions = apiVersions;
    this.inference = inference;
    this.replies = replies;
    this.versions = versions;
    this.responses = responses;
    this.answers = answers;
  }

  void answer(Arrival arrival, AzureRoute route) throws IOException {
    Optional<Operation> operation =
        Operation.byPath(route.rest())
            .filter(any -> arrival.origin().method().equals("POST"))
            .filter(one -> isThere(one, route));
    Optional<RequestReader> reader = operation.flatMap(RequestReader::of);
    if (reader.isEmpty()) {
      replies.notFound(arrival);
      return;
    }
    switch (route) {
      case AzureRoute.Dated dated -> dated(arrival, dated.deployment(), reader.get());
      case AzureRoute.Resource resource -> byModel(arrival, route, reader.get());
      case AzureRoute.V1 v1 -> byModel(arrival, route, reader.get());
    }
  }

  /** Responses are asked of the resource, and everything else there of a deployment or on v1. */
  private boolean isThere(Operation operation, AzureRoute route) {
    return switch (route) {
      case AzureRoute.Dated dated -> operation != Operation.RESPONSES;
      case AzureRoute.Resource resource ->
          operation == Operation.RESPONSES && wire.responses().isPresent();
      case AzureRoute.V1 v1 -> operation != Operation.RESPONSES || wire.responses().isPresent();
    };
  }

  private void dated(Arrival arrival, String deployment, RequestReader reader) throws IOException {
    Optional<ApiVersion> version = ApiVersion.parse(arrival.origin().apiVersion());
    if (version.isEmpty() || version.get().text().equals("v1")) {
      replies.notFound(arrival);
    } else if (!version.get().isDated()) {
      replies.turnAway(arrival, "DeploymentNotFound", wire.deploymentNotFound(arrival.exchange()));
    } else if (!apiVersions.serve(arrival.exchange().operation(), version.get())) {
      replies.notFound(arrival);
    } else if (!replies.isTooLarge(arrival)) {
      ParsedBody body = read(arrival, reader);
      Optional<FeatureRefusal> refusal = refusal(version.get(), body);
      if (refusal.isPresent()) {
        replies.refuse(arrival, refusal.get());
      } else {
        serve(arrival, deployment, body);
      }
    }
  }

  private Optional<FeatureRefusal> refusal(ApiVersion version, ParsedBody body) {
    return switch (body) {
      case ParsedBody.Valid valid -> apiVersions.refusal(version, valid.request().parameters());
      case ParsedBody.Refused refused -> Optional.empty();
    };
  }

  private void byModel(Arrival arrival, AzureRoute route, RequestReader reader) throws IOException {
    if (versions.admit(arrival, route) && !replies.isTooLarge(arrival)) {
      byModel(arrival, read(arrival, reader));
    }
  }

  private void byModel(Arrival arrival, ParsedBody body) throws IOException {
    switch (body) {
      case ParsedBody.Refused refused -> replies.refuse(arrival, refused.problem());
      case ParsedBody.Valid valid -> {
        String deployment = valid.request().model();
        if (deployment == null) {
          replies.refuse(
              arrival, new InvalidRequest("you must provide a model parameter", null, null));
        } else {
          serve(arrival, deployment, body);
        }
      }
    }
  }

  private ParsedBody read(Arrival arrival, RequestReader reader) {
    @Nullable String contentType = arrival.ctx().header("Content-Type");
    return reader.read(new RequestBody(arrival.body(), contentType), wire.roles());
  }

  private void serve(Arrival arrival, String deployment, ParsedBody body) throws IOException {
    Context ctx = arrival.ctx();
    ParsedBody resolved = responses.resolved(arrival.exchange(), body);
    Call call =
        new Call(
            arrival.origin(),
            new DeploymentId(arrival.exchange().resource().name(), deployment),
            ctx.header(HeaderNames.SPILLOVER_DEPLOYMENT),
            ctx.header(HeaderNames.CONTENT_FILTER),
            arrival.exchange().operation(),
            resolved,
            new RequestAsSent(ctx::header, arrival.body()));
    Outcome outcome;
    try {
      outcome = inference.serve(call);
    } catch (LimitStoreException e) {
      replies.turnAway(arrival, "limits unavailable", wire.unavailable(arrival.exchange(), e));
      return;
    }
    answers.send(arrival, resolved, outcome);
  }
}
