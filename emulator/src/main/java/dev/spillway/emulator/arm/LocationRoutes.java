package dev.spillway.emulator.arm;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.spillway.emulator.deployment.QuotaUsage;
import dev.spillway.emulator.deployment.Quotas;
import dev.spillway.emulator.deployment.Resource;
import dev.spillway.emulator.model.ModelCatalog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what a region has: quotas with what is used of them, and models. */
final class LocationRoutes {

  /** A name for programs and one for people. */
  private record Name(String value, String localizedValue) {}

  /** What is used of a quota; without a limit where the configuration sets none. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Usage(Name name, long currentValue, @Nullable Long limit, String unit) {

    static Usage of(QuotaUsage usage) {
      return new Usage(
          new Name(usage.name(), usage.displayName()),
          usage.used(),
          usage.limit().isUnlimited() ? null : usage.limit().count(),
          "Count");
    }
  }

  private final Directory directory;
  private final Quotas quotas;
  private final ModelCatalog catalog;

  LocationRoutes(Directory directory, Quotas quotas, ModelCatalog catalog) {
    this.directory = directory;
    this.quotas = quotas;
    this.catalog = catalog;
  }

  List<ArmRoute> routes(String subscription) {
    String location = subscription + "/providers/" + Directory.NAMESPACE + "/locations/{location}";
    return List.of(
        ArmRoute.of("GET", location + "/usages", this::usages),
        ArmRoute.of("GET", location + "/models", this::models));
  }

  private ArmAnswer usages(ArmRequest request) {
    String subscription = directory.inSubscription(request).getFirst().group().subscription();
    return ArmAnswer.list(
        quotas.usages(subscription, Directory.location(request)).stream().map(Usage::of).toList());
  }

  private ArmAnswer models(ArmRequest request) {
    Resource any = directory.inSubscription(request).getFirst();
    return ArmAnswer.list(
        catalog.all().stream()
            .map(model -> new ModelView.InLocation(any.kind(), "S0", ModelView.of(model)))
            .toList());
  }
}
