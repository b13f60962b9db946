package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.AddHeadersPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.cognitiveservices.CognitiveServicesManager;
import com.azure.resourcemanager.cognitiveservices.models.Deployment;
import com.azure.resourcemanager.cognitiveservices.models.DeploymentModel;
import com.azure.resourcemanager.cognitiveservices.models.DeploymentProperties;
import com.azure.resourcemanager.cognitiveservices.models.KeyName;
import com.azure.resourcemanager.cognitiveservices.models.RegenerateKeyParameters;
import com.azure.resourcemanager.cognitiveservices.models.Sku;
import com.azure.resourcemanager.cognitiveservices.models.Usage;
import dev.spillway.emulator.Emulator;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.time.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** The SDK of Azure's resource manager as it is, against the emulator. */
@ParameterizedClass
@EnumSource
final class ResourceManagerIT {

  /** How the SDK reaches the emulator. */
  enum Way {
    /** Plain, with a pipeline of its own, since the SDK gives its credentials to https only. */
    HTTP,
    /** With TLS and a credential. */
    HTTPS
  }

  private static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";
  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final String GROUP = "gpt";
  private static final String ACCOUNT = "contoso";

  private final Way way;
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private Emulator emulator;
  private CognitiveServicesManager azure;

  ResourceManagerIT(Way way) {
    this.way = way;
  }

  @BeforeEach
  void start() {
    emulator =
        Emulator.start(
            EmulatorConfig.parse(
                "emulator.yaml",
                """
                listen: 127.0.0.1:0
                wire: 2024
                tls: {listen: 127.0.0.1:0, folder: "%s"}
                resources:
                  contoso:
                    resource-group: gpt
                    keys: [first, second]
                    deployments:
                      micro: {model: gpt-35-turbo, capacity: 40}
                quotas:
                  - {region: eastus, model: gpt-35-turbo, limit: 100}
                """
                    .formatted(folder),
                name -> null),
            VirtualClock.frozenAt(Instant.parse("2026-01-02T03:04:05Z")));
    azure =
        switch (way) {
          case HTTP -> plain();
          case HTTPS -> secure();
        };
  }

  @AfterEach
  void stop() {
    http.close();
    emulator.close();
  }

  private CognitiveServicesManager plain() {
    HttpHeaders token = new HttpHeaders().set(HttpHeaderName.AUTHORIZATION, "Bearer some.token");
    return CognitiveServicesManager.authenticate(
        new HttpPipelineBuilder()
            .httpClient(new JdkHttpClientBuilder().build())
            .policies(new AddHeadersPolicy(token))
            .build(),
        profile(emulator.uri()));
  }

