package dev.spillway.router.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.CallPlans;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.AzurePath;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.wire.AzureRoute;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the caller uses, a backend is asked as it wants to be. */
class BackendRequestTest {

  private static final String DATED_CHAT = "/openai/deployments/gpt/chat/completions";
  private static final String V1_CHAT = "/openai/v1/chat/completions";

  @ParameterizedTest
  @CsvSource({
    DATED_CHAT + ", CALLERS, /openai/deployments/dep/chat/completions?api-version=B&x=1, same",
    DATED_CHAT + ", DATED, /openai/deployments/dep/chat/completions?api-version=B&x=1, same",
    DATED_CHAT + ", V1, /openai/v1/chat/completions?x=1, named",
    V1_CHAT + ", CALLERS, /openai/v1/chat/completions?x=1, named",
    V1_CHAT + ", DATED, /openai/deployments/dep/chat/completions?api-version=B&x=1, named",
    V1_CHAT + ", V1, /openai/v1/chat/completions?x=1, named",
    "/openai/v1/responses, DATED, /openai/responses?api-version=B&x=1, named",
    "/openai/v1/responses, CALLERS, /openai/v1/responses?x=1, named",
    "/openai/responses, CALLERS, /openai/responses?api-version=B&x=1, named",
    "/openai/responses, V1, /openai/v1/responses?x=1, named",
    "/openai/deployments/gpt/responses, CALLERS, /openai/responses?api-version=B&x=1, named",
    "/openai/deployments/gpt/new/thing, CALLERS, /openai/deployments/dep/new/thing?api-version=B&x=1, same",
    "/openai/v1/files/f/content, DATED, /openai/files/f/content?api-version=B&x=1, named",
  })
  void anAzureBackendIsAskedOnItsOwnRoute(String callers, AzurePath path, String asked, String body)
      throws Exception {
    Api api = new Api.Azure("dep", path, path == AzurePath.V1 ? null : "B");
    BackendRequest request = BackendRequest.of(call(callers), backend("http://a", api));

    assertThat(request.uri()).hasToString("http://a" + asked);
    assertThat(body(request))
        .isEqualTo(body.equals("same") ? "{\"model\":\"gpt\"}" : "{\"model\":\"dep\"}");
  }

  @ParameterizedTest
  @CsvSource({
    DATED_CHAT + ", chat/completions",
    V1_CHAT + ", chat/completions",
    "/openai/responses, responses",
    "/openai/v1/responses/resp_1/input_items, responses/resp_1/input_items",
    "/openai/files/f, files/f",
  })
  void anOpenAiBackendIsAskedBelowItsAddress(String callers, String asked) throws Exception {
    BackendRequest request =
        BackendRequest.of(call(callers), backend("https://o/v1", new Api.OpenAi("gpt-4o")));

    assertThat(request.uri()).hasToString("https://o/v1/" + asked + "?x=1");
    assertThat(body(request)).isEqualTo("{\"model\":\"gpt-4o\"}");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"A, B, B", "A, -, A", "-, B, B"})
  void theBackendsApiVersionWins(@Nullable String callers, @Nullable String backends, String sent) {
    CallPlan call = CallPlans.call(AzureRoute.parse(DATED_CHAT).orElseThrow(), null, callers, "{}");

    assertThat(BackendRequest.of(call, backend("http://a", Api.azure("d", backends))).uri())
        .hasToString("http://a/openai/deployments/d/chat/completions?api-version=" + sent);
  }

  private static CallPlan call(String path) {
    return CallPlans.call(AzureRoute.parse(path).orElseThrow(), "x=1", "A", "{\"model\":\"gpt\"}");
  }

  private static Backend backend(String url, Api api) {
    return new Backend("b", URI.create(url), api, Credential.NONE, Map.of(), "b");
  }

  private static String body(BackendRequest request) throws IOException {
    return new String(request.body().open().readAllBytes(), StandardCharsets.UTF_8);
  }
}
