package dev.spillway.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.GeneratorSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.EmulatorConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every attribute and every word of the builder does what it says. */
class SettingsTest {

  @AzureOpenAi(
      wire = "2025",
      seed = 7,
      key = "my-key",
      frozen = true,
      deployments = {
        @Deployment(
            name = "all",
            model = "gpt-4o",
            version = "2024-08-06",
            sku = "GlobalStandard",
            capacity = 3,
            tpm = "500",
            rpm = "unlimited",
            contentFilter = "off",
            latency = "gpt-4o",
            answer = "Paris"),
        @Deployment(
            name = "ptu",
            model = "gpt-4o",
            sku = "GlobalProvisionedManaged",
            capacity = 15,
            spillover = "all")
      })
  private static final class Annotated {}

  @Test
  void everyAttributeOfTheAnnotationCounts() {
    try (RunningEmulator azure = annotated(Annotated.class)) {
      DeploymentSpec all = azure.control().deployment("all").spec();
      assertThat(all.version()).isEqualTo("2024-08-06");
      assertThat(all.sku()).isEqualTo("GlobalStandard");
      assertThat(all.capacity()).isEqualTo(Limit.of(3));
      assertThat(all.tpm()).isEqualTo(Limit.of(500));
      assertThat(all.rpm()).isEqualTo(Limit.UNLIMITED);
      assertThat(all.contentFilter()).isEqualTo("off");
      assertThat(Objects.requireNonNull(all.latency()).preset()).isEqualTo("gpt-4o");
      assertThat(all.generator()).isEqualTo(GeneratorSpec.fixed("Paris"));
      assertThat(azure.control().deployment("ptu").spec().spillover()).isEqualTo("all");
      assertThat(azure.control().deployments()).hasSize(2);
      assertThat(azure.control().health().wire()).isEqualTo("2025");
      assertThat(azure.control().clock().frozen()).isTrue();
      assertThat(azure.key()).isEqualTo("my-key");
    }
  }

  @Test
  void everyWordOfTheBuilderCounts() throws IOException {
    int port = freePort();
    Consumer<AzureOpenAiBuilder> words =
        builder ->
            builder
                .config(EmulatorConfig.defaults())
                .deployment("mini", "gpt-4o-mini", 2)
                .deployment(DeploymentSpec.provisioned("ptu", "gpt-4o", 15))
                .wire("2023")
                .key("my-key")
                .port(port)
                .with(emulator -> emulator.fault(FaultSpec.of("down", "status 503")));
    try (RunningEmulator azure = built(words)) {
      assertThat(azure.control().deployments())
          .extracting(one -> one.name())
          .containsExactlyInAnyOrder("micro", "35turbo", "mini", "ptu");
      assertThat(azure.control().health().wire()).isEqualTo("2023");
      assertThat(azure.endpoint()).hasToString("http://127.0.0.1:" + port);
      assertThat(azure.key()).isEqualTo("my-key");
      assertThat(azure.control().faults()).hasSize(1);
    }
  }

  @Test
  void oneSeedGivesTheSameAnswerAndAnotherAnotherOne() {
    assertThat(answer(1)).isEqualTo(answer(1)).isNotEqualTo(answer(2));
  }

  private static String answer(long seed) {
    try (RunningEmulator azure = built(builder -> builder.seed(seed).frozen(true))) {
      String body = Chat.answer(azure, "micro");
      return body.substring(body.indexOf("\"content\""));
    }
  }

  private static RunningEmulator annotated(Class<?> test) {
    return AnnotatedSetup.of(Objects.requireNonNull(test.getAnnotation(AzureOpenAi.class)))
        .start(test);
  }

  private static RunningEmulator built(Consumer<AzureOpenAiBuilder> words) {
    AzureOpenAiBuilder builder = AzureOpenAiExtension.builder();
    words.accept(builder);
    return builder.setup("the test").start(SettingsTest.class);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
