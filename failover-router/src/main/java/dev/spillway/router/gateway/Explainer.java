package dev.spillway.router.gateway;

import dev.spillway.router.attempt.Outlook;
import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Identity;
import dev.spillway.router.plan.TokenEstimate;
import dev.spillway.router.trace.RequestId;
import dev.spillway.router.upstream.Preview;
import dev.spillway.wire.HeaderNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;

/** Takes a request the way that calls take, as far as the point where it would be sent. */
final class Explainer {

  private static final RequestId NOBODY = new RequestId(0, "explained");

  private static final int OK = 200;

  private Explainer() {}

  /**
   * What would become of it now.
   *
   * @throws IllegalArgumentException when it is made by a client that there is not
   */
  static Explanation explain(Serving serving, DescribedRequest request) {
    try {
      return switch (serving.reader().read(incoming(serving, request), Identity.of(NOBODY))) {
        case Inbound.Refusal refusal -> new Explanation.Answered(refusal.status(), refusal.json());
        case Inbound.Own own -> new Explanation.Answered(OK, own.json());
        case Inbound.Call call -> {
          try {
            yield routed(serving, call.plan());
          } finally {
            call.plan().body().close();
          }
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Explanation routed(Serving serving, CallPlan call) {
    Outlook outlook = serving.loop().outlook(call);
    Map<String, Preview> sent = new LinkedHashMap<>();
    for (Backend backend : outlook.order()) {
      sent.put(backend.name(), Preview.of(call, backend));
    }
    return new Explanation.Routed(
        call.caller().name(),
        call.name(),
        call.route().rest(),
        call.routedBy(),
        call.pool(),
        TokenEstimate.of(call.facts().get()).tokens(),
        outlook,
        sent);
  }

  private static Incoming incoming(Serving serving, DescribedRequest request) {
    HttpFields.Mutable headers = HttpFields.build();
    request.headers().forEach(headers::put);
    if (request.caller() != null) {
      Secret key =
          serving
              .keys()
              .keyOf(request.caller())
              .orElseThrow(() ->
                  new IllegalArgumentException("there is no client '" + request.caller() + "'"));
      headers.put(HeaderNames.API_KEY, key.value());
    }
    int question = request.path().indexOf('?');
    return Incoming.described(
        request.method(),
        question < 0 ? request.path() : request.path().substring(0, question),
        question < 0 ? null : request.path().substring(question + 1),
        headers.asImmutable(),
        request.body());
  }
}
