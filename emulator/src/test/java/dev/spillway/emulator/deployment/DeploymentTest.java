package dev.spillway.emulator.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.model.ModelCatalog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentTest {

  private final Deployments deployments = new Deployments(ModelCatalog.bundled());

  @ParameterizedTest
  @CsvSource({
    // model, capacity, tokens and requests a minute
    "gpt-35-turbo, 40, 40000, 240",
    "gpt-4-32k, 80, 80000, 480",
    "gpt-4.1-mini, 120, 120000, 120",
    "gpt-5-nano, 100, 100000, 100",
    "gpt-5.4, 700, 700000, 700",
    "gpt-4o-mini, 91, 91000, 910",
    "o1, 10, 60000, 10",
    "o3, 10, 10000, 10",
    "o4-mini, 10, 10000, 10",
    "o3-mini, 10, 100000, 10",
  })
  void limitsFollowFromTheCapacityAsTheServicesTablesSay(
      String model, long capacity, long tokens, long requests) {
    Deployment deployment =
        deployments.put("local", DeploymentSpec.standard("any", model, Limit.of(capacity)));

    assertThat(deployment.tokensPerMinute()).isEqualTo(Limit.of(tokens));
    assertThat(deployment.requestsPerMinute()).isEqualTo(Limit.of(requests));
  }

  @ParameterizedTest
  @CsvSource({
    "dall-e-3, 6",
    "gpt-image-1, 9",
    "gpt-image-1-mini, 12",
    "gpt-image-1.5, 9",
    "gpt-image-2, 6",
    "sora, 60",
    "sora-2, 2",
    "whisper, 3",
    "gpt-4o-transcribe, 3",
    "gpt-4o-mini-transcribe, 3",
    "tts, 3",
    "tts-hd, 3",
  })
  void modelsOfImagesAudioAndVideoAreLimitedByRequestsOnly(String model, long requests) {
    Deployment deployment =
        deployments.put("local", DeploymentSpec.standard("any", model, Limit.of(2)));

    assertThat(deployment.tokensPerMinute()).isEqualTo(Limit.UNLIMITED);
    assertThat(deployment.requestsPerMinute()).isEqualTo(Limit.of(2 * requests));
  }

  @Test
  void whatIsLimitedByRequestsOnlyTakesNoTpm() {
    DeploymentSpec spec =
        DeploymentSpec.standard("art", "dall-e-3", Limit.of(1)).withTpm(Limit.of(7));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> deployments.put("local", spec))
        .withMessage("'art' takes no tpm: dall-e-3 is limited by requests only");
  }

  @Test
  void limitsThatAreSetApartCountBeforeTheCapacity() {
    DeploymentSpec spec =
        DeploymentSpec.standard("any", "gpt-4o", Limit.of(40))
            .withTpm(Limit.of(7))
            .withRpm(Limit.UNLIMITED);

    Deployment deployment = deployments.put("local", spec);

    assertThat(deployment.tokensPerMinute()).isEqualTo(Limit.of(7));
    assertThat(deployment.requestsPerMinute()).isEqualTo(Limit.UNLIMITED);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-35-turbo, , gpt-35-turbo",
    "gpt-35-turbo, 0613, gpt-35-turbo",
    "gpt-4.1-mini, , gpt-4.1-mini-2025-04-14",
    "gpt-4o, , gpt-4o-2024-11-20",
    "gpt-4o, 2024-08-06, gpt-4o-2024-08-06",
    "gpt-4, turbo-2024-04-09, gpt-4",
    "text-embedding-3-large, 2, text-embedding-3-large",
    "llama-3.1, 2, llama-3.1",
    "model-1, 2, model-1",
  })
  void answersCallTheModelByTheSnapshotThatWasDeployed(
      String model, @Nullable String version, String snapshot) {
    DeploymentSpec spec =
        new DeploymentSpec(
            "any", model, version, DeploymentSpec.STANDARD, Limit.of(1), null, null, null, null);

    assertThat(deployments.put("local", spec).modelInAnswers()).isEqualTo(snapshot);
  }

  @Test
  void deploymentsAreListedByName() {
    List.of("b", "c", "a")
        .forEach(
            name -> deployments.put("local", DeploymentSpec.standard(name, "gpt-4o", Limit.of(1))));

    assertThat(deployments.all()).extracting(Deployment::name).containsExactly("a", "b", "c");
    assertThat(deployments.remove(new DeploymentId("local", "b"))).isTrue();
    assertThat(deployments.remove(new DeploymentId("local", "b"))).isFalse();
    assertThat(deployments.find(new DeploymentId("local", "b"))).isEmpty();
  }

  @Test
  void aKeyIsKnownByItsPlace() {
    Resource resource =
        new Resource("local", "eastus", "OpenAI", List.of("first", "second"), List.of());

    assertThat(resource.keyName("first")).contains("key1");
    assertThat(resource.keyName("second")).contains("key2");
    assertThat(resource.keyName("")).isEmpty();
    assertThat(resource.keyName("firs")).isEmpty();
  }
}
