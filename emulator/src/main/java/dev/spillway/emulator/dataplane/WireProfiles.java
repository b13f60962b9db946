package dev.spillway.emulator.dataplane;

import java.util.Map;
import java.util.TreeMap;

/** The wire profiles by the name that a configuration gives them. */
public final class WireProfiles {

  public static final WireProfile LATEST = new Wire2026();

  /** In the order of their years. */
  public static final Map<String, WireProfile> BY_NAME =
      new TreeMap<>(Map.of("2024", new Wire2024(), LATEST.name(), LATEST));

  private WireProfiles() {}
}
