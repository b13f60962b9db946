package dev.spillway.emulator.arm;

import java.time.Instant;
import java.util.Map;

/**
 * What the resource manager keeps of a deployment that changes nothing of its answers.
 *
 * @param created when it was made, as far as the resource manager knows
 * @param modified when it was last changed there
 */
record Options(
    String versionUpgradeOption, Map<String, String> tags, Instant created, Instant modified) {

  static final String UPGRADE = "OnceNewDefaultVersionAvailable";

  Options {
    tags = Map.copyOf(tags);
  }

  static Options made(Instant when) {
    return new Options(UPGRADE, Map.of(), when, when);
  }

  Options with(Map<String, String> otherTags, Instant now) {
    return new Options(versionUpgradeOption, otherTags, created, now);
  }
}
