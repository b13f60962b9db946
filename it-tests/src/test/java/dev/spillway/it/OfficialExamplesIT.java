package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The examples of docs/clients.md for OpenAI's own surface. */
final class OfficialExamplesIT {

  @AutoClose private final Throttled both = Throttled.of("2026");
  private final String endpoint = both.router().toString();
  private final String key = Throttled.CALLER_KEY;

  @Test
  void openaiJavaOnDatedRoutes() {
    // example
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .baseUrl(endpoint)
            .credential(AzureApiKeyCredential.create(key))
            .azureServiceVersion(AzureOpenAIServiceVersion.fromString("2024-10-21"))
            .azureUrlPathMode(AzureUrlPathMode.LEGACY)
            .build();
    // end
    assertAnswers(client);
  }

  @Test
  void openaiJavaOnV1() {
    // example
    OpenAIClient client =
        OpenAIOkHttpClient.builder().baseUrl(endpoint + "/openai/v1").apiKey(key).build();
    // end
    assertAnswers(client);
  }

  private static void assertAnswers(OpenAIClient client) {
    // example
    ChatCompletion answer =
        client
            .chat()
            .completions()
            .create(
                ChatCompletionCreateParams.builder()
                    .model("gpt-35-turbo")
                    .addUserMessage("Hello")
                    .build());
    // end
    assertThat(answer.choices().getFirst().message().content().orElseThrow()).isNotBlank();
    client.close();
  }

  @Test
  void langchain4jOnV1() {
    // example
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(endpoint + "/openai/v1")
            .apiKey(key)
            .modelName("gpt-35-turbo")
            .build();
    String answer = model.chat("Hello");
    // end
    assertThat(answer).isNotBlank();
  }
}
