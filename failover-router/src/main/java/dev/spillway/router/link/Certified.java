package dev.spillway.router.link;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Who this end of a TLS connection is.
 *
 * @param chain its certificate first
 */
public record Certified(List<X509Certificate> chain, PrivateKey key) {

  /**
   * Reads both.
   *
   * @throws IllegalArgumentException when the key is not the certificate's
   */
  public static Certified read(List<X509Certificate> chain, Path key) {
    return new Certified(chain, Pem.keyOf(chain.getFirst(), key));
  }

  /** Shows no key. */
  @Override
  public String toString() {
    return chain.getFirst().getSubjectX500Principal().getName();
  }
}
