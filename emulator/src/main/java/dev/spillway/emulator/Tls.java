package dev.spillway.emulator;

import dev.spillway.yaml.ListenAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * That the emulator also listens with TLS, with a certificate it makes itself.
 *
 * @param listen where; port 0 for any that is free
 * @param folder where the authority's certificate is written for clients to trust, and found again
 *     at the next start
 * @param hosts more names that the certificate is for
 */
public record Tls(ListenAddress listen, Path folder, List<String> hosts) {

  /** Where it is written when nothing else is said. */
  public static final Path FOLDER = Path.of("spillway-tls");

  public Tls {
    hosts = List.copyOf(hosts);
  }
}
