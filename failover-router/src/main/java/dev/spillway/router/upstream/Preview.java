package dev.spillway.router.upstream;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * What a backend would be sent, without anything secret.
 *
 * @param url with the backend's own deployment and api-version
 * @param model written into the body; null when the body stays as it is
 * @param headers their names, in lower case
 * @param bodyBytes the length of the body
 */
public record Preview(
    String method, String url, @Nullable String model, List<String> headers, long bodyBytes) {

  public static Preview of(CallPlan call, Backend backend) {
    BackendRequest request = BackendRequest.of(call, backend);
    HttpFields.Mutable fields = HttpFields.build();
    OutgoingHeaders.add(fields, call, own(backend));
    return new Preview(
        call.method(),
        request.uri().toString(),
        request.body().splice() == null ? null : backend.model(),
        fields.stream().map(field -> field.getName().toLowerCase(Locale.ROOT)).distinct().toList(),
        request.body().length());
  }

  private static List<Header> own(Backend backend) {
    return switch (backend.credential()) {
      case Credential.None none -> OutgoingHeaders.own(backend);
      case Credential.ApiKey it ->
          OutgoingHeaders.own(backend, OutgoingHeaders.key(backend, it.key()));
      case Credential.Token token -> OutgoingHeaders.own(backend, OutgoingHeaders.bearer("token"));
    };
  }
}
