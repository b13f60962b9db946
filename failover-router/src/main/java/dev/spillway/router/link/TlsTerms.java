package dev.spillway.router.link;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * On what terms TLS is spoken.
 *
 * @param authorities who is believed beside those that the JDK believes
 * @param identity who this end is; null for nobody
 */
public record TlsTerms(List<X509Certificate> authorities, @Nullable Certified identity) {

  /** What Java does by itself. */
  public static final TlsTerms STANDARD = new TlsTerms(List.of(), null);

  private static final char[] NO_PASSWORD = new char[0];

  public boolean isStandard() {
    return authorities.isEmpty() && identity == null;
  }

  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identity == null ? null : keys(identity),
          authorities.isEmpty() ? null : trust().getTrustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("TLS cannot be spoken", e);
    }
  }

  private static KeyManager[] keys(Certified identity)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    store.setKeyEntry(
        "router", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys.getKeyManagers();
  }

  /** Who is believed. */
  public TrustManagerFactory trust() {
    try {
      KeyStore store = empty();
      int number = 0;
      for (X509Certificate known : knownToTheJdk()) {
        store.setCertificateEntry("jdk" + number++, known);
      }
      for (X509Certificate own : authorities) {
        store.setCertificateEntry("own" + number++, own);
      }
      return factory(store);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("TLS cannot be spoken", e);
    }
  }

  private static X509Certificate[] knownToTheJdk() throws GeneralSecurityException {
    for (TrustManager manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager known) {
        return known.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManagerFactory factory(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
