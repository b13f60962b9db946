package dev.spillway.cli;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** What becomes of asking an address whether it is up. */
sealed interface Pulse {

  /** It is, by its own word. */
  record Up() implements Pulse {}

  /** It answers, but not with 200. */
  record Ill(int status) implements Pulse {}

  /** Nothing answers HTTP there. */
  record Silent(String why) implements Pulse {}

  /**
   * Asks. The plainest client that the JDK has, since a container's health check is a process that
   * is started every few seconds.
   *
   * @param address of {@code https}, no certificate is looked at: this asks whether, not who
   */
  static Pulse of(URI address, int patienceMillis) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      if (connection instanceof HttpsURLConnection secure) {
        secure.setSSLSocketFactory(trustingAnybody().getSocketFactory());
        secure.setHostnameVerifier((host, session) -> true);
      }
      connection.setConnectTimeout(patienceMillis);
      connection.setReadTimeout(patienceMillis);
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status == HttpURLConnection.HTTP_OK ? new Up() : new Ill(status);
    } catch (IOException e) {
      return new Silent(String.valueOf(e.getMessage()));
    }
  }

  private static SSLContext trustingAnybody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Trusts whoever answers. */
  final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
