package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsExchange;
import dev.spillway.yaml.YamlException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS in both directions, over sockets. */
class TlsTest {

  private static final TestAuthority AUTHORITY = new TestAuthority();
  private static final TestAuthority STRANGER = new TestAuthority();

  @TempDir private Path folder;
  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend turbo = fixture.backend();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aBackendOfAnUnknownAuthorityCannotBeReachedAndNothingIsSent() throws Exception {
    FakeBackend micro = fixture.backend(AUTHORITY.server("127.0.0.1"));
    FailoverRouter router = fixture.router(micro.url(), turbo.url(), "retry-ambiguous: never");

    HttpResponse<String> answer = fixture.post(router, "/completions", "{}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(trace(answer)).matches("micro=unreachable\\(.*\\) -> turbo=200\\(.*\\)");
    assertThat(micro.seen()).isEmpty();
  }

  @Test
  void anAuthorityOfTheFileIsBelieved() throws Exception {
    FakeBackend micro = fixture.backend(AUTHORITY.server("127.0.0.1"));
    FailoverRouter router =
        fixture.router(micro.url(), turbo.url(), "ca: " + AUTHORITY.pem(folder));

    assertThat(trace(fixture.post(router, "/completions", "{}"))).startsWith("micro=200");
  }

  @Test
  void anAuthorityOfABackendIsBelievedForNoOther() throws Exception {
    FakeBackend micro = fixture.backend(AUTHORITY.server("127.0.0.1"));
    FakeBackend other = fixture.backend(AUTHORITY.server("127.0.0.1"));
    String ca = "ca: \"" + AUTHORITY.pem(folder) + "\"";
    String yaml =
        RouterFixture.yaml(micro.url(), other.url())
            .replace("api-key: turbo-key", "api-key: turbo-key, " + ca);

    assertThat(trace(fixture.post(fixture.start(yaml, fixture.clock), "/completions", "{}")))
        .matches("micro=unreachable\\(.*\\) -> turbo=200\\(.*\\)");
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() throws Exception {
    FakeBackend micro = fixture.backend(AUTHORITY.server("elsewhere.example"));
    FailoverRouter router =
        fixture.router(
            micro.url(), turbo.url(), "ca: " + AUTHORITY.pem(folder), "retry-ambiguous: never");

    assertThat(trace(fixture.post(router, "/completions", "{}")))
        .matches("micro=unreachable\\(.*\\) -> turbo=200\\(.*\\)");
    assertThat(micro.seen()).isEmpty();
  }

  @Test
  void aHandshakeThatIsCutIsNoMoreThanUnreachable() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread unused = Thread.ofVirtual().start(() -> acceptAndCut(server));
      String url = "https://127.0.0.1:" + server.getLocalPort();
      FailoverRouter router = fixture.router(url, turbo.url(), "retry-ambiguous: never");

      assertThat(trace(fixture.post(router, "/completions", "{}")))
          .matches("micro=unreachable\\(.*\\) -> turbo=200\\(.*\\)");
    }
  }

  @Test
  void aBackendThatAsksIsShownTheClientsCertificate() throws Exception {
    FakeBackend micro = fixture.backend(AUTHORITY.server("127.0.0.1"));
    micro.answering(exchange -> {
      String name = ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
      byte[] body = ("{\"you\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    });
    TestAuthority.Signed client = AUTHORITY.sign("EC", "the-router");
    String tls =
        "ca: \"%s\", client-certificate: {certificate: \"%s\", key: \"%s\"}"
            .formatted(AUTHORITY.pem(folder), client.certificate(folder), client.key(folder));
    String yaml =
        RouterFixture.yaml(micro.url(), turbo.url())
            .replace("api-key: micro-key", "api-key: micro-key, " + tls);

    assertThat(fixture.post(fixture.start(yaml, fixture.clock), "/completions", "{}").body())
        .isEqualTo("{\"you\":\"CN=the-router\"}");
  }

  @ParameterizedTest
  @CsvSource({"EC, false", "EC, true", "RSA, false", "RSA, true"})
  void callersComeWithTls(String algorithm, boolean traditional) throws Exception {
    FailoverRouter router = withTls(algorithm, traditional, turbo.url());
    HttpClient client = trusting();

    HttpResponse<String> answer = post(client, router);

    assertThat(router.uri().toString()).startsWith("https://127.0.0.1:");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(post(client, router).statusCode()).isEqualTo(200);
    client.close();
  }

  /** Invariant 10, however the caller takes its leave. */
  @ParameterizedTest
  @ValueSource(strings = {"properly", "without a word", "after another request"})
  void aCallerWithTlsWhoLeavesIsNoticed(String how) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    RawBackend silent =
        fixture.raw((out, socket) -> {
          asked.countDown();
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
          left.countDown();
        });
    FailoverRouter router = withTls("EC", false, silent.url());
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), router.port());
    SSLSocket caller =
        (SSLSocket)
            AUTHORITY
                .trusted()
                .context()
                .getSocketFactory()
                .createSocket(plain, "127.0.0.1", router.port(), false);
    write(caller);
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

    switch (how) {
      case "properly" -> caller.close();
      case "after another request" -> write(caller);
      default -> {}
    }
    plain.close();

    assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    await().untilAsserted(() -> assertThat(router.traces().getFirst()).contains("caller-left"));
  }

