package dev.spillway.it;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.credential.BearerTokenCredential;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.spillway.control.HttpEmulatorControl;
import java.net.URI;
import java.time.Duration;

/**
 * An application without a key, in a process of its own since credentials read its environment.
 *
 * <p>It knows the emulator as {@code ENDPOINT}, and has nothing in it that is meant for an emulator
 * but what {@code ClientSecretCredential} needs for an authority that is not Microsoft's.
 */
final class KeylessCaller {

  private static final String SCOPE = "https://cognitiveservices.azure.com/.default";

  private KeylessCaller() {}

  /** Calls with a kind of credential; and, when asked to, again a day and an hour later. */
  public static void main(String[] arguments) {
    URI endpoint = URI.create(System.getenv("ENDPOINT"));
    OpenAIClient client = client(endpoint, credential(arguments[0]));
    chat(client);
    if (arguments.length > 1) {
      try (HttpEmulatorControl control = new HttpEmulatorControl(endpoint)) {
        var unused = control.advance(Duration.ofHours(25));
      }
      chat(client);
    }
    client.close();
    System.exit(0); // the libraries leave threads behind
  }

  private static TokenCredential credential(String kind) {
    return switch (kind) {
      case "default" -> new DefaultAzureCredentialBuilder().build();
      case "managed" -> new ManagedIdentityCredentialBuilder().build();
      case "user-assigned" ->
          new ManagedIdentityCredentialBuilder().clientId(System.getenv("CLIENT")).build();
      case "secret" ->
          new ClientSecretCredentialBuilder()
              .authorityHost(System.getenv("AUTHORITY"))
              .disableInstanceDiscovery()
              .tenantId(System.getenv("TENANT"))
              .clientId(System.getenv("CLIENT"))
              .clientSecret(System.getenv("SECRET"))
              .build();
      case "workload" ->
          new WorkloadIdentityCredentialBuilder()
              .authorityHost(System.getenv("AUTHORITY"))
              .disableInstanceDiscovery()
              .build();
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** Asks the credential itself: azure-identity's own supplier calls www.example.com on the way. */
  private static OpenAIClient client(URI endpoint, TokenCredential credential) {
    TokenRequestContext scope = new TokenRequestContext().addScopes(SCOPE);
    return OpenAIOkHttpClient.builder()
        .baseUrl(endpoint.toString())
        .credential(BearerTokenCredential.create(() -> credential.getTokenSync(scope).getToken()))
        .azureServiceVersion(AzureOpenAIServiceVersion.fromString("2024-10-21"))
        .azureUrlPathMode(AzureUrlPathMode.LEGACY)
        .responseValidation(true)
        .maxRetries(0)
        .build();
  }

  private static void chat(OpenAIClient client) {
    try {
      ChatCompletion answer =
          client
              .chat()
              .completions()
              .create(
                  ChatCompletionCreateParams.builder()
                      .model("micro")
                      .addUserMessage("Hello")
                      .maxCompletionTokens(20)
                      .build());
      System.out.println("200 with " + answer.choices().size() + " choice");
    } catch (OpenAIServiceException e) {
      System.out.println(e.statusCode() + " " + e.body());
    }
  }
}
