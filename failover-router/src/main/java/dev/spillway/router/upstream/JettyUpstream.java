package dev.spillway.router.upstream;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.link.Outbound;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.upstream.AttemptResult.NoToken;
import dev.spillway.router.upstream.AttemptResult.Rejected;
import dev.spillway.router.upstream.AttemptResult.TokenRefused;
import dev.spillway.router.upstream.AttemptResult.Unreachable;
import dev.spillway.time.TimeSource;
import java.time.Duration;
import java.util.List;

/** Sends over HTTP, and keeps the connections. */
public final class JettyUpstream implements Upstream {

  private static final int UNAUTHORIZED = 401;

  private final HttpClients clients;
  private final Tokens tokens;
  private final int maxBuffered;
  private final TimeSource time;
  private final Deadlines deadlines;

  /**
   * Starts the client.
   *
   * @param tokens for the backends that want one
   * @param maxBuffered the longest unstreamed answer that is read before it is passed on
   */
  public JettyUpstream(
      Outbound outbound, Duration connectTimeout, Tokens tokens, int maxBuffered, TimeSource time) {
    this.clients = new HttpClients(outbound, connectTimeout);
    this.tokens = tokens;
    this.maxBuffered = maxBuffered;
    this.time = time;
    this.deadlines = new Deadlines(clients.scheduler());
  }

  @Override
  public AttemptResult send(Backend backend, CallPlan call, AttemptLimits limits)
      throws InterruptedException {
    BackendRequest request;
    try {
      request = BackendRequest.of(call, backend);
    } catch (IllegalArgumentException e) {
      return new Unreachable("no address can be made of " + backend.url());
    }
    return switch (backend.credential()) {
      case Credential.None none ->
          ask(backend, OutgoingHeaders.own(backend), call, request, limits);
      case Credential.ApiKey it ->
          ask(
              backend,
              OutgoingHeaders.own(backend, OutgoingHeaders.key(backend, it.key())),
              call,
              request,
              limits);
      case Credential.Token it -> askWithToken(backend, it, call, request, limits);
    };
  }

  private AttemptResult ask(
      Backend backend,
      List<Header> own,
      CallPlan call,
      BackendRequest request,
      AttemptLimits limits)
      throws InterruptedException {
    return new Exchange(
            clients.of(backend.name()), own, call, request, limits, maxBuffered, deadlines)
        .run(time);
  }

  private AttemptResult askWithToken(
      Backend backend,
      Credential.Token credential,
      CallPlan call,
      BackendRequest request,
      AttemptLimits limits)
      throws InterruptedException {
    return switch (tokens.of(credential, limits.firstByte())) {
      case Tokens.Held.Missing missing -> new NoToken(missing.why());
      case Tokens.Held.Valid held -> {
        AttemptResult result =
            ask(
                backend,
                OutgoingHeaders.own(backend, OutgoingHeaders.bearer(held.token())),
                call,
                request,
                limits);
        yield result instanceof Rejected rejected
                && rejected.answer().status() == UNAUTHORIZED
                && tokens.hasAnother(credential, held.token(), limits.firstByte())
            ? new TokenRefused(rejected.answer())
            : result;
      }
    };
  }

  @Override
  public void close() {
    deadlines.destroy();
    clients.close();
  }
}
