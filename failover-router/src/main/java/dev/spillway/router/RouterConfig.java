package dev.spillway.router;

import dev.spillway.router.auth.Client;
import dev.spillway.router.auth.Secret;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.config.BackendSection;
import dev.spillway.router.config.ClientSection;
import dev.spillway.router.config.Drain;
import dev.spillway.router.config.Limits;
import dev.spillway.router.config.LinkKeys;
import dev.spillway.router.config.Places;
import dev.spillway.router.config.PoolSection;
import dev.spillway.router.config.Reports;
import dev.spillway.router.config.Route;
import dev.spillway.router.config.RouteSection;
import dev.spillway.router.link.Certified;
import dev.spillway.router.link.Outbound;
import dev.spillway.yaml.ListenAddress;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.RedisAddress;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A router.yaml.
 *
 * @param clients who may call; nobody in it means everybody on this machine
 * @param places where in the file all this stands
 * @param adminKey for {@code /router/*}; null leaves that to callers on this machine
 * @param tls who it is to its callers; null where they come without TLS
 * @param sharedState where it is shared with other routers; null for a router alone
 */
public record RouterConfig(
    ListenAddress listen,
    List<Client> clients,
    Map<String, Backend> backends,
    Map<String, Pool> pools,
    List<Route> routes,
    @Nullable Secret adminKey,
    Limits limits,
    Drain drain,
    Reports reports,
    Outbound outbound,
    @Nullable Certified tls,
    @Nullable RedisAddress sharedState,
    Places places) {

  static final String OPEN = " is open to other machines, which needs 'clients' with keys";
  private static final String NEEDS_RESTART =
      " cannot change while the router runs; a restart makes it";
  private static final ListenAddress DEFAULT_LISTEN = new ListenAddress("127.0.0.1", 8081);

  /**
   * Reads a file.
   *
   * @param env what {@code ${NAME}} in a value stands for; null for a name that is not set
   * @throws dev.spillway.yaml.YamlException with file, line and what was expected
   */
  public static RouterConfig read(Path file, Function<String, @Nullable String> env) {
    return of(
        LocatedYaml.read(file, env),
        env,
        () -> Places.of(String.valueOf(file.getFileName()), LocatedYaml.read(file, env)));
  }

  /**
   * Reads a text.
   *
   * @param name what complaints call it
   * @throws dev.spillway.yaml.YamlException with the name, line and what was expected
   */
  public static RouterConfig parse(
      String name, String yaml, Function<String, @Nullable String> env) {
    return of(
        LocatedYaml.parse(name, yaml, env),
        env,
        () -> Places.of(name, LocatedYaml.parse(name, yaml, env)));
  }

  /**
   * Reads a part of another file that is written as a {@code router.yaml}.
   *
   * @throws dev.spillway.yaml.YamlException with the other file, line and what was expected
   */
  public static RouterConfig read(YamlValue section, Function<String, @Nullable String> env) {
    return of(section.map(), env, () -> Places.of(section.file(), section.map()));
  }

  private static RouterConfig of(
      YamlMap root, Function<String, @Nullable String> env, Supplier<Places> places) {
    Optional<YamlValue> listen = root.find("listen");
    Optional<YamlValue> clientSection = root.find("clients");
    Optional<Secret> adminKey = root.find("admin-key").map(ClientSection::secret);
    Limits limits = Limits.read(root);
    Drain drain = Drain.read(root);
    Reports reports = Reports.read(root, env);
    LinkKeys links = LinkKeys.read(root);
    Certified tls = LinkKeys.listener(root);
    RedisAddress sharedState = LinkKeys.sharedState(root);
    YamlValue backendSection = root.get("backends");
    YamlValue poolSection = root.get("pools");
    YamlValue routeSection = root.get("routes");
    root.end();
    Map<String, Backend> backends = BackendSection.read(backendSection);
    Map<String, Pool> pools = PoolSection.read(poolSection, backends);
    List<Route> routes =
        RouteSection.read(routeSection, pools, ClientSection.names(clientSection), limits);
    List<Client> clients =
        clientSection.map(section -> ClientSection.read(section, routes)).orElse(List.of());
    return new RouterConfig(
        listen.map(value -> listen(value, clients)).orElse(DEFAULT_LISTEN),
        clients,
        backends,
        pools,
        routes,
        adminKey.orElse(null),
        limits,
        drain,
        reports,
        links.outbound(backendSection),
        tls,
        sharedState,
        places.get());
  }

  private static ListenAddress listen(YamlValue value, List<Client> clients) {
    ListenAddress listen = value.parse("host:port", ListenAddress::parse);
    if (clients.isEmpty() && !listen.isLoopback()) {
      throw value.problem(OPEN.strip());
    }
    return listen;
  }

  /**
   * The same configuration at another address.
   *
   * @throws IllegalArgumentException when the address is not {@code host:port}
   */
  public RouterConfig withListen(String address) {
    return new RouterConfig(
        ListenAddress.parse(address),
        clients,
        backends,
        pools,
        routes,
        adminKey,
        limits,
        drain,
        reports,
        outbound,
        tls,
        sharedState,
        places);
  }

  /**
   * Why a router that runs with another configuration cannot go over to this one; nothing when it
   * can.
   */
  Optional<String> cannotFollow(RouterConfig running) {
    if (!listen.equals(running.listen)) {
      return Optional.of(places.at("listen") + ": 'listen'" + NEEDS_RESTART);
    }
    if ((tls == null) != (running.tls == null)) {
      return Optional.of(places.at("tls") + ": 'tls'" + NEEDS_RESTART);
    }
    if (!Objects.equals(sharedState, running.sharedState)) {
      return Optional.of(places.at("shared-state") + ": 'shared-state'" + NEEDS_RESTART);
    }
    if (!reports.otlp().equals(running.reports.otlp())) {
      return Optional.of(places.at("otlp") + ": 'otlp'" + NEEDS_RESTART);
    }
    return isOpenToAll()
        ? Optional.of(places.at("clients") + ": " + listen + OPEN)
        : Optional.empty();
  }

  /** Whether anybody on any machine could call. */
  boolean isOpenToAll() {
    return clients.isEmpty() && !listen.isLoopback();
  }
}
