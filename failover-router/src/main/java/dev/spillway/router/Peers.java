package dev.spillway.router;

import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.telemetry.Peer;
import java.net.URI;

/** Where backends are, as spans tell it. */
final class Peers {

  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private Peers() {}

  static Peer of(Backend backend) {
    String provider =
        switch (backend.api()) {
          case Api.Azure azure -> "azure.ai.openai";
          case Api.OpenAi openAi -> "openai";
        };
    return new Peer(provider, backend.url().getHost(), port(backend.url()), backend.model());
  }

  private static int port(URI url) {
    int usual = "https".equals(url.getScheme()) ? HTTPS : HTTP;
    return url.getPort() < 0 ? usual : url.getPort();
  }
}
