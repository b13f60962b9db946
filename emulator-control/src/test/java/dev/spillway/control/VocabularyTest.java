package dev.spillway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class VocabularyTest {

  private static final DeploymentSpec MICRO =
      DeploymentSpec.standard("micro", "gpt-35-turbo", Limit.of(40));

  @ParameterizedTest
  @CsvSource({"1000,1000", "40k,40000", "2M,2000000", "0,0"})
  void readsLimitsAsPeopleWriteThem(String text, long count) {
    assertThat(Limit.parse(text)).isEqualTo(Limit.of(count));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "40g", "1.5k", "Unlimited", "10000000001", "999999999999M"})
  void refusesOtherLimits(String text) {
    assertThatThrownBy(() -> Limit.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unlimitedStaysUnlimitedWhateverItIsMultipliedBy() {
    assertThat(Limit.UNLIMITED.times(1000)).isEqualTo(Limit.UNLIMITED);
    assertThat(Limit.of(40).times(1000)).isEqualTo(Limit.of(40_000));
  }

  @Test
  void aLimitMultipliedPastTheLargestIsTheLargest() {
    assertThat(Limit.of(10_000_000_000L).times(1000)).isEqualTo(Limit.of(10_000_000_000L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Provisioned", "FastStandard", "standard"})
  void refusesASkuThatIsNotServed(String sku) {
    assertThatThrownBy(() ->
            new DeploymentSpec("micro", "gpt-4o", null, sku, Limit.of(1), null, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the sku of 'micro' must be one of Standard, GlobalStandard, DataZoneStandard,"
                + " ProvisionedManaged, GlobalProvisionedManaged, DataZoneProvisionedManaged, not '"
                + sku
                + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "ProvisionedManaged, Standard, true",
    "GlobalProvisionedManaged, GlobalStandard, true",
    "DataZoneProvisionedManaged, DataZoneStandard, true",
    "GlobalProvisionedManaged, Standard, false",
    "ProvisionedManaged, DataZoneStandard, false",
    "ProvisionedManaged, ProvisionedManaged, false",
    "Standard, Standard, false",
  })
  void spillsToAStandardDeploymentOfItsDataProcessingLevel(String from, String to, boolean may) {
    assertThat(ofSku(from).maySpillTo(ofSku(to))).isEqualTo(may);
  }

  private static DeploymentSpec ofSku(String sku) {
    return new DeploymentSpec("any", "gpt-4o", null, sku, Limit.of(1), null, null, null, null);
  }

  @Test
  void aProvisionedDeploymentTakesNoLimitsSetApart() {
    DeploymentSpec ptu = DeploymentSpec.provisioned("ptu", "gpt-4o", 100);

    assertThatThrownBy(() -> ptu.withTpm(Limit.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'ptu' is provisioned: its capacity counts PTUs, and it takes no tpm or rpm");
    assertThatThrownBy(() -> ptu.patched(DeploymentPatch.capacity(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'ptu' is provisioned: its capacity is a number of PTUs from 1 up");
  }

  @Test
  void aPatchNamesTheSpilloverAndTakesItAway() {
    DeploymentSpec ptu = DeploymentSpec.provisioned("ptu", "gpt-4o", 100);

    DeploymentSpec spilling = ptu.patched(DeploymentPatch.spillover("paygo"));

    assertThat(spilling.spillover()).isEqualTo("paygo");
    assertThat(spilling.patched(DeploymentPatch.capacity(7)).spillover()).isEqualTo("paygo");
    assertThat(spilling.patched(DeploymentPatch.spillover(""))).isEqualTo(ptu);
  }

  @Test
  void aPatchNamesTheContentFilterAndBringsBackTheDefaultOne() {
    DeploymentSpec strict = MICRO.patched(DeploymentPatch.contentFilter("strict"));

    assertThat(strict.contentFilter()).isEqualTo("strict");
    assertThat(strict.patched(DeploymentPatch.capacity(40))).isEqualTo(strict);
    assertThat(strict.patched(DeploymentPatch.contentFilter(""))).isEqualTo(MICRO);
  }

  @Test
  void theContentFilterMayBeCalledAsArmCallsIt() {
    String json = "{\"raiPolicyName\":\"strict\"}";

    assertThat(ControlJson.mapper().readValue(json, DeploymentPatch.class))
        .isEqualTo(DeploymentPatch.contentFilter("strict"));
  }

  @Test
  void travelsAsJsonAndComesBackTheSame() {
    DeploymentSpec spec = MICRO.withRpm(Limit.UNLIMITED);

    String json = ControlJson.mapper().writeValueAsString(spec);

    assertThat(json)
        .isEqualTo(
            """
            {"name":"micro","model":"gpt-35-turbo","sku":"Standard","capacity":40,"rpm":"unlimited"}\
            """);
    assertThat(ControlJson.mapper().readValue(json, DeploymentSpec.class)).isEqualTo(spec);
  }

  @Test
  void refusesAKeyItDoesNotKnow() {
    assertThatThrownBy(
            () -> ControlJson.mapper().readValue("{\"capacty\":1}", DeploymentPatch.class))
        .isInstanceOf(JacksonException.class)
        .hasMessageContaining("capacty");
  }

  @Test
  void aNewCapacityTakesBackTokensThatWereSetApartButNotRequests() {
    DeploymentSpec patched =
        MICRO.withTpm(Limit.of(7)).withRpm(Limit.UNLIMITED).patched(DeploymentPatch.capacity(1));

    assertThat(patched)
        .isEqualTo(
            new DeploymentSpec(
                "micro",
                "gpt-35-turbo",
                null,
                "Standard",
                Limit.of(1),
                null,
                Limit.UNLIMITED,
                null,
                null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "-a", "ä"})
  void refusesANameThatNoPathCanCarry(String name) {
    assertThatThrownBy(() -> DeploymentSpec.standard(name, "gpt-4o", Limit.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void anEmulatorThatIsNotThereIsOneClearLine() {
    try (HttpEmulatorControl control = new HttpEmulatorControl(URI.create("http://127.0.0.1:1"))) {
      assertThatThrownBy(control::health)
          .isInstanceOf(ControlException.class)
          .hasMessage("the emulator at http://127.0.0.1:1 does not answer: nothing listens there");
    }
  }
}
