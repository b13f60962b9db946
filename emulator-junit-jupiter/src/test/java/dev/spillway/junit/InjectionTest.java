package dev.spillway.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.EmulatorControl;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@AzureOpenAi(
    config = "two-regions.yaml",
    seed = 7,
    deployments =
        @Deployment(name = "extra", model = "gpt-4o-mini", tpm = "unlimited", answer = "Paris"))
class InjectionTest {

  @Emulated private static EmulatorControl shared;

  @Emulated private EmulatedAzure azure;

  @Endpoint private String endpoint;

  @ApiKey(resource = "west")
  private String westKey;

  private final EmulatorControl givenToConstructor;

  InjectionTest(EmulatorControl control) {
    givenToConstructor = control;
  }

  @BeforeAll
  static void givenBeforeAll(EmulatedAzure azure) {
    assertThat(azure.control()).isSameAs(shared);
  }

  @Test
  void fieldsAndConstructorsHaveTheEmulatorOfTheTest(EmulatorControl control) {
    assertThat(control).isSameAs(shared).isSameAs(azure.control()).isSameAs(givenToConstructor);
    assertThat(endpoint).isEqualTo(azure.endpoint().toString());
    assertThat(westKey).isEqualTo("west-key");
  }

  @Test
  void everyResourceIsReachedWhereverItsFileSaysToListen(
      @Endpoint URI east,
      @ApiKey String eastKey,
      @Endpoint(resource = "west") URI west,
      @Endpoint(v1 = true) String v1) {
    assertThat(Chat.ask(east, eastKey, "gpt")).isEqualTo(200);
    assertThat(Chat.ask(west, westKey, "gpt")).isEqualTo(200);
    assertThat(west.getPort()).isNotEqualTo(east.getPort());
    assertThat(v1).isEqualTo(east + "/openai/v1").isEqualTo(azure.v1().toString());
  }

  @Test
  void theAnnotationsDeploymentsStandBesideThoseOfTheFile(EmulatorControl control) {
    assertThat(control.deployments())
        .extracting(one -> one.name())
        .containsExactlyInAnyOrder("gpt", "extra");
    assertThat(control.health().wire()).isEqualTo("2024");
    assertThat(Chat.ask(azure, "extra")).isEqualTo(200);
  }

  @Test
  void oneInstanceForAllTestsIsGivenItsFieldsInTime() {
    assertThat(Played.of(OneInstance.class).failures()).isEmpty();
  }

  @AzureOpenAi
  @TestInstance(Lifecycle.PER_CLASS)
  static class OneInstance {

    @Emulated EmulatorControl control;

    private final URI endpoint;

    OneInstance(@Endpoint URI endpoint) {
      this.endpoint = endpoint;
    }

    @BeforeAll
    void hasItsFields() {
      assertThat(control.deployments()).hasSize(2);
    }

    @Test
    void works(@Endpoint URI now) {
      assertThat(now).isEqualTo(endpoint);
    }
  }
}
