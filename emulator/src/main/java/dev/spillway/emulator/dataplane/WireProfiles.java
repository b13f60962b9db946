package dev.spillway.emulator.dataplane;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The wire profiles by the name that a configuration gives them. */
public final class WireProfiles {

  public static final WireProfile LATEST = new Wire2026();

  /** In the order of their years. */
  public static final Map<String, WireProfile> BY_NAME =
      Stream.of(new Wire2023(), new Wire2024(), new Wire2025(), LATEST)
          .collect(
              Collectors.toMap(WireProfile::name, wire -> wire, (one, other) -> one, TreeMap::new));

  private WireProfiles() {}
}
