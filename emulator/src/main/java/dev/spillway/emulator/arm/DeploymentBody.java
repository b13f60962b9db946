package dev.spillway.emulator.arm;

import dev.spillway.control.ControlException;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a PUT or PATCH asks of a deployment.
 *
 * @param sku null where a PATCH names none
 * @param capacity null where it names none
 * @param model null in a PATCH
 * @param tags null where it names none
 */
record DeploymentBody(
    @Nullable String sku,
    @Nullable Integer capacity,
    @Nullable Model model,
    @Nullable String versionUpgradeOption,
    @Nullable String raiPolicyName,
    @Nullable String spillover,
    @Nullable Map<String, String> tags) {

  /** Which model. */
  record Model(String name, @Nullable String version) {}

  /** What a GET shows and nobody sets. */
  private static final List<String> READ_ONLY =
      List.of("id", "type", "etag", "systemData", "location", "kind");

  private static final List<String> READ_ONLY_PROPERTIES =
      List.of(
          "currentCapacity", "capabilities", "provisioningState", "rateLimits", "callRateLimit");

  private static final List<String> OTHER_SKU_MEMBERS = List.of("tier", "size", "family");
  private static final List<String> UPGRADES =
      List.of("OnceNewDefaultVersionAvailable", "OnceCurrentVersionExpired", "NoAutoUpgrade");

  /**
   * Reads a whole deployment.
   *
   * @param name as in the path
   */
  static DeploymentBody whole(byte[] body, String name) {
    Members members = Members.of(body).ignore(READ_ONLY);
    checkName(members.text("name"), name);
    Optional<Members> sku = members.object("sku");
    Members properties =
        members
            .object("properties")
            .orElseThrow(() -> ArmRefusal.invalidContent("Required member 'properties' is missing"))
            .ignore(READ_ONLY_PROPERTIES);
    if (properties.object("scaleSettings").isPresent()) {
      throw ArmRefusal.invalidProperties(
          "The scale settings of account deployment is deprecated since API version '2023-05-01',"
              + " please use 'sku' instead.");
    }
    DeploymentBody read =
        new DeploymentBody(
            sku.flatMap(one -> one.text("name")).orElse(DeploymentSpec.STANDARD),
            sku.flatMap(one -> one.positive("capacity")).orElse(1),
            model(properties),
            properties.text("versionUpgradeOption").map(DeploymentBody::upgrade).orElse(null),
            properties.text("raiPolicyName").orElse(null),
            properties.text("spilloverDeploymentName").orElse(null),
            members.texts("tags").orElse(null));
    sku.ifPresent(one -> one.ignore(OTHER_SKU_MEMBERS).end());
    properties.end();
    members.end();
    return read;
  }

  /** Reads what a PATCH may change. */
  static DeploymentBody patch(byte[] body) {
    Members members = Members.of(body);
    Optional<Members> sku = members.object("sku");
    DeploymentBody read =
        new DeploymentBody(
            sku.flatMap(one -> one.text("name")).orElse(null),
            sku.flatMap(one -> one.positive("capacity")).orElse(null),
            null,
            null,
            null,
            null,
            members.texts("tags").orElse(null));
    sku.ifPresent(one -> one.ignore(OTHER_SKU_MEMBERS).end());
    members.end();
    return read;
  }

  /** The deployment that a whole body describes. */
  DeploymentSpec spec(String name) {
    Model asked = model == null ? new Model("", null) : model;
    Limit units = Limit.of(capacity == null ? 1 : capacity);
    return spec(name, asked.name(), asked.version(), units, spillover, raiPolicyName);
  }

  /** The deployment with the sku and capacity that a PATCH names. */
  DeploymentSpec changed(DeploymentSpec spec) {
    Limit units = capacity == null ? spec.capacity() : Limit.of(capacity);
    return spec(
            spec.name(),
            spec.model(),
            spec.version(),
            units,
            spec.spillover(),
            spec.contentFilter())
        .withLatency(spec.latency())
        .withGenerator(spec.generator());
  }

  private DeploymentSpec spec(
      String name,
      String model,
      @Nullable String version,
      Limit units,
      @Nullable String otherDeployment,
      @Nullable String policy) {
    String kind = sku == null ? DeploymentSpec.STANDARD : sku;
    if (!DeploymentSpec.SKUS.contains(kind)) {
      throw ArmRefusal.invalidProperties("The deployment sku name '" + kind + "' is invalid.");
    }
    try {
      return new DeploymentSpec(
          name, model, version, kind, units, null, null, otherDeployment, policy);
    } catch (IllegalArgumentException e) {
      throw ArmRefusal.of(ControlException.invalid(String.valueOf(e.getMessage())));
    }
  }

  private static void checkName(Optional<String> given, String name) {
    if (given.isPresent() && !given.get().equalsIgnoreCase(name)) {
      throw ArmRefusal.invalidContent(
          "The body names the deployment '" + given.get() + "', the path '" + name + "'");
    }
  }

  private static Model model(Members properties) {
    Members model =
        properties
            .object("model")
            .orElseThrow(() ->
                ArmRefusal.invalidProperties(
                    "The model of account deployment is required ('properties.model')."));
    String format = model.text("format").orElse("OpenAI");
    if (!format.equals("OpenAI")) {
      throw ArmRefusal.invalidProperties(
          "The model format '" + format + "' of account deployment is not supported.");
    }
    String name =
        model
            .text("name")
            .orElseThrow(() ->
                ArmRefusal.invalidProperties(
                    "The model name of account deployment is required"
                        + " ('properties.model.name')."));
    Model read = new Model(name, model.text("version").orElse(null));
    model.ignore(List.of("callRateLimit")).end();
    return read;
  }

  private static String upgrade(String option) {
    if (!UPGRADES.contains(option)) {
      throw ArmRefusal.invalidProperties(
          "The version upgrade option must be one of %s, not '%s'."
              .formatted(String.join(", ", UPGRADES), option));
    }
    return option;
  }
}
