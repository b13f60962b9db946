package dev.spillway.emulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.wire.Operation;
import dev.spillway.yaml.LocatedYaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelCatalogTest {

  private static final ModelCatalog CATALOG = ModelCatalog.bundled();

  static Set<String> names() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(ModelCatalog.class.getResourceAsStream("models.yaml"))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return LocatedYaml.parse("models.yaml", text, name -> null).entries().keySet();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyBundledModelIsWhole(String name) {
    ModelProfile model = CATALOG.find(name);

    assertThat(model.name()).isEqualTo(name);
    assertThat(model.encoding()).isIn(ModelProfile.ENCODINGS);
    assertThat(model.snapshot()).startsWith(name);
    assertThat(model.rpmPerUnit()).isPositive();
    assertThat(model.tpmPerUnit()).isPositive();
    assertThat(model.contextTokens()).isGreaterThanOrEqualTo(model.outputTokens());
    assertThat(model.capabilities().all()).isNotEmpty();
    assertThat(model.has(Capability.EMBEDDINGS)).isEqualTo(model.vectors().length() > 0);
    assertThat(model.has(Capability.REASONING))
        .isEqualTo(model.modelClass() == ModelClass.REASONING);
    assertThat(model.lifecycle().released()).isBefore(model.lifecycle().retires());
  }

  @ParameterizedTest
  @CsvSource({
    // model, input tokens a minute for each PTU, weight of an answer's token
    "gpt-5.5, 1200, 6",
    "gpt-5.4, 2400, 6",
    "gpt-5.3-codex, 3400, 8",
    "gpt-5.2, 3400, 8",
    "gpt-5.2-codex, 3400, 8",
    "gpt-5.1, 4750, 8",
    "gpt-5.1-codex, 4750, 8",
    "gpt-5, 4750, 8",
    "gpt-5-mini, 23750, 8",
    "gpt-4.1, 3000, 4",
    "gpt-4.1-mini, 14900, 4",
    "gpt-4.1-nano, 59400, 4",
    "o3, 3000, 4",
    "o4-mini, 5400, 4",
    "gpt-4o, 2500, 4",
    "gpt-4o-mini, 37000, 4",
    "o3-mini, 2500, 4",
    "o1, 230, 4",
    // not published
    "gpt-35-turbo, 2500, 4",
    "llama-9, 2500, 4",
  })
  void ptusWeighTokensAsTheServicesTableSays(String name, int inputTpm, int outputRatio) {
    PtuWeights weights = CATALOG.find(name).ptu();

    assertThat(weights.inputTpm()).isEqualTo(inputTpm);
    assertThat(weights.outputRatio()).isEqualTo(outputRatio);
    assertThat(weights.isTooLong(128_001))
        .isEqualTo(name.startsWith("gpt-4.1") || name.equals("gpt-5.4"));
  }

  @ParameterizedTest
  @CsvSource({"gpt-3.5-turbo, gpt-35-turbo", "gpt-3.5-turbo-16k, gpt-35-turbo-16k"})
  void openAisNameOfAModelIsUnderstood(String openAis, String azures) {
    assertThat(CATALOG.find(openAis)).isEqualTo(CATALOG.find(azures));
  }

  @Test
  void aModelItDoesNotKnowIsTakenForTheOneWithTheLongestBeginningOfItsName() {
    ModelProfile mini = CATALOG.find("gpt-4o-mini-2024-07-18");
    ModelProfile omni = CATALOG.find("gpt-4o-2024-08-06");

    assertThat(mini.rpmPerUnit()).isEqualTo(10);
    assertThat(omni.rpmPerUnit()).isEqualTo(6);
    assertThat(omni.name()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(omni.snapshot()).isEqualTo("gpt-4o-2024-08-06");
  }

  @Test
  void aModelLikeNoneIsAChatModelOfToday() {
    ModelProfile model = CATALOG.find("llama-9");

    assertThat(model.modelClass()).isEqualTo(ModelClass.CHAT);
    assertThat(model.encoding()).isEqualTo("o200k_base");
    assertThat(model.snapshot()).isEqualTo("llama-9");
  }

  @ParameterizedTest
  @CsvSource({
    "text-embedding-4, EMBEDDINGS, EMBEDDINGS",
    "Cohere-Embed-v3, EMBEDDINGS, EMBEDDINGS",
    "gpt-image-9, IMAGES, MEDIA",
    "contoso-transcribe, TRANSCRIPTION, MEDIA",
    "llama-9-instruct, CHAT, CHAT",
    "gpt-5.9-sol, REASONING, REASONING",
    "llama-9, CHAT, CHAT",
  })
  void whatAModelThatItDoesNotKnowCanDoIsToldByItsName(
      String name, Capability capability, ModelClass modelClass) {
    ModelProfile model = CATALOG.find(name);

    assertThat(model.has(capability)).isTrue();
    assertThat(model.modelClass()).isEqualTo(modelClass);
    assertThat(model.name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-35-turbo, 0125, CHAT_COMPLETIONS",
    "gpt-35-turbo, 0301, CHAT_COMPLETIONS COMPLETIONS",
    "gpt-35-turbo-instruct, 0914, COMPLETIONS",
    "gpt-4o, 2024-11-20, CHAT_COMPLETIONS RESPONSES",
    "gpt-5.1-codex, 2025-11-13, RESPONSES",
    "text-embedding-3-large, 1, EMBEDDINGS",
    "dall-e-3, 3.0, IMAGE_GENERATIONS",
    "whisper, 001, AUDIO_TRANSCRIPTIONS AUDIO_TRANSLATIONS",
    "tts-hd, 001, AUDIO_SPEECH",
    "sora-2, 1, ''",
  })
  void eachModelDoesItsOperationsAndNoOthers(String name, String version, String operations) {
    Capabilities capabilities = CATALOG.find(name).capabilities();

    assertThat(
            Arrays.stream(Operation.values())
                .filter(operation -> capabilities.does(operation, version))
                .map(Operation::name)
                .collect(Collectors.joining(" ")))
        .isEqualTo(operations);
  }

  @Test
  void whatAConfiguredModelLeavesOutIsAsItIsKnown() {
    ModelCatalog changed =
        CATALOG.with(
            LocatedYaml.parse("", "all: [{name: gpt-4o, rpm: 60}]", name -> null).get("all"));

    assertThat(changed.find("gpt-4o").rpmPerUnit()).isEqualTo(60);
    assertThat(changed.find("gpt-4o").named("x").lifecycle())
        .isEqualTo(CATALOG.find("gpt-4o").lifecycle());
    assertThat(changed.find("gpt-4o").snapshot()).isEqualTo("gpt-4o-2024-11-20");
    assertThat(CATALOG.find("gpt-4o").rpmPerUnit()).isEqualTo(6);
    assertThat(changed.all()).hasSameSizeAs(CATALOG.all());
  }

  @ParameterizedTest
  @CsvSource({
    "eastus, East US",
    "eastus2, East US 2",
    "swedencentral, Sweden Central",
    "moon, moon"
  })
  void regionsAreShownByTheirDisplayNames(String region, String displayName) {
    assertThat(Regions.displayName(region)).isEqualTo(displayName);
  }
}
