package dev.spillway.emulator.deployment;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may call a resource.
 *
 * @param allow a caller's address must be in one of these
 * @param forwardedFor whether the first address of {@code x-forwarded-for} is the caller's
 */
public record Firewall(List<AddressRange> allow, boolean forwardedFor) {

  /** Everybody may. */
  public static final Firewall OPEN =
      new Firewall(List.of(AddressRange.parse("0.0.0.0/0"), AddressRange.parse("::/0")), false);

  public Firewall {
    allow = List.copyOf(allow);
  }

  public Firewall allowing(List<AddressRange> others) {
    return new Firewall(others, forwardedFor);
  }

  /**
   * Whether a caller may come in.
   *
   * @param peer the address that the connection comes from
   * @param forwarded the header {@code x-forwarded-for}
   */
  public boolean lets(String peer, @Nullable String forwarded) {
    if (equals(OPEN)) {
      return true;
    }
    return address(forwardedFor && forwarded != null ? forwarded.split(",", -1)[0] : peer).stream()
        .anyMatch(caller -> allow.stream().anyMatch(range -> range.contains(caller)));
  }

  /** As servers and proxies write it: perhaps in brackets, with a zone or with a port. */
  private static Optional<InetAddress> address(String text) {
    String bare = text.strip();
    if (bare.startsWith("[") && bare.contains("]")) {
      bare = bare.substring(1, bare.indexOf(']'));
    } else if (bare.indexOf(':') == bare.lastIndexOf(':') && bare.indexOf(':') > 0) {
      bare = bare.substring(0, bare.indexOf(':'));
    }
    int zone = bare.indexOf('%');
    return AddressRange.address(zone < 0 ? bare : bare.substring(0, zone));
  }
}
