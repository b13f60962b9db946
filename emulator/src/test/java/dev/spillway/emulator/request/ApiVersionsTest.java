package dev.spillway.emulator.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.wire.ApiVersion;
import dev.spillway.wire.Operation;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionsTest {

  private static ApiVersion version(String text) {
    return ApiVersion.parse(text).orElseThrow();
  }

  private static boolean strict(Operation operation, String version) {
    return ApiVersions.STRICT.serve(operation, version(version));
  }

  @ParameterizedTest
  @CsvSource({
    // operation, first and last without it: GA, preview
    "COMPLETIONS, 2022-12-01, , 2022-03-01-preview,",
    "EMBEDDINGS, 2022-12-01, , 2022-03-01-preview,",
    "CHAT_COMPLETIONS, 2023-05-15, 2022-12-01, 2023-03-15-preview, 2022-06-01-preview",
    "AUDIO_TRANSCRIPTIONS, 2024-02-01, 2023-05-15, 2023-09-01-preview, 2023-08-01-preview",
    "AUDIO_TRANSLATIONS, 2024-02-01, 2023-05-15, 2023-09-01-preview, 2023-08-01-preview",
    "IMAGE_GENERATIONS, 2024-02-01, 2023-05-15, 2023-12-01-preview, 2023-10-01-preview",
    "AUDIO_SPEECH, , 2024-10-21, 2024-02-15-preview, 2023-12-01-preview",
    "RESPONSES, , 2024-10-21, 2025-03-01-preview, 2025-02-01-preview",
  })
  void anOperationIsThereFromItsFirstVersionsOn(
      Operation operation,
      @Nullable String firstGa,
      @Nullable String lastGaWithout,
      String firstPreview,
      @Nullable String lastPreviewWithout) {
    assertThat(firstGa == null || strict(operation, firstGa)).isTrue();
    assertThat(lastGaWithout != null && strict(operation, lastGaWithout)).isFalse();
    assertThat(strict(operation, firstPreview)).isTrue();
    assertThat(lastPreviewWithout != null && strict(operation, lastPreviewWithout)).isFalse();
    assertThat(strict(operation, "2025-04-01-preview")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-10-22",
        "2024-10-21-preview",
        "2025-04-01",
        "2025-05-01-preview",
        "2031-01-01"
      })
  void aDateThatNeverWasAVersionIsServedOnlyWhereAnyIs(String text) {
    assertThat(strict(Operation.CHAT_COMPLETIONS, text)).isFalse();
    assertThat(ApiVersions.ACCEPT.serve(Operation.CHAT_COMPLETIONS, version(text))).isTrue();
  }

  @Test
  void theListsAreTheServices() {
    assertThat(KnownVersions.GA).hasSize(5);
    assertThat(KnownVersions.PREVIEW).hasSize(22);
    assertThat(new TreeSet<>(KnownVersions.GA).last()).isEqualTo("2024-10-21");
    assertThat(new TreeSet<>(KnownVersions.PREVIEW).last()).isEqualTo("2025-04-01-preview");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        // member, value, GA that takes it and not, preview that takes it and not, what is refused
        "data_sources, [], 2024-02-01, 2023-05-15, 2023-06-01-preview, 2023-03-15-preview,"
            + " data_sources",
        "max_completion_tokens, 9, 2023-05-15, , 2024-09-01-preview, 2024-08-01-preview,"
            + " max_completion_tokens",
        "parallel_tool_calls, true, 2023-05-15, , 2024-09-01-preview, 2024-08-01-preview,"
            + " parallel_tool_calls",
        "stream_options.include_usage, true, 2023-05-15, , 2024-09-01-preview,"
            + " 2024-08-01-preview, stream_options",
        "reasoning_effort, `low`, , 2024-10-21, 2024-12-01-preview, 2024-10-01-preview,"
            + " reasoning_effort",
        "store, true, , 2024-10-21, 2024-12-01-preview, 2024-10-01-preview, store",
        "metadata, {}, , 2024-10-21, 2024-12-01-preview, 2024-10-01-preview, metadata",
        "user_security_context, {}, , 2024-10-21, 2024-12-01-preview, 2024-10-01-preview,"
            + " user_security_context",
        "modalities, [], , 2024-10-21, 2025-01-01-preview, 2024-12-01-preview, modalities",
        "audio, {}, , 2024-10-21, 2025-01-01-preview, 2024-12-01-preview, audio",
      })
  void aMemberIsUnknownBeforeItsFirstVersions(
      String member,
      String value,
      @Nullable String ga,
      @Nullable String gaWithout,
      String preview,
      String previewWithout,
      String refused) {
    Parameters parameters = new Parameters(Map.of(member, value));
    FeatureRefusal unrecognized = new FeatureRefusal.Unrecognized(refused);

    assertThat(ga == null || taken(ga, parameters)).isTrue();
    assertThat(taken(preview, parameters)).isTrue();
    assertThat(ApiVersions.STRICT.refusal(version(previewWithout), parameters))
        .contains(unrecognized);
    assertThat(gaWithout != null && taken(gaWithout, parameters)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "prediction; {}; 2025-01-01-preview; 2024-12-01-preview; 2024-10-21;"
            + " Prediction is enabled only for api versions 2025-01-01-preview and later",
        "response_format.type; \"json_schema\"; 2024-10-21; 2024-07-01-preview; 2024-06-01;"
            + " response_format value as json_schema is enabled only for api versions"
            + " 2024-08-01-preview and later",
      })
  void theGatewaySaysSinceWhenItTakesAFeature(
      String member, String value, String first, String preview, String ga, String message) {
    Parameters parameters = new Parameters(Map.of(member, value));
    FeatureRefusal notYet = new FeatureRefusal.NotYet(message);

    assertThat(taken(first, parameters)).isTrue();
    assertThat(ApiVersions.STRICT.refusal(version(preview), parameters)).contains(notYet);
    assertThat(ApiVersions.STRICT.refusal(version(ga), parameters)).contains(notYet);
  }

  @Test
  void otherFormatsAreOlder() {
    Parameters parameters = new Parameters(Map.of("response_format.type", "\"json_object\""));

    assertThat(taken("2023-12-01-preview", parameters)).isTrue();
  }

  @Test
  void everyGateIsAboutAMemberThatIsRead() {
    assertThat(FeatureGate.ALL)
        .hasSize(12)
        .allSatisfy(gate -> assertThat(Parameters.KNOWN).contains(gate.path()));
  }

  @ParameterizedTest
  @EnumSource
  void aBodyWithoutThemIsTakenByEveryVersion(ApiVersions policy) {
    assertThat(policy.refusal(version("2023-03-15-preview"), Parameters.NONE)).isEmpty();
  }

  @Test
  void whereAnyVersionIsAcceptedAnyMemberIs() {
    Parameters all = new Parameters(Map.of("prediction", "{}", "store", "true"));

    assertThat(ApiVersions.ACCEPT.refusal(version("2023-03-15-preview"), all)).isEmpty();
  }

  private static boolean taken(String version, Parameters parameters) {
    return ApiVersions.STRICT.refusal(version(version), parameters).isEmpty();
  }
}
