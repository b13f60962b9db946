package dev.spillway.cli.demo;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.Limit;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.router.FailoverRouter;
import dev.spillway.router.RouterConfig;
import dev.spillway.time.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Both programs on free ports and on one clock, which stands still unless the story moves it. */
final class Stage implements AutoCloseable {

  static final String API_VERSION = "2023-07-01-preview";
  static final String AZURE_KEY = "demo-azure-key";
  static final String CALLER_KEY = "demo-caller-key";

  static final String EMULATOR_YAML =
      """
      listen: 127.0.0.1:0
      wire: "2024"
      resources:
        contoso-eastus:
          region: eastus
          keys: ["${AOAI_KEY}"]
          deployments:
            micro:   {model: gpt-35-turbo, sku: Standard, capacity: 40}
            35turbo: {model: gpt-35-turbo, sku: Standard, capacity: 40}
      """;

  static final String ROUTER_YAML =
      """
      listen: 127.0.0.1:0
      look-ahead: false            # the story is of 429s that are caught; with it hardly any would come
      clients:
        - {name: analysts, key: "${ROUTER_KEY}"}
      backends:
        micro:   {url: "${EMULATOR}", deployment: micro,   api-version: 2023-07-01-preview, api-key: "${AOAI_KEY}"}
        35turbo: {url: "${EMULATOR}", deployment: 35turbo, api-version: 2023-07-01-preview, api-key: "${AOAI_KEY}"}
      pools:
        gpt:
          - {backend: micro,   priority: 1}
          - {backend: 35turbo, priority: 2}
      routes:
        - {path: /completions, operation: chat/completions, pool: gpt}
        - {deployment: gpt-35-turbo, pool: gpt}
        - {model: gpt-35-turbo, pool: gpt}
      """;

  private final VirtualClock clock = VirtualClock.running();
  private final Instant start;
  private final Emulator emulator;
  private final FailoverRouter router;

  Stage() {
    clock.freeze();
    start = clock.instant();
    Map<String, String> keys = Map.of("AOAI_KEY", AZURE_KEY, "ROUTER_KEY", CALLER_KEY);
    emulator =
        Emulator.start(EmulatorConfig.parse("emulator.yaml", EMULATOR_YAML, keys::get), clock);
    String address = emulator.uri().toString();
    router =
        FailoverRouter.start(
            RouterConfig.parse(
                "router.yaml",
                ROUTER_YAML,
                name -> name.equals("EMULATOR") ? address : keys.get(name)),
            clock);
  }

  URI emulator() {
    return emulator.uri();
  }

  URI router() {
    return router.uri();
  }

  EmulatorControl control() {
    return emulator.control();
  }

  void move(Duration duration) {
    clock.advance(duration);
  }

  void letTheClockRun() {
    clock.resume();
  }

  /** What the clock has been moved since the story began. */
  Duration elapsed() {
    return Duration.between(start, clock.instant());
  }

  /** Tokens left in a deployment's window. */
  Limit left(String deployment) {
    return control().deployment(deployment).tokens().remaining();
  }

  /** Takes the limit of calls away, so that only tokens matter. */
  void limitTokensOnly(String deployment) {
    DeploymentSpec spec = control().deployment(deployment).spec();
    control().put(spec.withRpm(Limit.UNLIMITED));
  }

  @Override
  public void close() {
    router.close();
    emulator.close();
  }
}