  private CognitiveServicesManager secure() {
    OffsetDateTime later = OffsetDateTime.of(2099, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    return CognitiveServicesManager.configure()
        .withHttpClient(Trust.of(folder).createInstance())
        .authenticate(
            request -> Mono.just(new AccessToken("some.token", later)),
            profile(emulator.tlsUri().orElseThrow()));
  }

  private static AzureProfile profile(URI address) {
    Map<String, String> endpoints = Map.of("resourceManagerEndpointUrl", address + "/");
    return new AzureProfile(TENANT, SUBSCRIPTION, new AzureEnvironment(endpoints));
  }

  private Deployment micro() {
    return azure.deployments().get(GROUP, ACCOUNT, "micro");
  }

  private static Sku standard(int capacity) {
    return new Sku().withName("Standard").withCapacity(capacity);
  }

  private static List<String> limits(Deployment deployment) {
    return deployment.properties().rateLimits().stream()
        .map(limit ->
            "%s %.0f in %.0f s".formatted(limit.key(), limit.count(), limit.renewalPeriod()))
        .toList();
  }

  /** A call of 300 tokens; its status. */
  private int chat(String deployment, String key) throws IOException, InterruptedException {
    String path = "/openai/deployments/" + deployment + "/chat/completions?api-version=2024-10-21";
    HttpRequest request =
        HttpRequest.newBuilder(emulator.uri().resolve(path))
            .header("api-key", key)
            .POST(BodyPublishers.ofString(Chat.plain()))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private Deployment create(String name, int capacity) {
    return azure
        .deployments()
        .define(name)
        .withExistingAccount(GROUP, ACCOUNT)
        .withProperties(
            new DeploymentProperties()
                .withModel(
                    new DeploymentModel()
                        .withFormat("OpenAI")
                        .withName("gpt-35-turbo")
                        .withVersion("0125")))
        .withSku(standard(capacity))
        .create();
  }

  @Test
  void aDeploymentIsLoweredWhileCallsRun() throws Exception {
    Deployment micro = micro();
    assertThat(micro.sku().capacity()).isEqualTo(40);
    assertThat(limits(micro)).containsExactly("request 40 in 10 s", "token 40000 in 60 s");
    for (int i = 0; i < 3; i++) {
      assertThat(chat("micro", "first")).isEqualTo(200);
    }

    Deployment lowered = micro.update().withSku(standard(1)).apply();

    assertThat(limits(lowered)).containsExactly("request 1 in 10 s", "token 1000 in 60 s");
    assertThat(lowered.properties().provisioningState()).hasToString("Succeeded");
    assertThat(limits(micro.refresh())).isEqualTo(limits(lowered));
    assertThat(chat("micro", "first")).isEqualTo(429);
  }

  @Test
  void aDeploymentComesAndGoes() throws Exception {
    Deployment made = create("new", 60);

    assertThat(made.id()).endsWith("/accounts/contoso/deployments/new");
    assertThat(made.properties().model().version()).isEqualTo("0125");
    assertThat(made.systemData().createdAt().toInstant()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(azure.deployments().list(GROUP, ACCOUNT))
        .extracting(Deployment::name)
        .containsExactly("micro", "new");
    assertThat(chat("new", "first")).isEqualTo(200);

    azure.deployments().delete(GROUP, ACCOUNT, "new");

    assertThat(azure.deployments().list(GROUP, ACCOUNT)).hasSize(1);
    assertThat(chat("new", "first")).isEqualTo(404);
  }

  @Test
  void aNewKeyOpensAndTheOldOneDoesNot() throws Exception {
    assertThat(azure.accounts().listKeys(GROUP, ACCOUNT).key1()).isEqualTo("first");

    RegenerateKeyParameters which = new RegenerateKeyParameters().withKeyName(KeyName.KEY1);
    String key = azure.accounts().regenerateKey(GROUP, ACCOUNT, which).key1();

    assertThat(chat("micro", "first")).isEqualTo(401);
    assertThat(chat("micro", "second")).isEqualTo(200);
    assertThat(chat("micro", key)).isEqualTo(200);
  }

  @Test
  void usagesTellWhatIsLeft() {
    assertThat(azure.usages().list("eastus"))
        .singleElement()
        .satisfies(
            usage -> assertThat(usage.name().value()).isEqualTo("OpenAI.Standard.gpt-35-turbo"))
        .extracting(Usage::currentValue, Usage::limit)
        .containsExactly(40.0, 100.0);
  }

  @Test
  void moreThanTheQuotaIsAManagementException() {
    assertThatThrownBy(() -> create("new", 61))
        .asInstanceOf(type(ManagementException.class))
        .satisfies(
            refusal -> assertThat(refusal.getValue().getCode()).isEqualTo("InsufficientQuota"),
            refusal ->
                assertThat(refusal.getValue().getMessage())
                    .startsWith("This operation require 61 new capacity in quota"));
    assertThatThrownBy(() -> micro().update().withSku(standard(101)).apply())
        .isInstanceOf(ManagementException.class);
    assertThat(micro().sku().capacity()).isEqualTo(40);
  }

  @Test
  void anAccountIsFoundAndAMissingOneIsNot() {
    assertThat(azure.accounts().getByResourceGroup(GROUP, ACCOUNT).properties().endpoint())
        .endsWith("/contoso/");
    assertThat(azure.accounts().list()).hasSize(1);
    assertThat(azure.models().list("eastus"))
        .extracting(model -> model.model().name())
        .contains("gpt-4o");
    assertThatThrownBy(() -> azure.accounts().getByResourceGroup(GROUP, "nobody"))
        .asInstanceOf(type(ManagementException.class))
        .satisfies(
            refusal -> assertThat(refusal.getValue().getCode()).isEqualTo("ResourceNotFound"));
  }
}
