package dev.spillway.router.config;

import dev.spillway.router.link.Certified;
import dev.spillway.router.link.Outbound;
import dev.spillway.router.link.Pem;
import dev.spillway.router.link.Proxy;
import dev.spillway.router.link.TlsTerms;
import dev.spillway.yaml.ListenAddress;
import dev.spillway.yaml.RedisAddress;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code tls}, {@code ca}, {@code client-certificate}, {@code proxy} and {@code no-proxy}. */
public final class LinkKeys {

  private final List<X509Certificate> authorities;
  private final @Nullable Proxy proxy;

  private LinkKeys(List<X509Certificate> authorities, @Nullable Proxy proxy) {
    this.authorities = authorities;
    this.proxy = proxy;
  }

  /** Those among the keys of the file's root. */
  public static LinkKeys read(YamlMap root) {
    return new LinkKeys(authorities(root), proxy(root));
  }

  /** Who the router is to its callers; null without TLS. */
  public static @Nullable Certified listener(YamlMap root) {
    return root.find("tls").map(LinkKeys::identity).orElse(null);
  }

  /** Where what routers know is shared; null for nowhere. */
  public static @Nullable RedisAddress sharedState(YamlMap root) {
    return root.find("shared-state").map(LinkKeys::redis).orElse(null);
  }

  private static RedisAddress redis(YamlValue section) {
    YamlMap keys = section.map();
    YamlValue redis = keys.get("redis");
    keys.end();
    try {
      return RedisAddress.parse(redis.text());
    } catch (IllegalArgumentException e) {
      throw redis.problem("must be " + RedisAddress.FORM);
    }
  }

  /** With those of the backends; their other keys are not looked at. */
  public Outbound outbound(YamlValue backends) {
    Map<String, TlsTerms> own = new LinkedHashMap<>();
    backends
        .map()
        .entries()
        .forEach((name, value) -> ownTerms(value.map()).ifPresent(terms -> own.put(name, terms)));
    return new Outbound(new TlsTerms(authorities, null), own, proxy);
  }

  /** Leaves those of a backend to {@link #outbound}. */
  static void leave(YamlMap backend) {
    var unused = List.of(backend.find("ca"), backend.find("client-certificate"));
  }

  private Optional<TlsTerms> ownTerms(YamlMap backend) {
    List<X509Certificate> more = authorities(backend);
    Optional<Certified> identity = backend.find("client-certificate").map(LinkKeys::identity);
    if (more.isEmpty() && identity.isEmpty()) {
      return Optional.empty();
    }
    List<X509Certificate> all = new ArrayList<>(authorities);
    all.addAll(more);
    return Optional.of(new TlsTerms(List.copyOf(all), identity.orElse(null)));
  }

  private static List<X509Certificate> authorities(YamlMap keys) {
    return keys.find("ca").map(LinkKeys::certificates).orElse(List.of());
  }

  private static Certified identity(YamlValue value) {
    YamlMap keys = value.map();
    YamlValue certificate = keys.get("certificate");
    YamlValue key = keys.get("key");
    keys.end();
    List<X509Certificate> chain = certificates(certificate);
    return fromFile(key, file -> Certified.read(chain, file));
  }

  private static List<X509Certificate> certificates(YamlValue value) {
    return fromFile(value, Pem::certificates);
  }

  private static <T> T fromFile(YamlValue value, Function<Path, T> reader) {
    String name = value.text();
    try {
      return reader.apply(Path.of(name));
    } catch (IllegalArgumentException e) {
      throw value.problem("names the file '" + name + "', " + e.getMessage());
    }
  }

  private static @Nullable Proxy proxy(YamlMap root) {
    Optional<YamlValue> address = root.find("proxy");
    Optional<YamlValue> direct = root.find("no-proxy");
    if (address.isEmpty()) {
      direct.ifPresent(value -> {
        throw value.problem("is of no use without 'proxy'");
      });
      return null;
    }
    ListenAddress proxy = address.get().parse("host:port", LinkKeys::hostAndPort);
    return new Proxy(proxy.host(), proxy.port(), direct.map(LinkKeys::hosts).orElse(List.of()));
  }

  private static ListenAddress hostAndPort(String text) {
    ListenAddress address = ListenAddress.parse(text);
    if (address.port() == 0) {
      throw new IllegalArgumentException(text);
    }
    return address;
  }

  private static List<String> hosts(YamlValue list) {
    return list.list().stream()
        .map(value -> value.text().toLowerCase(Locale.ROOT).replaceFirst("^\\*\\.", "."))
        .toList();
  }
}
