package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.testcontainers.AzureOpenAiEmulatorContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.utility.MountableFile;

/** The Testcontainers module in real containers, beyond what its page shows. */
final class EmulatorContainerIT {

  @TempDir private Path folder;

  @BeforeAll
  static void build() {
    Docker.buildImage();
  }

  @Test
  void aFileConfiguresItAndAnSdkTalksToItsV1Route() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("emulator.yaml"),
            """
            resources:
              contoso:
                deployments:
                  mini: {model: gpt-4.1-mini, capacity: 40}
            stubs:
              - {when: {user: capital}, answer: Paris.}
            """);
    try (AzureOpenAiEmulatorContainer azure =
        new AzureOpenAiEmulatorContainer(Docker.IMAGE)
            .withConfig(MountableFile.forHostPath(file))
            .withKey("a-key-of-mine")) {
      azure.start();

      assertThat(azure.control().deployments())
          .extracting(DeploymentStatus::name)
          .containsExactly("mini");
      assertThat(ask(azure, "What is the capital of France?")).isEqualTo("Paris.");
    }
  }

  @Test
  void itCanBeStoppedAndStartedAgain() {
    try (AzureOpenAiEmulatorContainer azure = new AzureOpenAiEmulatorContainer(Docker.IMAGE)) {
      azure.start();
      assertThat(azure.control().deployments()).hasSize(2);
      azure.stop();
      azure.start();

      assertThat(azure.control().deployments()).hasSize(2);
    }
  }

  private static String ask(AzureOpenAiEmulatorContainer azure, String question) {
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .baseUrl(azure.getEndpoint() + "/openai/v1")
            .apiKey(azure.getKey())
            .build();
    return client
        .chat()
        .completions()
        .create(ChatCompletionCreateParams.builder().model("mini").addUserMessage(question).build())
        .choices()
        .getFirst()
        .message()
        .content()
        .orElseThrow();
  }
}
