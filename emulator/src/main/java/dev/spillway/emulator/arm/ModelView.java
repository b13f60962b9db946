package dev.spillway.emulator.arm;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.emulator.model.Capability;
import dev.spillway.emulator.model.Lifecycle;
import dev.spillway.emulator.model.ModelProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the resource manager shows a model of the catalogue. */
record ModelView(
    String format,
    String name,
    String version,
    boolean isDefaultVersion,
    List<Sku> skus,
    Map<String, String> capabilities,
    String lifecycleStatus) {

  static final String FORMAT = "OpenAI";

  /** A model of a region, with the accounts that may deploy it. */
  record InLocation(String kind, String skuName, ModelView model) {}

  /**
   * A way to deploy it.
   *
   * @param usageName the quota that it counts against
   */
  record Sku(String name, String usageName) {}

  static ModelView of(ModelProfile model) {
    return new ModelView(
        FORMAT,
        model.name(),
        model.version(),
        true,
        DeploymentSpec.SKUS.stream()
            .map(sku -> new Sku(sku, "OpenAI." + sku + "." + model.name()))
            .toList(),
        capabilities(model),
        status(model.lifecycle().status()));
  }

  private static String status(Lifecycle.Status status) {
    return switch (status) {
      case PREVIEW -> "Preview";
      case GENERALLY_AVAILABLE -> "GenerallyAvailable";
      case DEPRECATED -> "Deprecated";
    };
  }

  /** What it can do, in texts. */
  static Map<String, String> capabilities(ModelProfile model) {
    Map<String, String> all = new LinkedHashMap<>();
    if (model.has(Capability.EMBEDDINGS)) {
      all.put("embeddings", "true");
    }
    if (model.has(Capability.COMPLETION)) {
      all.put("completion", "true");
    }
    if (model.has(Capability.CHAT)) {
      all.put("chatCompletion", "true");
      all.put("maxContextToken", Integer.toString(model.contextTokens()));
      all.put("maxOutputToken", Integer.toString(model.outputTokens()));
    }
    return all;
  }
}
