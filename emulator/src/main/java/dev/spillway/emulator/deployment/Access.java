package dev.spillway.emulator.deployment;

/**
 * Who is let in to a resource, whatever key or token they bring; it can be changed at run time.
 *
 * @param localAuth whether keys are taken at all; the opposite of Azure's {@code disableLocalAuth}
 * @param firewall which addresses may call
 * @param blocked whether nobody may, as after abuse
 */
public record Access(boolean localAuth, Firewall firewall, boolean blocked) {

  /** As a resource is made: keys are taken, from everywhere. */
  public static final Access OPEN = new Access(true, Firewall.OPEN, false);

  public Access withLocalAuth(boolean taken) {
    return new Access(taken, firewall, blocked);
  }

  public Access withFirewall(Firewall other) {
    return new Access(localAuth, other, blocked);
  }

  public Access withBlocked(boolean nobody) {
    return new Access(localAuth, firewall, nobody);
  }
}
