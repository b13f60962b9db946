package dev.spillway.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.testcontainers.utility.DockerImageName;

/** What a container is told to be, before there is one. */
class AzureOpenAiEmulatorContainerTest {

  private final AzureOpenAiEmulatorContainer container =
      new AzureOpenAiEmulatorContainer("spillway:0.1.0");

  @Test
  void itIsTheEmulatorOfTheImage() {
    assertThat(container.getCommandParts()).containsExactly("emulator");
    assertThat(container.getExposedPorts()).containsExactly(8080);
  }

  @Test
  void deploymentsAndKeysAreTheContainersEnvironment() {
    container
        .withKey("my-key")
        .withDeployment("micro", "gpt-35-turbo", "1k")
        .withDeployment("big", "gpt-4o@2024-11-20", "100ptu")
        .withWire("2024")
        .configure();

    assertThat(container.getEnvMap())
        .containsEntry("SPILLWAY_EMULATOR_KEY", "my-key")
        .containsEntry(
            "SPILLWAY_EMULATOR_DEPLOYMENTS", "micro=gpt-35-turbo:1k,big=gpt-4o@2024-11-20:100ptu")
        .containsEntry("SPILLWAY_EMULATOR_WIRE", "2024")
        .containsKey("SPILLWAY_ADMIN_KEY");
    assertThat(container.getKey()).isEqualTo("my-key");
  }

  @Test
  void twoOfTheSameKindAreTheSameToDocker() {
    container.configure();
    AzureOpenAiEmulatorContainer another = new AzureOpenAiEmulatorContainer("spillway:0.1.0");
    another.configure();

    assertThat(container.getEnvMap()).isEqualTo(another.getEnvMap()); // or none could be reused
  }

  @Test
  void whatIsNoDeploymentIsRefusedAtOnce() {
    assertThatThrownBy(() -> container.withDeployment("a,b", "gpt-4o", "1k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 'a,b', 'gpt-4o' and '1k'");
  }

  @Test
  void anotherImageMustSayThatItIsASubstitute() {
    assertThatThrownBy(() -> new AzureOpenAiEmulatorContainer("nginx"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(
            new AzureOpenAiEmulatorContainer(
                DockerImageName.parse("registry.contoso.com/spillway:1")
                    .asCompatibleSubstituteFor("spillway")))
        .isNotNull();
  }
}
