package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.Limit;
import dev.spillway.emulator.dataplane.WireProfiles;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An emulator on a frozen clock, with the seed story's deployments.
 *
 * <p>Closing it checks that every call it admitted was settled.
 */
final class EmulatorFixture implements AutoCloseable {

  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  static final String KEY = "emulator-key-1";

  final VirtualClock clock = VirtualClock.frozenAt(START);
  final Emulator emulator;

  private EmulatorFixture(EmulatorConfig config) {
    this.emulator = Emulator.start(config, clock);
  }

  static EmulatorFixture start(String wire, DeploymentSpec... more) {
    EmulatorConfig.Builder config =
        EmulatorConfig.defaults().toBuilder()
            .listen("127.0.0.1:0")
            .wire(Objects.requireNonNull(WireProfiles.BY_NAME.get(wire)))
            .keys(List.of(KEY, "emulator-key-2"))
            .noDeployments()
            .deployment(DeploymentSpec.standard("micro", "gpt-35-turbo", Limit.of(1)))
            .deployment(DeploymentSpec.standard("35turbo", "gpt-35-turbo", Limit.of(40)))
            .deployment(DeploymentSpec.standard("mini", "gpt-4.1-mini", Limit.of(120)));
    List.of(more).forEach(config::deployment);
    return new EmulatorFixture(config.build());
  }

  /** One that starts from the text of an {@code emulator.yaml}. */
  static EmulatorFixture ofYaml(String yaml) {
    return new EmulatorFixture(EmulatorConfig.parse("emulator.yaml", yaml, name -> null));
  }

  EmulatorControl control() {
    return emulator.control();
  }

  RawHttp.Answer chat(String deployment, String apiVersion, String body) {
    return post(
        "/openai/deployments/" + deployment + "/chat/completions?api-version=" + apiVersion, body);
  }

  RawHttp.Answer post(String path, String body) {
    return RawHttp.send(
        emulator.port(),
        "POST " + path + " HTTP/1.1\napi-key: " + KEY + "\nContent-Type: application/json",
        body);
  }

  /**
   * What comes over a connection that may be kept, until it ends or is silent.
   *
   * @param headers each with a line feed before it
   */
  RawHttp.Bytes bytes(String deployment, String body, String... headers) {
    return bytes(deployment, body, false, headers);
  }

  /** What comes over a connection until the emulator ends it. */
  RawHttp.Bytes bytesToTheEnd(String deployment, String body) {
    return bytes(deployment, body, true);
  }

  private RawHttp.Bytes bytes(String deployment, String body, boolean ends, String... headers) {
    String head =
        "POST /openai/deployments/"
            + deployment
            + "/chat/completions?api-version=2024-10-21 HTTP/1.1\napi-key: "
            + KEY
            + "\nContent-Type: application/json";
    return RawHttp.bytes(emulator.port(), head + String.join("", headers), body, ends);
  }

  RawHttp.Answer send(String head, String body) {
    return RawHttp.send(emulator.port(), head, body);
  }

  /** A prompt of {@code characters} letters. */
  static String body(int characters, String more) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\""
        + "a".repeat(characters)
        + "\"}]"
        + more
        + "}";
  }

  /** A prompt with this text. */
  static String asking(String text, String more) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]" + more + "}";
  }

  /** A prompt of so many words, each of which is one token. */
  static String words(int count, String more) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\""
        + " go".repeat(count)
        + "\"}]"
        + more
        + "}";
  }

  @Override
  public void close() {
    try (emulator) {
      await()
          .pollDelay(Duration.ZERO)
          .untilAsserted(() -> assertThat(emulator.unsettledPermits()).isZero());
    }
  }
}
