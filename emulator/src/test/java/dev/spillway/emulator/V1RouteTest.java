package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.RawHttp.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The route without a deployment in its path. */
@ParameterizedClass
@ValueSource(strings = {"2024", "2026"})
class V1RouteTest {

  private static final String PATH = "/openai/v1/chat/completions";

  private final String wire;
  @AutoClose private final EmulatorFixture emulator;

  V1RouteTest(String wire) {
    this.wire = wire;
    this.emulator = EmulatorFixture.start(wire);
  }

  private Answer post(String pathAndQuery, String deployment) {
    return emulator.post(pathAndQuery, EmulatorFixture.body(34, model(deployment)));
  }

  private Answer postWith(String header) {
    return emulator.send(
        "POST " + PATH + " HTTP/1.1\n" + header, EmulatorFixture.body(34, model("mini")));
  }

  private static String model(String deployment) {
    return ",\"max_tokens\":5,\"model\":\"" + deployment + "\"";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api-key: emulator-key-1",
        "api-key: emulator-key-2",
        "Authorization: Bearer emulator-key-1",
        "authorization: bearer emulator-key-2",
      })
  void takesAKeyOfTheResourceAsApiKeyOrAsBearer(String header) {
    assertThat(postWith(header).statusLine()).isEqualTo("HTTP/1.1 200 OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"api-key: wrong", "Authorization: Bearer wrong", "Authorization: emulator-key-1"})
  void takesNoOtherKey(String header) {
    assertThat(postWith(header).statusLine()).isEqualTo("HTTP/1.1 401 PermissionDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?api-version=v1", "?api-version=preview"})
  void theBodysModelNamesTheDeploymentAndNoVersionIsNeeded(String query) {
    Answer answer = post(PATH + query, "mini");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(answer.body())
        .contains("\"model\":\"gpt-4.1-mini-2025-04-14\"")
        .contains("\"content_filter_results\":{\"hate\"")
        .contains("\"prompt_filter_results\":[");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-10-21", "2025-04-01-preview"})
  void aDatedVersionIsNotSupported(String version) {
    Answer answer = post(PATH + "?api-version=" + version, "mini");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":{\"code\":\"BadRequest\",\"message\": \"API version not supported\"}}");
  }

  @ParameterizedTest
  @CsvSource({"?api-version=latest", "/more", "?api-version="})
  void anythingElseIsNotFound(String more) {
    Answer answer = post(PATH + more, "mini");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
    assertThat(answer.body())
        .isEqualTo("{\"error\":{\"code\":\"404\",\"message\": \"Resource not found\"}}");
  }

  @Test
  void aModelThatIsNoDeploymentIsNotFound() {
    assertThat(post(PATH, "nobody").statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
    assertThat(post(PATH, "nobody").body()).contains("DeploymentNotFound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{}", "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"})
  void aBodyThatNamesNoDeploymentIsRefusedAndCostsNobodyAnything(String body) {
    assertThat(emulator.post(PATH, body).statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");

    assertThat(emulator.control().deployments())
        .allSatisfy(
            each -> assertThat(each.requests().remaining()).isEqualTo(each.requests().limit()));
  }

  @Test
  void a429NamesNoVersion() {
    Answer first = post(PATH, "micro");
    Answer second = post(PATH, "micro");

    assertThat(first.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(second.body())
        .isEqualTo(
            wire.equals("2024")
                ? "{\"error\":{\"code\":\"429\",\"message\": \"Requests to the"
                    + " ChatCompletions_Create Operation under OpenAI Language Model Instance API"
                    + " have exceeded call rate limit of your current OpenAI S0 pricing tier."
                    + " Please retry after 10 seconds. Please go here:"
                    + " https://aka.ms/oai/quotaincrease if you would like to further increase the"
                    + " default rate limit.\"}}"
                : "{\"error\":{\"code\":\"RateLimitReached\",\"message\": \"Your requests to micro"
                    + " for gpt-35-turbo in East US have exceeded the call rate limit for your"
                    + " current OpenAI S0 pricing tier. This request was for ChatCompletions_Create"
                    + " under OpenAI Language Model Instance API. Please retry after 10 seconds."
                    + " To increase your default rate limit, visit:"
                    + " https://aka.ms/oai/quotaincrease.\"}}");
  }
}
