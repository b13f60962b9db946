package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.AccessPatch;
import dev.spillway.control.ControlException;
import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.Limit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A configuration that is followed while the emulator runs. */
class ReloadTest {

  private static final String BEFORE =
      """
      listen: 127.0.0.1:0
      wire: 2024
      resources:
        contoso:
          keys: [emulator-key-1]
          deployments:
            micro: {model: gpt-35-turbo, capacity: 40}
            mini: {model: gpt-4.1-mini, capacity: 120}
      """;

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.ofYaml(BEFORE);

  private void reload(String from, String to) {
    emulator.emulator.reload(
        EmulatorConfig.parse("emulator.yaml", BEFORE.replace(from, to), name -> null));
  }

  private Limit tokens(String deployment) {
    return emulator.control().deployment(deployment).tokens().limit();
  }

  private String chat(String deployment, int tokens) {
    return emulator
        .chat(deployment, "2024-10-21", EmulatorFixture.body(0, ",\"max_tokens\":" + tokens))
        .statusLine();
  }

  @Test
  void aLoweredCapacityKeepsWhatWasCharged() {
    assertThat(chat("micro", 300)).endsWith("200 OK");

    reload("capacity: 40", "capacity: 1");

    assertThat(emulator.control().deployment("micro").tokens().remaining())
        .isEqualTo(Limit.of(700));
  }

  @Test
  void whatIsNewIsServedAndWhatIsGoneIsNot() {
    reload("mini: {model: gpt-4.1-mini, capacity: 120}", "large: {model: gpt-4o}");

    assertThat(emulator.control().deployments())
        .extracting(DeploymentStatus::name)
        .containsExactly("large", "micro");
    assertThat(chat("mini", 1)).endsWith("404 Not Found");
  }

  @Test
  void whoIsLetInFollowsTheFileWhereItChangesThatAndElseStaysAsItWasSteered() {
    emulator.control().patch(AccessPatch.blocked(true));

    reload("capacity: 120", "capacity: 60");
    assertThat(chat("mini", 1)).endsWith("403 Forbidden");

    reload("keys: [emulator-key-1]", "local-auth: false");
    assertThat(emulator.control().access().blocked()).isFalse();
    assertThat(emulator.control().access().localAuth()).isFalse();
  }

  @Test
  void whatTheFileLeavesAloneStaysAsItWasSteered() {
    emulator.control().patch("micro", DeploymentPatch.capacity(1));
    emulator.control().put(DeploymentSpec.standard("extra", "gpt-4o", Limit.of(1)));

    reload("capacity: 120", "capacity: 60");

    assertThat(tokens("micro")).isEqualTo(Limit.of(1_000));
    assertThat(tokens("mini")).isEqualTo(Limit.of(60_000));
    assertThat(tokens("extra")).isEqualTo(Limit.of(1_000));
  }

  @Test
  void anotherKeyOpensAndTheOldOneDoesNot() {
    reload("emulator-key-1", "another");

    assertThat(chat("micro", 1)).endsWith("401 PermissionDenied");
  }

  @Test
  void aResourceMayComeAndGo() {
    reload("  contoso:", "  fabrikam: {deployments: {a: {model: gpt-4o}}}\n  contoso:");

    assertThat(emulator.control().deployments())
        .extracting(DeploymentStatus::name)
        .containsExactly("a");

    reload("", "");

    assertThat(emulator.control().health().deployments()).isEqualTo(2);
    assertThatThrownBy(() -> emulator.control().resource("fabrikam").deployments())
        .isInstanceOf(ControlException.class);
  }

  @Test
  void aResetGoesBackToTheNewFile() {
    reload("capacity: 40", "capacity: 7");
    emulator.control().patch("micro", DeploymentPatch.capacity(1));

    emulator.control().reset();

    assertThat(tokens("micro")).isEqualTo(Limit.of(7_000));
  }

  @Test
  void whatNeedsANewStartChangesNothing() {
    assertThatThrownBy(() -> reload("wire: 2024", "wire: 2026\nseed: 1\ncharge: measured"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a change of wire and seed and charge needs a new start");
    assertThatThrownBy(() -> reload("keys:", "listen: 127.0.0.1:0\n    keys:"))
        .hasMessage("a change of resources.*.listen needs a new start");

    assertThat(tokens("micro")).isEqualTo(Limit.of(40_000));
    assertThat(emulator.control().health().wire()).isEqualTo("2024");
  }
}
