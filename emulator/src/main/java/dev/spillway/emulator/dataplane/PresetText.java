package dev.spillway.emulator.dataplane;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.model.Regions;
import java.util.Map;

/** Puts a call's own names into the words of a 429 of the collection. */
final class PresetText {

  private PresetText() {}

  static String filled(String text, Exchange exchange, Deployment deployment) {
    Map<String, String> names =
        Map.of(
            "{deployment}", deployment.name(),
            "{model}", deployment.model().name(),
            "{region}", Regions.displayName(exchange.resource().region()),
            "{tier}", exchange.resource().kind() + " S0",
            "{operation}", exchange.operation().nameInErrors(),
            "{api}", ThrottledText.api(exchange.apiVersion()),
            "{reduced-tokens}", reduced(deployment));
    String filled = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace(name.getKey(), name.getValue());
    }
    return filled;
  }

  /** Half of what it was given. */
  private static String reduced(Deployment deployment) {
    return deployment.tokensPerMinute().isUnlimited()
        ? "0"
        : Long.toString(deployment.tokensPerMinute().count() / 2);
  }
}
