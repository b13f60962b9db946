package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.policy.AddHeadersPolicy;
import dev.langchain4j.model.azure.AzureOpenAiChatModel;
import dev.langchain4j.model.chat.ChatModel;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The examples of docs/clients.md for Azure's own SDK and what stands on it. */
final class AzureExamplesIT {

  @AutoClose private final Throttled both = Throttled.of("2026");
  private final String endpoint = both.router().toString();
  private final String key = Throttled.CALLER_KEY;

  @Test
  void azureAiOpenaiAndLangchain4jOnIt() {
    // example
    OpenAIClient client =
        new OpenAIClientBuilder()
            .endpoint(endpoint)
            .addPolicy(
                new AddHeadersPolicy(
                    new HttpHeaders().set(HttpHeaderName.fromString("api-key"), key)))
            .buildClient();
    ChatCompletions completions =
        client.getChatCompletions(
            "gpt-35-turbo",
            new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("Hello"))));
    // end
    assertThat(completions.getChoices().getFirst().getMessage().getContent()).isNotBlank();

    // example
    ChatModel model =
        AzureOpenAiChatModel.builder().openAIClient(client).deploymentName("gpt-35-turbo").build();
    String answer = model.chat("Hello");
    // end
    assertThat(answer).isNotBlank();
  }
}
