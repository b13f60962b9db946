package dev.spillway.router.upstream;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.router.upstream.AttemptResult.NoToken;
import dev.spillway.router.upstream.AttemptResult.Rejected;
import dev.spillway.router.upstream.AttemptResult.TokenRefused;
import dev.spillway.router.upstream.AttemptResult.Unreachable;
import java.util.List;

/**
 * Makes of a call what a backend is to get, its credential included; a {@link Way} takes it there.
 */
public final class Dispatch {

  private static final int UNAUTHORIZED = 401;

  /** How a request comes to a backend, and its answer back. */
  public interface Way {

    /**
     * Makes one attempt.
     *
     * @param own what the backend is sent instead of the caller's headers of the same names
     * @throws InterruptedException when the waiting thread is interrupted
     */
    AttemptResult ask(
        Backend backend,
        List<Header> own,
        CallPlan call,
        BackendRequest request,
        AttemptLimits limits)
        throws InterruptedException;
  }

  private final Tokens tokens;
  private final Way way;

  /**
   * One for backends that are reached by this way.
   *
   * @param tokens for the backends that want one
   */
  public Dispatch(Tokens tokens, Way way) {
    this.tokens = tokens;
    this.way = way;
  }

  /**
   * Makes one attempt.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
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
          way.ask(backend, OutgoingHeaders.own(backend), call, request, limits);
      case Credential.ApiKey it ->
          way.ask(
              backend,
              OutgoingHeaders.own(backend, OutgoingHeaders.key(backend, it.key())),
              call,
              request,
              limits);
      case Credential.Token it -> askWithToken(backend, it, call, request, limits);
    };
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
            way.ask(
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
}
