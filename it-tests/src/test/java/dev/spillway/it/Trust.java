package dev.spillway.it;

import com.azure.core.http.HttpClientProvider;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.util.HttpClientOptions;
import dev.spillway.emulator.tls.AuthorityFolder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import reactor.netty.resources.ConnectionProvider;

/** HTTP clients that trust the authority in a folder of the emulator, and no other. */
record Trust(TrustManagerFactory managers, ConnectionProvider connections)
    implements HttpClientProvider, AutoCloseable {

  static Trust of(Path folder) {
    try (InputStream file = Files.newInputStream(folder.resolve("spillway-ca.p12"))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(file, AuthorityFolder.PASSWORD.toCharArray());
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      return new Trust(managers, ConnectionProvider.create("tests"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JDK's. */
  HttpClient http() {
    return HttpClient.newBuilder().sslContext(context()).build();
  }

  /** Netty's, which is the usual one of Azure's SDKs. */
  @Override
  public com.azure.core.http.HttpClient createInstance() {
    try {
      SslContext context =
          SslContextBuilder.forClient().sslProvider(SslProvider.JDK).trustManager(managers).build();
      return new NettyAsyncHttpClientBuilder(
              reactor.netty.http.client.HttpClient.create(connections)
                  .secure(tls -> tls.sslContext(context)))
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public com.azure.core.http.HttpClient createInstance(HttpClientOptions options) {
    return createInstance();
  }

  /** Ends what Netty would keep open. */
  @Override
  public void close() {
    connections.dispose();
  }
}
