package dev.spillway.router.check;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.spillway.router.RouterConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReachTest {

  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean known = "good".equals(exchange.getRequestHeaders().getFirst("api-key"));
          exchange.sendResponseHeaders(known ? 200 : 401, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aBackendThatAnswersIsToldNothing() throws Exception {
    assertThat(findings("http://127.0.0.1:" + port(), "good", true)).isEmpty();
  }

  @Test
  void aKeyThatIsRefusedIsFoundOnlyWhenARequestIsSent() throws Exception {
    assertThat(findings("http://127.0.0.1:" + port(), "bad", false)).isEmpty();
    assertThat(findings("http://127.0.0.1:" + port(), "bad", true))
        .containsExactly(
            "router.yaml:2: error: the backend 'a' answers 401 to its key; correct its api-key, or"
                + " let this machine through");
  }

  @Test
  void whatCannotBeReachedIsTold() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }

    assertThat(findings("http://127.0.0.1:" + closed, "good", false).getFirst())
        .startsWith("router.yaml:2: warning: the backend 'a' cannot be reached at http://127.0");
    assertThat(findings("http://nowhere.invalid", "good", false).getFirst())
        .startsWith("router.yaml:2: error: the backend 'a' cannot be found: there is no host");
  }

  @Test
  void whatDoesNotSpeakTlsIsTold() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread unused =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket caller = plain.accept()) {
                  caller
                      .getOutputStream()
                      .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });

      assertThat(findings("https://127.0.0.1:" + plain.getLocalPort(), "good", false).getFirst())
          .startsWith("router.yaml:2: error: the backend 'a' has no TLS that is trusted:");
    }
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static List<String> findings(String url, String key, boolean probe)
      throws InterruptedException {
    String yaml =
        """
        backends:
          a: {url: "%s", api-key: %s}
        pools:
          p: [{backend: a}]
        routes: [{deployment: d, pool: p}]
        """
            .formatted(url, key);
    return Reach.findings(RouterConfig.parse("router.yaml", yaml, name -> null), probe).stream()
        .map(Finding::toString)
        .toList();
  }
}
