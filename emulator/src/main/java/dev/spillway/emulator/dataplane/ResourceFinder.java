package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.deployment.Resources;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the resource that a request is for: by the port it came to, else by its host name, else by
 * the first part of its path, else the first resource.
 */
final class ResourceFinder {

  /**
   * A resource, and what is asked of it.
   *
   * @param path of the request, still escaped, without the resource's prefix
   */
  record Target(Resource resource, String path) {}

  private final Resources resources;

  ResourceFinder(Resources resources) {
    this.resources = resources;
  }

  /**
   * Finds it, unless the host name is one of Azure's that no resource here has.
   *
   * @param door the resource whose own port it came to; null for a port of all
   * @param host the request's {@code Host}, without a port
   * @param path of the request, still escaped
   */
  Optional<Target> find(@Nullable String door, @Nullable String host, String path) {
    Optional<Resource> chosen = door != null ? resources.find(door) : byHost(host);
    if (chosen.isPresent()) {
      return chosen.map(resource -> new Target(resource, withoutPrefix(resource, path)));
    }
    if (host != null && isAzures(host)) {
      return Optional.empty();
    }
    Resource resource = byPath(path).orElseGet(resources::first);
    return Optional.of(new Target(resource, withoutPrefix(resource, path)));
  }

  private Optional<Resource> byHost(@Nullable String host) {
    return host == null
        ? Optional.empty()
        : resources.all().stream().filter(resource -> resource.isCalled(host)).findFirst();
  }

  private Optional<Resource> byPath(String path) {
    int end = path.indexOf('/', 1);
    return end < 0 ? Optional.empty() : resources.find(path.substring(1, end));
  }

  private static String withoutPrefix(Resource resource, String path) {
    String prefix = resource.prefix();
    return path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
  }

  /** There Azure has a resource for every name; a name that nobody has is not the first's. */
  private static boolean isAzures(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return Resource.AZURE_DOMAINS.stream().anyMatch(domain -> lower.endsWith("." + domain));
  }
}
