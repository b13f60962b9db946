package dev.spillway.router.upstream;

import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.body.EditedBody;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.wire.AzureRoute;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A call as one backend must see it: its address, its model, its api-version.
 *
 * @param uri where to send it
 * @param body the caller's bytes, in which the model alone is another
 */
public record BackendRequest(URI uri, EditedBody body) {

  /**
   * What a backend is sent.
   *
   * @throws IllegalArgumentException when its address and the call's path make none together
   */
  static BackendRequest of(CallPlan call, Backend backend) {
    return switch (backend.api()) {
      case Api.Azure azure -> onAzure(call, backend.url(), azure);
      case Api.OpenAi openAi ->
          new BackendRequest(
              address(backend.url(), "/" + call.route().rest(), call.query()),
              naming(openAi, call));
    };
  }

  private static BackendRequest onAzure(CallPlan call, URI url, Api.Azure azure) {
    AzureRoute route = azure.routeFor(call.route());
    return switch (route) {
      case AzureRoute.Dated dated ->
          new BackendRequest(
              address(url, dated.path(), dated(call, azure)),
              call.route() instanceof AzureRoute.Dated
                  ? new EditedBody(call.body(), null)
                  : naming(azure, call));
      case AzureRoute.Resource resource ->
          new BackendRequest(
              address(url, resource.path(), dated(call, azure)), naming(azure, call));
      case AzureRoute.V1 v1 ->
          new BackendRequest(address(url, v1.path(), call.query()), naming(azure, call));
    };
  }

  private static String dated(CallPlan call, Api.Azure azure) {
    String date = azure.apiVersion() == null ? call.apiVersion() : azure.apiVersion();
    String version = "api-version=" + date;
    return call.query() == null ? version : version + "&" + call.query();
  }

  private static URI address(URI url, String path, @Nullable String query) {
    return URI.create(url + path + (query == null ? "" : "?" + query));
  }

  private static EditedBody naming(Api api, CallPlan call) {
    return new EditedBody(
        call.body(), call.model() == null ? null : call.model().get().naming(api.model()));
  }
}
