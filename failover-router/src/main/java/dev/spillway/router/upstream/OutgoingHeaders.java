package dev.spillway.router.upstream;

import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.wire.HeaderNames;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** The headers of a request to a backend: the caller's, and the backend's own in their place. */
public final class OutgoingHeaders {

  private OutgoingHeaders() {}

  /** What a backend is sent instead of the caller's headers of the same names. */
  static List<Header> own(Backend backend, Header... credential) {
    List<Header> own = new ArrayList<>(List.of(credential));
    backend.headers().forEach((name, value) -> own.add(new Header(name, value.value())));
    return own;
  }

  static Header key(Backend backend, Secret key) {
    return switch (backend.api()) {
      case Api.Azure azure -> new Header(HeaderNames.API_KEY, key.value());
      case Api.OpenAi openAi -> bearer(key.value());
    };
  }

  static Header bearer(String token) {
    return new Header(HeaderNames.AUTHORIZATION, "Bearer " + token);
  }

  public static void add(HttpFields.Mutable headers, CallPlan call, List<Header> own) {
    for (Header header : call.headers()) {
      headers.add(header.name(), header.value());
    }
    headers.put(HttpHeader.ACCEPT_ENCODING, "identity");
    own.forEach(header -> headers.put(header.name(), header.value()));
  }
}
