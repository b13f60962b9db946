package dev.spillway.emulator.controlplane;

import dev.spillway.control.AccessPatch;
import dev.spillway.control.AccessStatus;
import dev.spillway.control.ControlException;
import dev.spillway.emulator.deployment.Access;
import dev.spillway.emulator.deployment.AddressRange;
import java.util.List;

/** Who is let in, as the control vocabulary says it. */
final class Accesses {

  private Accesses() {}

  static AccessStatus status(Access access) {
    return new AccessStatus(
        access.localAuth(),
        access.firewall().allow().stream().map(AddressRange::toString).toList(),
        access.blocked());
  }

  static Access patched(Access access, AccessPatch patch) {
    List<String> allowed = patch.firewall();
    Access patched =
        allowed == null ? access : access.withFirewall(access.firewall().allowing(ranges(allowed)));
    return patched
        .withLocalAuth(patch.localAuth() == null ? access.localAuth() : patch.localAuth())
        .withBlocked(patch.blocked() == null ? access.blocked() : patch.blocked());
  }

  private static List<AddressRange> ranges(List<String> allowed) {
    return allowed.stream().map(Accesses::range).toList();
  }

  private static AddressRange range(String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw ControlException.invalid(
          "'firewall' takes addresses and ranges such as 203.0.113.7 or 10.0.0.0/8, not '"
              + text
              + "'");
    }
  }
}
