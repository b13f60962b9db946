package dev.spillway.emulator.deployment;

import dev.spillway.control.DeploymentSpec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much capacity the deployments of one sku of a model may have together in a region of a
 * subscription.
 *
 * <p>It is given out when a deployment is made or changed; at run time every deployment has limits
 * of its own.
 *
 * @param model the model's Azure name; null for all models together, as the service pools PTUs
 * @param limit in units of {@code sku.capacity}: thousands of tokens a minute, or PTUs
 */
public record QuotaPool(
    String subscription, String region, @Nullable String model, String sku, long limit) {

  public QuotaPool {
    if (limit < 0) {
      throw new IllegalArgumentException("a quota is a number from 0 up, not " + limit);
    }
    if (model == null && !isProvisioned(sku)) {
      throw new IllegalArgumentException(
          "a quota of " + sku + " names its model; only PTUs are pooled over all models");
    }
  }

  /** Whether what the deployment has comes out of this pool. */
  public boolean covers(Resource resource, Deployment deployment) {
    return resource.group().isIn(subscription)
        && resource.region().equalsIgnoreCase(region)
        && deployment.spec().sku().equals(sku)
        && (model == null || deployment.model().name().equals(model));
  }

  public boolean isIn(String otherSubscription, String otherRegion) {
    return subscription.equalsIgnoreCase(otherSubscription) && region.equalsIgnoreCase(otherRegion);
  }

  /** Whether both are about the same capacity. */
  public boolean isSameAs(QuotaPool other) {
    return new QuotaPool(lower(subscription), lower(region), model, sku, 0)
        .equals(
            new QuotaPool(
                lower(other.subscription), lower(other.region), other.model, other.sku, 0));
  }

  /** How the service's list of usages calls it: {@code OpenAI.Standard.gpt-4o}. */
  public String name() {
    return name(sku, model);
  }

  static String name(String sku, @Nullable String model) {
    return "OpenAI." + sku + (model == null ? "" : "." + model);
  }

  /** How its texts call it: {@code Tokens Per Minute (thousands) - gpt-4o}. */
  public String displayName() {
    return displayName(sku, model);
  }

  static String displayName(String sku, @Nullable String model) {
    String ofModel = model == null ? "" : " - " + model;
    if (isProvisioned(sku)) {
      String level = sku.substring(0, sku.length() - DeploymentSpec.PROVISIONED.length());
      return (level.replace("DataZone", "Data Zone") + " Provisioned Managed Throughput Unit")
              .strip()
          + ofModel;
    }
    String level = sku.equals(DeploymentSpec.STANDARD) ? "" : " - " + sku;
    return "Tokens Per Minute (thousands)" + ofModel + level;
  }

  private static boolean isProvisioned(String sku) {
    return sku.endsWith(DeploymentSpec.PROVISIONED);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
