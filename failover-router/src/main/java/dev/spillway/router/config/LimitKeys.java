package dev.spillway.router.config;

import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.yaml.YamlMap;
import dev.spillway.yaml.YamlValue;
import java.time.Duration;
import java.util.Optional;

/** {@code limits:} of a backend: those of a Standard deployment, or those of provisioned units. */
final class LimitKeys {

  private static final int MOST_UNITS = 1_000_000;
  private static final int LARGEST_OUTPUT_WEIGHT = 1_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private LimitKeys() {}

  static DeploymentLimits read(YamlValue value) {
    YamlMap keys = value.map();
    Optional<YamlValue> units = keys.find("ptu");
    DeploymentLimits limits =
        units.isPresent() ? provisioned(units.get(), keys) : standard(value, keys);
    keys.end();
    return limits;
  }

  private static DeploymentLimits provisioned(YamlValue units, YamlMap keys) {
    long ptu = units.integer(1, MOST_UNITS);
    Optional<Long> tokensPerUnit = keys.find("tokens-per-ptu").map(Amount::read);
    int outputWeight =
        keys.find("output-weight")
            .map(weight -> weight.integer(1, LARGEST_OUTPUT_WEIGHT))
            .orElse(DeploymentLimits.USUAL_OUTPUT_WEIGHT);
    return new DeploymentLimits.Provisioned(
        tokensPerUnit.map(tokens -> tokens * ptu).orElse(null), outputWeight);
  }

  private static DeploymentLimits standard(YamlValue value, YamlMap keys) {
    Optional<Long> tokens = keys.find("tokens-per-minute").map(Amount::read);
    Optional<Long> requests = keys.find("requests-per-minute").map(Amount::read);
    Optional<Duration> window = keys.find("request-window").map(LimitKeys::window);
    if (tokens.isEmpty() && requests.isEmpty()) {
      throw value.problem("must have tokens-per-minute, requests-per-minute or ptu");
    }
    return new DeploymentLimits.Standard(
        tokens.orElse(null),
        requests.orElse(null),
        window.orElse(DeploymentLimits.USUAL_REQUEST_WINDOW));
  }

  private static Duration window(YamlValue value) {
    Duration window = value.duration();
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(MINUTE) > 0) {
      throw value.expected("from 1s to 60s");
    }
    return window;
  }
}
