package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.emulator.tls.AuthorityFolder;
import dev.spillway.emulator.tls.AuthorityFolder.UnusableFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with a certificate that the emulator makes itself. */
class TlsTest {

  @TempDir private Path folder;

  private EmulatorFixture start() {
    return EmulatorFixture.ofYaml(
        """
        listen: 127.0.0.1:0
        tls: {listen: 127.0.0.1:0, folder: "%s", hosts: [extra.test]}
        resources:
          contoso:
            deployments: {micro: {model: gpt-35-turbo}}
        """
            .formatted(folder.resolve("tls")));
  }

  private SSLContext trusting(String file) throws IOException, GeneralSecurityException {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    if (file.endsWith(".p12")) {
      try (InputStream in = Files.newInputStream(folder.resolve("tls").resolve(file))) {
        trust.load(in, AuthorityFolder.PASSWORD.toCharArray());
      }
    } else {
      trust.load(null, null);
      try (InputStream in = Files.newInputStream(folder.resolve("tls").resolve(file))) {
        trust.setCertificateEntry(
            "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
      }
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static int health(SSLContext context, URI uri) throws IOException {
    try (HttpClient http = HttpClient.newBuilder().sslContext(context).build()) {
      HttpRequest request = HttpRequest.newBuilder(uri.resolve("/emulator/health")).build();
      HttpResponse<Void> answer = http.send(request, BodyHandlers.discarding());
      return answer.statusCode();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URI secure(EmulatorFixture emulator) {
    return emulator.emulator.tlsUri().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spillway-ca.pem", "spillway-ca.p12"})
  void aClientThatTrustsTheAuthorityGetsAnswers(String file) throws Exception {
    try (EmulatorFixture emulator = start()) {
      URI uri = secure(emulator);

      assertThat(uri.getScheme()).isEqualTo("https");
      assertThat(health(trusting(file), uri)).isEqualTo(200);
      assertThat(health(trusting(file), URI.create("https://localhost:" + uri.getPort())))
          .isEqualTo(200);
    }
  }

  @Test
  void aClientThatDoesNotTrustItGetsNone() throws Exception {
    try (EmulatorFixture emulator = start()) {
      assertThatThrownBy(() -> health(SSLContext.getDefault(), secure(emulator)))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void whoTrustsOneStartTrustsTheNext() throws Exception {
    start().close();
    SSLContext trusting = trusting("spillway-ca.pem");
    try (EmulatorFixture again = start()) {
      assertThat(health(trusting, secure(again))).isEqualTo(200);
    }
  }

  @Test
  void onlyItsOwnerMayReadTheKey() throws IOException {
    start().close();

    assertThat(Files.getPosixFilePermissions(folder.resolve("tls/spillway-ca-key.pem")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (var files = Files.list(folder.resolve("tls"))) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void theSummaryTellsWhatToTrust() {
    try (EmulatorFixture emulator = start()) {
      assertThat(emulator.emulator.summary())
          .contains("  with TLS  " + secure(emulator))
          .contains("  trust     " + folder.resolve("tls/spillway-ca.pem"));
      assertThat(emulator.emulator.authority()).isPresent();
    }
  }

  @Test
  void withoutTlsThereIsNoCertificate() {
    try (EmulatorFixture emulator = EmulatorFixture.start("2024")) {
      assertThat(emulator.emulator.tlsUri()).isEqualTo(Optional.empty());
      assertThat(emulator.emulator.authority()).isEmpty();
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsOneClearLine() throws IOException {
    var unused = Files.writeString(folder.resolve("tls"), "a file");

    assertThatThrownBy(this::start)
        .isInstanceOf(UnusableFolder.class)
        .hasMessageStartingWith(
            "the folder " + folder.resolve("tls") + " cannot hold certificates");
  }
}
