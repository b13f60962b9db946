package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.link.Proxy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way out through a proxy; hosts that only it knows prove that it was taken. */
class OutboundProxyTest {

  private static final TestAuthority AUTHORITY = new TestAuthority();

  @TempDir private Path folder;
  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend turbo = fixture.backend();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final ServerSocket proxy;

  OutboundProxyTest() throws IOException {
    this.proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread unused = Thread.ofVirtual().start(this::accept);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
    proxy.close();
  }

  @Test
  void httpsGoesThroughATunnelAndIsCheckedAtItsEnd() throws Exception {
    FakeBackend micro = fixture.backend(AUTHORITY.server("contoso.invalid"));
    String url = micro.url().replace("127.0.0.1", "contoso.invalid");
    FailoverRouter router =
        fixture.router(url, turbo.url(), throughProxy(), "ca: " + AUTHORITY.pem(folder));

    HttpResponse<String> first = fixture.post(router, "/completions", "{}");
    HttpResponse<String> second = fixture.post(router, "/completions", "{}");

    assertThat(trace(first)).startsWith("micro=200");
    assertThat(trace(second)).startsWith("micro=200");
    assertThat(seen).containsExactly("CONNECT " + url.substring("https://".length()));
    assertThat(micro.last().header("Api-key")).isEqualTo("micro-key");
  }

  @Test
  void httpIsAskedOfTheProxyItself() throws Exception {
    FailoverRouter router = fixture.router("http://contoso.invalid", turbo.url(), throughProxy());

    assertThat(trace(fixture.post(router, "/completions", "{}"))).startsWith("micro=200");
    assertThat(seen).singleElement().asString().startsWith("POST http://contoso.invalid/openai/");
  }

  @Test
  void hostsThatAreReachedWithoutItAre() throws Exception {
    FailoverRouter router =
        fixture.router(turbo.url(), turbo.url(), throughProxy(), "no-proxy: [127.0.0.1]");

    assertThat(fixture.post(router, "/completions", "{}").statusCode()).isEqualTo(200);
    assertThat(seen).isEmpty();
  }

  @Test
  void aProxyThatRefusesIsABackendThatCannotBeReached() throws Exception {
    FailoverRouter router =
        fixture.router(
            "https://refused.invalid",
            turbo.url(),
            throughProxy(),
            "no-proxy: [127.0.0.1]",
            "retry-ambiguous: never");

    assertThat(trace(fixture.post(router, "/completions", "{}")))
        .matches("micro=unreachable\\(.*\\) -> turbo=200\\(.*\\)");
  }

  @ParameterizedTest
  @CsvSource({
    "contoso.openai.azure.com, true",
    "cache.internal, false",
    "CACHE.internal, false",
    "a.corp.example, false",
    "corp.example, true",
    "evilcorp.example, true",
  })
  void aNameOrAllBelowOneIsReachedDirectly(String host, boolean throughIt) {
    Proxy rules = new Proxy("proxy", 3128, List.of("cache.internal", ".corp.example"));

    assertThat(rules.isFor(host)).isEqualTo(throughIt);
  }

  private String throughProxy() {
    return "proxy: 127.0.0.1:" + proxy.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = proxy.accept();
        Thread unused = Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // the end of the test
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String head = head(in);
      String[] line = head.substring(0, head.indexOf('\r')).split(" ", -1);
      seen.add(line[0] + " " + line[1]);
      if (line[1].startsWith("refused")) {
        answer(socket, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
      } else if (line[0].equals("CONNECT")) {
        tunnel(in, socket, Integer.parseInt(line[1].substring(line[1].indexOf(':') + 1)));
      } else {
        answer(
            socket,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
      }
    } catch (IOException e) {
      // an end of the tunnel has been closed
    }
  }

  private static void answer(Socket socket, String answer) throws IOException {
    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  private static void tunnel(InputStream in, Socket socket, int port) throws IOException {
    try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
      answer(socket, "HTTP/1.1 200 OK\r\n\r\n");
      Thread back = Thread.ofVirtual().start(() -> copy(target, socket));
      in.transferTo(target.getOutputStream());
      back.interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try (OutputStream out = to.getOutputStream()) {
      from.getInputStream().transferTo(out);
    } catch (IOException e) {
      // the other end has been closed
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new UncheckedIOException(new IOException("no head"));
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static String trace(HttpResponse<String> answer) {
    return answer.headers().firstValue("x-router-trace").orElse("");
  }
}
