package dev.spillway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"2023-07-01-preview", "2024-10-21", "2031-01-01", "preview", "v1"})
  void anyPlausibleApiVersionIsOne(String text) {
    assertThat(ApiVersion.parse(text)).get().extracting(ApiVersion::text).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "latest", "2024-13-01", "2024-10-21-beta", "20241021", "V1"})
  void anythingElseIsNone(String text) {
    assertThat(ApiVersion.parse(text)).isEmpty();
  }

  @Test
  void apiVersionsKnowTheirDay() {
    ApiVersion version = ApiVersion.parse("2024-10-21").orElseThrow();

    assertThat(version.isSince(LocalDate.of(2024, 10, 21))).isTrue();
    assertThat(version.isSince(LocalDate.of(2024, 10, 22))).isFalse();
    assertThat(version.isPreview()).isFalse();
    assertThat(ApiVersion.parse(null)).isEmpty();
  }

  @Test
  void routesAreReadAndWrittenBack() {
    assertThat(AzureRoute.parse("/openai/deployments/my%20gpt/chat/completions"))
        .contains(new AzureRoute.Dated("my gpt", "chat/completions"));
    assertThat(new AzureRoute.Dated("my gpt", "chat/completions").path())
        .isEqualTo("/openai/deployments/my%20gpt/chat/completions");
    assertThat(AzureRoute.parse("/openai/v1/responses/resp_1"))
        .contains(new AzureRoute.V1("responses/resp_1"));
    assertThat(AzureRoute.parse("/openai/models")).contains(new AzureRoute.Resource("models"));
    assertThat(new AzureRoute.Resource("models").path()).isEqualTo("/openai/models");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/openai/deployments",
        "/openai/deployments/x",
        "/openai/deployments//chat",
        "/openai/deployments/x/",
        "/openai/deployments/%zz/chat",
        "/openai/v1/",
        "/openai/v1",
        "/openai/",
        "/models"
      })
  void otherPathsAreNoRoutes(String path) {
    assertThat(AzureRoute.parse(path)).isEmpty();
  }

  @Test
  void operationsAreFoundByTheirPath() {
    assertThat(Operation.byPath("chat/completions")).contains(Operation.CHAT_COMPLETIONS);
    assertThat(Operation.byPath("chat")).isEmpty();
  }

  /** The two captured lengths, 56 and 224 bytes, pin the gateway's white space. */
  @Test
  void errorsHaveTheGatewaysWhiteSpace() {
    assertThat(new ErrorEnvelope("404", "Resource not found").toJson())
        .isEqualTo("{\"error\":{\"code\":\"404\",\"message\": \"Resource not found\"}}")
        .hasSize(56);
    assertThat(
            new ErrorEnvelope(
                    "401",
                    "Access denied due to invalid subscription key or wrong API endpoint. Make sure to"
                        + " provide a valid key for an active subscription and use a correct"
                        + " regional API endpoint for your resource.")
                .toCompactJson())
        .hasSize(224);
  }

  @Test
  void errorsAreReadFromAnyWriter() {
    assertThat(ErrorEnvelope.read(bytes("{\"error\":{\"code\":\"429\",\"message\": \"x\"}}")))
        .contains(new ErrorEnvelope("429", "x"));
    assertThat(
            ErrorEnvelope.read(
                bytes("{\"a\":[1],\"error\":{\"param\":{},\"code\":400,\"message\":null}}")))
        .contains(new ErrorEnvelope("400", ""));
    assertThat(ErrorEnvelope.read(bytes("{\"error\":{\"code\":null,\"message\":\"m\"}}")))
        .contains(new ErrorEnvelope(null, "m"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{\"error\":\"x\"}", "{\"error\":{\"code\":", "{}"})
  void whatIsNoErrorIsReadAsNone(String body) {
    assertThat(ErrorEnvelope.read(bytes(body))).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
