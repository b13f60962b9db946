package dev.spillway.emulator;

import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.http.Door;
import dev.spillway.emulator.tls.Authority;
import dev.spillway.emulator.tls.AuthorityFolder;
import dev.spillway.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that a configuration listens on.
 *
 * @param main the port of all resources
 * @param resources ports of their own
 * @param tls the port of all resources with TLS
 * @param authority who signed the certificate of that
 */
record Doors(Door main, List<Door> resources, @Nullable Door tls, @Nullable Authority authority) {

  /** Names that a certificate is for in every case: this machine, and what else is imitated. */
  private static final List<String> NAMES =
      List.of("localhost", "127.0.0.1", "::1", "management.azure.com", "login.microsoftonline.com");

  static Doors of(EmulatorConfig config) {
    Door main = new Door(config.listen(), null, null);
    List<Door> resources =
        config.resources().stream()
            .filter(resource -> resource.listen() != null)
            .map(resource ->
                new Door(
                    Objects.requireNonNull(resource.listen()), resource.resource().name(), null))
            .toList();
    Tls tls = config.tls();
    if (tls == null) {
      return new Doors(main, resources, null, null);
    }
    // of the machine's clock, since that is what clients judge certificates by
    Instant now = TimeSource.system().instant();
    Authority authority = new AuthorityFolder(tls.folder()).open(now);
    Door secure = new Door(tls.listen(), null, authority.server(names(config, tls), now));
    return new Doors(main, resources, secure, authority);
  }

  private static List<String> names(EmulatorConfig config, Tls tls) {
    Stream<String> ofResources =
        config.resources().stream().map(ResourceConfig::resource).flatMap(Doors::names);
    return Stream.of(
            NAMES.stream(), Stream.of(tls.listen().host()), tls.hosts().stream(), ofResources)
        .flatMap(names -> names)
        .toList();
  }

  private static Stream<String> names(Resource resource) {
    return Stream.concat(
        Stream.concat(Resource.AZURE_DOMAINS.stream(), Stream.of("localhost"))
            .map(domain -> resource.name() + "." + domain),
        resource.hosts().stream());
  }

  List<Door> all() {
    return Stream.of(Stream.of(main), resources.stream(), Stream.ofNullable(tls))
        .flatMap(doors -> doors)
        .toList();
  }
}
