package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.ControlException;
import dev.spillway.control.ControlException.Reason;
import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.HttpEmulatorControl;
import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.QuotaPool;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Capacity that several resources share. */
class QuotaTest {

  private static final String YAML =
      """
      listen: 127.0.0.1:0
      resources:
        one:
          deployments:
            a: {model: gpt-4o, capacity: 60}
            p: {model: gpt-4o, sku: ProvisionedManaged, capacity: 50}
        two:
          deployments:
            b: {model: gpt-4o, capacity: 30}
            q: {model: gpt-4.1, sku: ProvisionedManaged, capacity: 50}
        elsewhere:
          region: westus
          deployments: {c: {model: gpt-4o, capacity: 500}}
        others:
          subscription: 11111111-2222-3333-4444-555555555555
          deployments: {d: {model: gpt-4o, capacity: 500}}
      quotas:
        - {region: eastus, model: gpt-4o, limit: 100}
        - {region: eastus, sku: ProvisionedManaged, limit: 100}
      """;

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.ofYaml(YAML);

  private EmulatorControl control() {
    return emulator.control();
  }

  private static void assertTooMuch(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ControlException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.INSUFFICIENT_QUOTA));
  }

  @Test
  void resourcesOfOneRegionShareIt() {
    assertTooMuch(() -> control().resource("two").patch("b", DeploymentPatch.capacity(41)));
    assertThat(control().resource("two").deployment("b").spec().capacity()).isEqualTo(Limit.of(30));

    var unused = control().resource("one").patch("a", DeploymentPatch.capacity(59));

    assertThat(control().resource("two").patch("b", DeploymentPatch.capacity(41)).tokens().limit())
        .isEqualTo(Limit.of(41_000));
  }

  @Test
  void whatIsRemovedIsFreeAgain() {
    control().delete("a");

    assertThat(
            control().resource("two").patch("b", DeploymentPatch.capacity(100)).spec().capacity())
        .isEqualTo(Limit.of(100));
  }

  @Test
  void otherRegionsSubscriptionsAndSkusAreFree() {
    DeploymentSpec global =
        new DeploymentSpec(
            "g", "gpt-4o", null, "GlobalStandard", Limit.of(900), null, null, null, null);

    assertThat(control().put(global).spec()).isEqualTo(global);
    for (String resource : new String[] {"elsewhere", "others"}) {
      String name = resource.equals("others") ? "d" : "c";
      assertThat(
              control()
                  .resource(resource)
                  .patch(name, DeploymentPatch.capacity(900))
                  .tokens()
                  .limit())
          .isEqualTo(Limit.of(900_000));
    }
  }

  @Test
  void ptusArePooledOverAllModels() {
    assertThatThrownBy(() -> control().patch("p", DeploymentPatch.capacity(51)))
        .hasMessage(
            "This operation require 1 new capacity in quota Provisioned Managed Throughput Unit,"
                + " which is bigger than the current available capacity 0. The current quota usage"
                + " is 100 and the quota limit is 100 for quota Provisioned Managed Throughput"
                + " Unit.");
  }

  @Test
  void noLimitIsMoreThanAnyQuota() {
    DeploymentPatch unlimited = new DeploymentPatch(Limit.UNLIMITED, null, null, null, null);

    assertTooMuch(() -> control().patch("a", unlimited));
    assertThat(control().resource("elsewhere").patch("c", unlimited).tokens().limit())
        .isEqualTo(Limit.UNLIMITED);
  }

  @Test
  void overHttpTheRefusalIsTheSame() {
    try (HttpEmulatorControl remote = new HttpEmulatorControl(emulator.emulator.uri())) {
      assertTooMuch(() -> remote.patch("a", DeploymentPatch.capacity(71)));
      assertTooMuch(() -> remote.put(DeploymentSpec.standard("x", "gpt-4o", Limit.of(11))));
    }
    assertThat(
            emulator
                .send("PATCH /emulator/deployments/a HTTP/1.1", "{\"capacity\":71}")
                .statusLine())
        .endsWith("400 Bad Request");
  }

  private void reload(String a, String b) {
    String changed = YAML.replace("capacity: 60", a).replace("capacity: 30", b);
    emulator.emulator.reload(EmulatorConfig.parse("emulator.yaml", changed, name -> null));
  }

  @Test
  void whatAChangedFileGivesToAnotherNeedsRoomOnlyAtTheEnd() {
    reload("capacity: 10", "capacity: 90");
    reload("capacity: 80", "capacity: 20");

    assertThat(control().deployment("a").spec().capacity()).isEqualTo(Limit.of(80));
    assertThat(control().resource("two").deployment("b").spec().capacity()).isEqualTo(Limit.of(20));
  }

  @Test
  void aChangedFileThatHasNoRoomBesideWhatWasSteeredChangesNothing() {
    var unused = control().resource("two").patch("b", DeploymentPatch.capacity(40));

    assertThatThrownBy(() -> reload("capacity: 70", "capacity: 30"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the deployment 'a' of 'one' takes 70 of the quota 'OpenAI.Standard.gpt-4o' in eastus,"
                + " which has 60 left of 100");
    assertThat(control().deployment("a").spec().capacity()).isEqualTo(Limit.of(60));
  }

  @Test
  void aConfigurationNeverHasMoreThanItsQuotas() {
    EmulatorConfig.Builder config =
        EmulatorConfig.defaults().toBuilder()
            .quota(
                new QuotaPool(
                    "00000000-0000-0000-0000-000000000000",
                    "eastus",
                    "gpt-35-turbo",
                    "Standard",
                    79));

    assertThatThrownBy(config::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the deployment '35turbo' of 'local' takes 40 of the quota"
                + " 'OpenAI.Standard.gpt-35-turbo' in eastus, which has 39 left of 79");
  }
}
