package dev.spillway.emulator.identity;

/** How closely a caller's Entra token is looked at. */
public enum EntraMode {
  /** For an accepted audience and not expired is enough; signature and roles are not looked at. */
  TRUST,

  /** It must come from the emulator's own token endpoint, and its principal needs the role. */
  VALIDATED
}
