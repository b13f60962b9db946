package dev.spillway.simulation.world;

import dev.spillway.router.auth.Priority;
import dev.spillway.simulation.world.World.CallerSpec;
import dev.spillway.simulation.world.World.RequestSpec;

/** What a rule can ask for. */
public enum Fit {
  GOLD("headers: {x-tier: gold}"),
  NOT_URGENT("priority: low"),
  LONG("prompt-characters: {above: 200}"),
  FROM_THE_FIRST_CALLER("caller: c0");

  private final String yaml;

  Fit(String yaml) {
    this.yaml = yaml;
  }

  String yaml() {
    return yaml;
  }

  boolean holds(RequestSpec request, CallerSpec caller) {
    return switch (this) {
      case GOLD -> request.gold();
      case NOT_URGENT -> caller.priority() == Priority.LOW;
      case LONG -> request.promptCharacters() > 200;
      case FROM_THE_FIRST_CALLER -> caller.name().equals("c0");
    };
  }
}
