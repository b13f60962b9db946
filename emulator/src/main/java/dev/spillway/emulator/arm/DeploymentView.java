package dev.spillway.emulator.arm;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.spillway.control.ControlJson;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.Limit;
import dev.spillway.control.WindowStatus;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.filter.FilterPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the resource manager shows a deployment. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeploymentView(
    String id,
    String type,
    String name,
    Sku sku,
    Properties properties,
    SystemData systemData,
    @Nullable String etag,
    @Nullable Map<String, String> tags) {

  /** What the service shows for provisioned deployments. */
  private static final RateLimit PROVISIONED = new RateLimit("request", 10, 300);

  /**
   * How much of what.
   *
   * @param capacity null where it is unlimited, which the service has not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Sku(String name, @Nullable Long capacity) {}

  /** Which model. */
  record Model(String format, String name, String version) {}

  /** So many in so many seconds. */
  record RateLimit(String key, long renewalPeriod, long count) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Properties(
      Model model,
      String versionUpgradeOption,
      @Nullable Long currentCapacity,
      Map<String, String> capabilities,
      String raiPolicyName,
      @Nullable String spilloverDeploymentName,
      String provisioningState,
      List<RateLimit> rateLimits) {}

  static DeploymentView of(
      String account, Deployment deployment, DeploymentStatus status, Options options) {
    DeploymentSpec spec = status.spec();
    Long capacity = spec.capacity().isUnlimited() ? null : spec.capacity().count();
    DeploymentView view =
        new DeploymentView(
            account + "/deployments/" + spec.name(),
            Directory.ACCOUNTS + "/deployments",
            spec.name(),
            new Sku(spec.sku(), capacity),
            new Properties(
                model(deployment),
                options.versionUpgradeOption(),
                capacity,
                ModelView.capabilities(deployment.model()),
                Objects.requireNonNullElse(spec.contentFilter(), FilterPolicy.DEFAULT_NAME),
                spec.spillover(),
                "Succeeded",
                rateLimits(status)),
            SystemData.of(options),
            null,
            options.tags().isEmpty() ? null : options.tags());
    return view.withEtag(UUID.nameUUIDFromBytes(ControlJson.mapper().writeValueAsBytes(view)));
  }

  private DeploymentView withEtag(UUID tag) {
    return new DeploymentView(id, type, name, sku, properties, systemData, "\"" + tag + "\"", tags);
  }

  private static Model model(Deployment deployment) {
    String version = deployment.spec().version();
    return new Model(
        ModelView.FORMAT,
        deployment.model().name(),
        Objects.requireNonNullElse(version, deployment.model().version()));
  }

  /** As they are in force. */
  private static List<RateLimit> rateLimits(DeploymentStatus status) {
    return status.spec().provisioned()
        ? List.of(PROVISIONED)
        : Stream.concat(
                limit("request", status.requests()).stream(),
                limit("token", status.tokens()).stream())
            .toList();
  }

  private static List<RateLimit> limit(String key, WindowStatus window) {
    Limit limit = window.limit();
    return limit.isUnlimited()
        ? List.of()
        : List.of(new RateLimit(key, window.windowSeconds(), limit.count()));
  }
}
