package dev.spillway.router.upstream;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.body.EditedBody;
import dev.spillway.router.body.ModelField;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.wire.AzureRoute;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A call as one backend must see it: its address, its deployment, its api-version.
 *
 * @param uri where to send it
 * @param body the caller's bytes, in which the model alone is another
 */
record BackendRequest(URI uri, EditedBody body) {

  static BackendRequest of(CallPlan call, Backend backend) {
    return new BackendRequest(uri(call, backend), body(call, backend));
  }

  private static URI uri(CallPlan call, Backend backend) {
    return switch (call.route()) {
      case AzureRoute.Dated dated ->
          address(
              backend,
              new AzureRoute.Dated(backend.deployment(), dated.rest()),
              query(apiVersion(call, backend), call.query()));
      case AzureRoute.Resource resource ->
          address(backend, resource, query(apiVersion(call, backend), call.query()));
      case AzureRoute.V1 v1 -> address(backend, v1, call.query());
    };
  }

  private static URI address(Backend backend, AzureRoute route, @Nullable String query) {
    return URI.create(backend.url() + route.path() + (query == null ? "" : "?" + query));
  }

  private static String query(@Nullable String apiVersion, @Nullable String others) {
    String version = "api-version=" + apiVersion;
    return others == null ? version : version + "&" + others;
  }

  private static @Nullable String apiVersion(CallPlan call, Backend backend) {
    return backend.apiVersion() != null ? backend.apiVersion() : call.apiVersion();
  }

  private static EditedBody body(CallPlan call, Backend backend) {
    ModelField model = call.model();
    return new EditedBody(
        call.body(),
        model == null || model.name().equals(backend.deployment())
            ? null
            : model.replacedBy(backend.deployment()));
  }
}
