package dev.spillway.router;

import dev.spillway.router.config.Limits;
import dev.spillway.router.gateway.Callers;
import dev.spillway.router.trace.RequestId;
import dev.spillway.router.upstream.JettyUpstream;
import dev.spillway.router.upstream.Tokens;
import dev.spillway.router.upstream.Upstream;
import dev.spillway.time.TimeSource;

/** What lies between a router, its callers and its backends. */
public interface Network {

  /** How callers come in; one for each router. */
  Callers callers();

  /** How a configuration's backends are asked. */
  Upstream upstream(RouterConfig config, Tokens tokens, TimeSource time);

  /** What requests are called. */
  default RequestId.Source ids() {
    return new RequestId.Source();
  }

  /** Sockets. */
  static Network sockets() {
    return new Network() {
      @Override
      public Callers callers() {
        return Callers.overSockets();
      }

      @Override
      public Upstream upstream(RouterConfig config, Tokens tokens, TimeSource time) {
        Limits limits = config.limits();
        return new JettyUpstream(
            config.outbound(), limits.connectTimeout(), tokens, limits.maxBufferedResponse(), time);
      }
    };
  }
}
