package dev.spillway.emulator.deployment;

import dev.spillway.control.LatencySpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An Azure resource (account) that is imitated.
 *
 * @param name such as {@code contoso-eastus}; the first part of its host names
 * @param region such as {@code eastus}
 * @param kind {@code OpenAI} or {@code AIServices}; names the pricing tier in 429s
 * @param keys one or two, named key1 and key2
 * @param hosts more host names that mean it
 * @param group where Azure's resource manager has it
 * @param access who is let in
 * @param latency how long its deployments take that say nothing themselves; null for no time
 */
public record Resource(
    String name,
    String region,
    String kind,
    List<String> keys,
    List<String> hosts,
    ResourceGroup group,
    Access access,
    @Nullable LatencySpec latency) {

  /** What Azure's resources are reached below. */
  public static final List<String> AZURE_DOMAINS =
      List.of("openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}");

  /** The first parts of paths that are not resources. */
  private static final Set<String> TAKEN =
      Set.of(
          "emulator",
          "metrics",
          "openai",
          "providers",
          "subscriptions",
          "metadata",
          "msi",
          "common",
          "organizations",
          "consumers",
          "discovery",
          "localhost");

  public Resource {
    if (!NAME.matcher(name).matches() || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "a resource's name is 1 to 64 letters, digits, '_', '.' or '-', and none of "
              + String.join(", ", new TreeSet<>(TAKEN))
              + "; not '"
              + name
              + "'");
    }
    keys = List.copyOf(keys);
    hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  /** A resource whose deployments take no time. */
  public Resource(
      String name,
      String region,
      String kind,
      List<String> keys,
      List<String> hosts,
      ResourceGroup group,
      Access access) {
    this(name, region, kind, keys, hosts, group, access, null);
  }

  /** A resource of the usual group that everybody with a key or a token is let in to. */
  public Resource(String name, String region, String kind, List<String> keys, List<String> hosts) {
    this(name, region, kind, keys, hosts, ResourceGroup.DEFAULT, Access.OPEN);
  }

  public Resource withKeys(List<String> others) {
    return new Resource(name, region, kind, others, hosts, group, access, latency);
  }

  public Resource withRegion(String other) {
    return new Resource(name, other, kind, keys, hosts, group, access, latency);
  }

  public Resource withAccess(Access other) {
    return new Resource(name, region, kind, keys, hosts, group, other, latency);
  }

  public Resource withLatency(@Nullable LatencySpec other) {
    return new Resource(name, region, kind, keys, hosts, group, access, other);
  }

  /**
   * The same with another text for a key; a second key is there from then on.
   *
   * @param number 1 or 2
   */
  public Resource withKey(int number, String key) {
    List<String> others = new ArrayList<>(keys);
    if (number > others.size()) {
      others.add(key);
    } else {
      others.set(number - 1, key);
    }
    return withKeys(others);
  }

  /** What puts it before Azure's paths: {@code /contoso-eastus}. */
  public String prefix() {
    return prefix(name);
  }

  static String prefix(String name) {
    return "/" + name;
  }

  /** Whether this host name (without a port) means it: by its first part, or as configured. */
  public boolean isCalled(String host) {
    return hosts.contains(host.toLowerCase(Locale.ROOT))
        || (host.regionMatches(true, 0, name, 0, name.length())
            && (host.length() == name.length() || host.charAt(name.length()) == '.'));
  }

  /** The name of the key that this is, found without telling by its time how near it came. */
  public Optional<String> keyName(String key) {
    Optional<String> found = Optional.empty();
    for (int i = 0; i < keys.size(); i++) {
      if (MessageDigest.isEqual(bytes(keys.get(i)), bytes(key))) {
        found = Optional.of("key" + (i + 1));
      }
    }
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
