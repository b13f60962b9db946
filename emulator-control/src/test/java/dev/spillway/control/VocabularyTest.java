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
  @ValueSource(strings = {"", "ProvisionedManaged", "FastStandard", "standard"})
  void refusesASkuThatIsNotServed(String sku) {
    assertThatThrownBy(
            () -> new DeploymentSpec("micro", "gpt-4o", null, sku, Limit.of(1), null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the sku of 'micro' must be Standard, GlobalStandard or DataZoneStandard, not '"
                + sku
                + "'");
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
                "micro", "gpt-35-turbo", null, "Standard", Limit.of(1), null, Limit.UNLIMITED));
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
          .hasMessageStartingWith("the emulator at http://127.0.0.1:1 does not answer");
    }
  }
}
