package dev.spillway.router.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.CallPlans;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.EmptyAnswers;
import dev.spillway.router.plan.Header;
import dev.spillway.router.plan.Stay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerClassifierTest {

  private static final Header JSON = new Header("Content-Type", "application/json");

  @ParameterizedTest
  @CsvSource({
    "200, Succeeded", "201, Succeeded", "302, Succeeded", "400, Refused", "401, Rejected",
    "403, Rejected", "404, Refused", "408, Failed", "409, Refused", "413, Refused",
    "422, Refused", "429, Throttled", "499, Failed", "500, Failed", "502, Failed",
    "503, Failed", "504, Failed", "529, Failed"
  })
  void tellsByTheStatus(int status, String result) {
    assertThat(classify(status, "{}", JSON).getClass().getSimpleName()).isEqualTo(result);
  }

  @Test
  void a503WithAWaitIsAThrottling() {
    assertThat(classify(503, "{}", JSON, new Header("Retry-After", "3")))
        .isInstanceOfSatisfying(
            AttemptResult.Throttled.class,
            it -> assertThat(it.asked()).hasValue(Duration.ofSeconds(3)));
  }

  @Test
  void theMostPreciseWaitCounts() {
    assertThat(classify(429, "retry after 9 seconds", new Header("retry-after-ms", "6500")))
        .extracting(it -> ((AttemptResult.Throttled) it).asked())
        .isEqualTo(Optional.of(Duration.ofMillis(6500)));
    assertThat(classify(429, "Please retry after 9 seconds."))
        .extracting(it -> ((AttemptResult.Throttled) it).asked())
        .isEqualTo(Optional.of(Duration.ofSeconds(9)));
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, '', Garbled",
    "application/json, '{', Garbled",
    "application/json, '{} {', Garbled",
    "application/json, 'true', Garbled",
    "text/html, '<html>', Garbled",
    "application/json; charset=utf-8, '{\"a\":[1]}', Succeeded",
  })
  void aGoodStatusNeedsTheJsonThatIsDue(String type, String body, String result) {
    assertThat(classify(200, body, new Header("Content-Type", type)).getClass().getSimpleName())
        .isEqualTo(result);
  }

  /** Where it is not known which backend has something, one that does not have it says nothing. */
  @ParameterizedTest
  @CsvSource({
    "404, NotFound, Unknown, Refused",
    "404, DeploymentNotFound, Rejected, Rejected",
    "400, previous_response_not_found, Unknown, Refused",
    "400, invalid_request, Refused, Refused",
  })
  void whatIsNotThereMayBeElsewhere(int status, String code, String searching, String otherwise) {
    String body = "{\"error\":{\"message\":\"\",\"code\":\"" + code + "\"}}";

    assertThat(
            classify(call(new Stay.Search("resp_1")), status, body, JSON)
                .getClass()
                .getSimpleName())
        .isEqualTo(searching);
    assertThat(classify(status, body, JSON).getClass().getSimpleName()).isEqualTo(otherwise);
  }

  @ParameterizedTest
  @CsvSource({
    "200, false",
    "400, false",
    "401, true",
    "403, true",
    "404, true",
    "408, true",
    "409, false",
    "422, false",
    "429, true",
    "498, false",
    "499, true",
    "500, true",
    "529, true"
  })
  void onlyAnErrorThatMayBeFollowedByAnotherAttemptMayBeDiscarded(int status, boolean may) {
    assertThat(AnswerClassifier.mayBeDiscarded(status)).isEqualTo(may);
  }

  private static AttemptResult classify(int status, String body, Header... headers) {
    return classify(call(new Stay.Anywhere()), status, body, headers);
  }

  private static CallPlan call(Stay stay) {
    return CallPlans.call("POST", "chat/completions", EmptyAnswers.RETRY, stay);
  }

  private static AttemptResult classify(CallPlan call, int status, String body, Header... headers) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Answer answer = new Answer(status, List.of(headers), new AnswerBody.Whole(bytes));
    return AnswerClassifier.classify(call, answer, Instant.EPOCH);
  }
}
