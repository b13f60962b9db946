package dev.spillway.router.link;

import java.util.List;
import java.util.Locale;

/**
 * An HTTP proxy for what leaves this machine; HTTPS goes through it by {@code CONNECT}.
 *
 * @param direct hosts that are reached without it: a name, or {@code .name} for all below it
 */
public record Proxy(String host, int port, List<String> direct) {

  /** Whether connections to a host go through it. */
  public boolean isFor(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return direct.stream()
        .noneMatch(rule -> rule.startsWith(".") ? name.endsWith(rule) : name.equals(rule));
  }
}
