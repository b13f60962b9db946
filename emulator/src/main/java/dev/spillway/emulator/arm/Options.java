package dev.spillway.emulator.arm;

import java.time.Instant;
import java.util.Map;

/**
 * What the resource manager keeps of a deployment that changes nothing of its answers.
 *
 * @param raiPolicyName the name of its content filter
 * @param created when it was made, as far as the resource manager knows
 * @param modified when it was last changed there
 */
record Options(
    String versionUpgradeOption,
    String raiPolicyName,
    Map<String, String> tags,
    Instant created,
    Instant modified) {

  static final String UPGRADE = "OnceNewDefaultVersionAvailable";
  static final String RAI_POLICY = "Microsoft.DefaultV2";

  Options {
    tags = Map.copyOf(tags);
  }

  static Options made(Instant when) {
    return new Options(UPGRADE, RAI_POLICY, Map.of(), when, when);
  }

  Options with(Map<String, String> otherTags, Instant now) {
    return new Options(versionUpgradeOption, raiPolicyName, otherTags, created, now);
  }
}
