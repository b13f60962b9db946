package dev.spillway.emulator.identity;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What a token can be for. */
public enum Audience {
  COGNITIVE_SERVICES("https://cognitiveservices.azure.com"),
  FOUNDRY("https://ai.azure.com"),
  MANAGEMENT("https://management.azure.com", "https://management.core.windows.net");

  /** What the data plane takes. */
  public static final Set<Audience> OF_THE_DATA_PLANE = Set.of(COGNITIVE_SERVICES, FOUNDRY);

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> names;

  Audience(String... names) {
    this.names = List.of(names);
  }

  /** Whether one of a token's audiences is this, with or without a slash at its end. */
  boolean isAmong(Collection<String> audiences) {
    return audiences.stream()
        .map(name -> name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
        .anyMatch(names::contains);
  }
}