  @Test
  void aSecondRequestThatComesDuringTheFirstIsServedAfterIt() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    turbo.answering(exchange -> {
      try {
        assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
    });
    FailoverRouter router = withTls("EC", false, turbo.url());
    try (SSLSocket caller =
        (SSLSocket)
            AUTHORITY
                .trusted()
                .context()
                .getSocketFactory()
                .createSocket("127.0.0.1", router.port())) {
      caller.setSoTimeout(20_000);
      write(caller);
      await().until(() -> turbo.seen().size() == 1);
      write(caller);
      await().pollDelay(Duration.ofMillis(150)).until(() -> true); // the watch has read ahead
      answer.countDown();

      String answers = "";
      while (answers.split("HTTP/1.1 200", -1).length < 3) {
        answers += new String(caller.getInputStream().readNBytes(1), StandardCharsets.ISO_8859_1);
      }
    }
    assertThat(turbo.seen()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "missing.pem | key.pem     | 'tls.certificate' names the file 'F/missing.pem', which does not exist",
        "text.pem    | key.pem     | 'tls.certificate' names the file 'F/text.pem', in which there is no certificate",
        "damaged.pem | key.pem     | 'tls.certificate' names the file 'F/damaged.pem', in which a CERTIFICATE is damaged",
        "certificate.pem | text.pem | 'tls.key' names the file 'F/text.pem', in which there is no private key",
        "certificate.pem | other/key.pem | 'tls.key' names the file 'F/other/key.pem', whose key is not the certificate's",
        "certificate.pem | other/traditional.pem | 'tls.key' names the file 'F/other/traditional.pem', whose key is not the certificate's",
        "certificate.pem | encrypted.pem | 'tls.key' names the file 'F/encrypted.pem', in which the key is encrypted; 'openssl pkey' writes it as it is needed here",
      })
  void aPairThatDoesNotWorkStopsTheStartWithOneLine(
      String certificate, String key, String complaint) throws Exception {
    TestAuthority.Signed router = AUTHORITY.sign("EC", "127.0.0.1");
    TestAuthority.Signed other = STRANGER.sign("RSA", "127.0.0.1");
    Path elsewhere = Files.createDirectories(folder.resolve("other"));
    var unused =
        Stream.of(
                router.certificate(folder),
                router.key(folder),
                other.key(elsewhere),
                other.traditionalKey(elsewhere),
                Files.writeString(folder.resolve("text.pem"), "hello"),
                Files.writeString(
                    folder.resolve("damaged.pem"),
                    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                Files.writeString(
                    folder.resolve("encrypted.pem"),
                    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----"))
            .toList();
    String tls =
        "tls: {certificate: \"%s\", key: \"%s\"}"
            .formatted(folder.resolve(certificate), folder.resolve(key));
    String yaml = RouterFixture.yaml("http://a", "http://b", tls);

    assertThatThrownBy(() -> RouterConfig.parse("router.yaml", yaml, name -> null))
        .isInstanceOf(YamlException.class)
        .hasMessage("router.yaml:2: " + complaint.replace("F/", folder + "/"));
  }

  private static void acceptAndCut(ServerSocket server) {
    try (Socket socket = server.accept()) {
      assertThat(socket.getInputStream().read()).as("the handshake begins").isEqualTo(22);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FailoverRouter withTls(String algorithm, boolean traditional, String backend) {
    TestAuthority.Signed signed = AUTHORITY.sign(algorithm, "127.0.0.1");
    Path key = traditional ? signed.traditionalKey(folder) : signed.key(folder);
    return fixture.router(
        backend,
        backend,
        "tls: {certificate: \"%s\", key: \"%s\"}".formatted(signed.certificate(folder), key));
  }

  private static HttpClient trusting() {
    return HttpClient.newBuilder().sslContext(AUTHORITY.trusted().context()).build();
  }

  private static HttpResponse<String> post(HttpClient client, FailoverRouter router)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(router.uri() + "/completions"))
            .POST(BodyPublishers.ofString("{}"))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static void write(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write(
            "POST /completions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static String trace(HttpResponse<String> answer) {
    return answer.headers().firstValue("x-router-trace").orElse("");
  }
}
