package dev.spillway.junit;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.GeneratorSpec;
import dev.spillway.control.LatencySpec;
import dev.spillway.control.Limit;
import org.jspecify.annotations.Nullable;

/** Reads {@link AzureOpenAi}. */
final class AnnotatedSetup {

  private AnnotatedSetup() {}

  static EmulatorSetup of(AzureOpenAi said) {
    AzureOpenAiBuilder setup = AzureOpenAiExtension.builder();
    if (!said.config().isEmpty()) {
      setup.config(said.config());
    }
    if (!said.wire().isEmpty()) {
      setup.wire(said.wire());
    }
    if (said.seed() != AzureOpenAi.CONFIGURED) {
      setup.seed(said.seed());
    }
    if (!said.key().isEmpty()) {
      setup.key(said.key());
    }
    if (said.port() != 0) {
      setup.port(said.port());
    }
    for (Deployment one : said.deployments()) {
      setup.deployment(() -> spec(one));
    }
    return setup.frozen(said.frozen()).reset(said.reset()).setup("@AzureOpenAi");
  }

  private static DeploymentSpec spec(Deployment said) {
    try {
      return new DeploymentSpec(
          said.name(),
          said.model(),
          orNull(said.version()),
          said.sku(),
          Limit.of(said.capacity()),
          limit(said.tpm()),
          limit(said.rpm()),
          orNull(said.spillover()),
          orNull(said.contentFilter()),
          said.latency().isEmpty() ? null : LatencySpec.preset(said.latency()),
          said.answer().isEmpty() ? null : GeneratorSpec.fixed(said.answer()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "deployment '%s': %s".formatted(said.name(), e.getMessage()), e);
    }
  }

  private static @Nullable Limit limit(String said) {
    return said.isEmpty() ? null : Limit.parse(said);
  }

  private static @Nullable String orNull(String said) {
    return said.isEmpty() ? null : said;
  }
}
