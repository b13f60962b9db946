package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentPatch;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.ErrorSwitch;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.control.ServiceError;
import dev.spillway.emulator.RawHttp.Answer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors that a deployment is told to answer with. */
class ErrorSwitchTest {

  private static final String VERSION = "2024-10-21";
  private static final String STREAM = ",\"max_tokens\":4,\"stream\":true";
  private static final String RETRY =
      "You can retry your request, or contact us through an Azure support request at:"
          + " https://go.microsoft.com/fwlink/?linkid=2213926 ";

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.start("2026");

  private Answer chat(String more) {
    return emulator.chat("mini", VERSION, EmulatorFixture.body(34, more));
  }

  private void fail(ErrorSwitch error) {
    assertThat(emulator.control().fail("mini", error)).containsExactly(error);
  }

  /** The literal, with the request's id where it stands. */
  private static String masked(Answer answer) {
    return answer.body().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{guid}");
  }

  private static String engine(String message, String type, String param, String code) {
    return """
    {
      "error": {
        "message": "%s",
        "type": "%s",
        "param": %s,
        "code": %s
      }
    }
    """
        .formatted(message, type, param, code);
  }

  @Test
  void aServerErrorHasACodeAndTheRequestsIdSince2026() {
    fail(ErrorSwitch.next(1, ServiceError.SERVER_ERROR));

    Answer answer = chat("");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 500 Server Error");
    assertThat(masked(answer))
        .isEqualTo(
            engine(
                    "The server had an error processing your request. Sorry about that! "
                        + RETRY
                        + "if you keep seeing this error. (Please include the request ID {guid} in"
                        + " your email.)",
                    "server_error",
                    "null",
                    "\"server_error\"")
                .replace("_error\"\n  }", "_error\",\n    \"request_id\": \"{guid}\"\n  }"));
    assertThat(answer.body()).contains("request ID " + answer.header("x-request-id") + " in");
    assertThat(answer.header("ms-azureml-model-error-reason")).isEqualTo("model_error");
    assertThat(answer.header("ms-azureml-model-error-statuscode")).isEqualTo("500");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023", "2024", "2025"})
  void aServerErrorHadNeitherBefore(String wire) {
    try (EmulatorFixture other = EmulatorFixture.start(wire)) {
      assertThat(other.control().fail("mini", ErrorSwitch.next(1, ServiceError.SERVER_ERROR)))
          .hasSize(1);

      Answer answer = other.chat("mini", VERSION, EmulatorFixture.body(34, ""));

      assertThat(masked(answer))
          .isEqualTo(
              engine(
                  "The server had an error processing your request. Sorry about that! "
                      + RETRY
                      + "if you keep seeing this error. (Please include the request ID {guid} in"
                      + " your email.)",
                  "server_error",
                  "null",
                  "null"));
      assertThat(answer.header("ms-azureml-model-error-statuscode"))
          .isEqualTo(wire.equals("2023") ? "" : "500");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "MODEL_ERROR|500|model_error|null|null|The model produced invalid content. Consider"
            + " modifying your prompt if you are seeing this error persistently. {retry}if the"
            + " error persists. (Please include the request ID {guid} in your message.)",
        "SERVICE_UNAVAILABLE|503|server_error|null|null|The server is currently overloaded with"
            + " other requests. Sorry about that! {retry}if the error persists. (Please include"
            + " the request ID {guid} in your message.)",
        "ENGINE_OVERLOADED|429|server_error|null|null|That model is currently overloaded with"
            + " other requests. {retry}if the error persists. (Please include the request ID"
            + " {guid} in your message.)",
        "INVALID_PROMPT|400|invalid_request_error|\"prompt\"|\"invalid_prompt\"|Sorry! We've"
            + " encountered an issue with repetitive patterns in your prompt. Please try again"
            + " with a different prompt.",
      })
  void theEnginesErrors(
      ServiceError error, int status, String type, String param, String code, String message) {
    fail(ErrorSwitch.next(1, error));

    Answer answer = chat("");

    assertThat(answer.statusLine()).startsWith("HTTP/1.1 " + status);
    assertThat(masked(answer))
        .isEqualTo(engine(message.replace("{retry}", RETRY), type, param, code));
    assertThat(answer.header("ms-azureml-model-error-statuscode")).isEqualTo("" + status);
    assertThat(answer.header("x-ratelimit-remaining-requests")).isEqualTo("120");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TIMEOUT|408|{\"error\":{\"code\":\"Timeout\",\"message\":\"The operation was timeout.\"}}",
        "INTERNAL_SERVER_ERROR|500|{\"error\":{\"code\":\"InternalServerError\",\"message\":"
            + "\"Backend returned unexpected response. Please contact Microsoft for help.\"}}",
        "GATEWAY_AUTHENTICATION|500|{\"error\":{\"code\":\"InternalServerError\",\"message\":"
            + "\"Gateway cannot authenticate upstream services. Please contact Microsoft for"
            + " help\"}}",
        "NO_CAPACITY|429|{\"error\":{\"code\":\"NoCapacity\",\"message\": \"The system is currently"
            + " experiencing high demand and cannot process your request. Your request exceeds the"
            + " maximum usage size allowed during peak load. Please retry after 20 seconds. For"
            + " improved latency reliability, consider switching to Provisioned Throughput.\"}}",
        "NO_CAPACITY_WITHOUT_WAIT|429|{\"error\":{\"code\":\"NoCapacity\",\"message\": \"The system"
            + " is currently experiencing high demand and cannot process your request. Your"
            + " request exceeds the maximum usage size allowed during peak load. For improved"
            + " capacity reliability, consider switching to Provisioned Throughput.\"}}",
        "TEMPORARILY_BLOCKED|403|{\"error\":{\"code\":\"403\",\"message\": \"Your resource has been"
            + " temporarily blocked because we detected behavior that may violate our content"
            + " policy.\"}}",
        "TOO_MANY_HEADERS|431|{\"error\":{\"code\":\"431\",\"message\": \"The request has more than"
            + " 10 custom headers.\"}}",
      })
  void theGatewaysErrors(ServiceError error, int status, String body) {
    fail(ErrorSwitch.next(1, error));

    Answer answer = chat("");

    assertThat(answer.statusLine()).startsWith("HTTP/1.1 " + status);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.header("x-ms-region")).isEqualTo("East US");
    assertThat(answer.header("x-request-id")).isEmpty();
    assertThat(answer.header("Retry-After"))
        .isEqualTo(error == ServiceError.NO_CAPACITY ? "20" : "");
  }

  @ParameterizedTest
  @EnumSource
  void everyErrorIsCountedDownAndChargesNothingAndIsInTheJournal(ServiceError error) {
    fail(ErrorSwitch.next(2, error));

    assertThat(chat("").statusLine()).startsWith("HTTP/1.1 " + error.status());
    assertThat(emulator.control().errors("mini")).containsExactly(ErrorSwitch.next(1, error));
    assertThat(chat(STREAM).statusLine()).startsWith("HTTP/1.1 " + error.status());
    assertThat(emulator.control().errors("mini")).isEmpty();

    assertThat(emulator.control().deployment("mini").tokens().fullInMillis()).isZero();
    assertThat(emulator.control().journal(JournalQuery.all()))
        .extracting(JournalEntry::status, JournalEntry::reason)
        .containsOnly(org.assertj.core.groups.Tuple.tuple(error.status(), error.label()));
    assertThat(chat("").statusLine()).endsWith("200 OK");
  }

  @Test
  void otherDeploymentsAreLeftAlone() {
    fail(ErrorSwitch.next(5, ServiceError.TIMEOUT));

    assertThat(emulator.chat("35turbo", VERSION, EmulatorFixture.body(1, "")).statusLine())
        .endsWith("200 OK");
  }

  @Test
  void zeroTimesTakesTheSwitchAway() {
    fail(ErrorSwitch.next(5, ServiceError.TIMEOUT));

    assertThat(emulator.control().fail("mini", ErrorSwitch.next(0, ServiceError.TIMEOUT)))
        .isEmpty();
    assertThat(chat("").statusLine()).endsWith("200 OK");
  }

  @ParameterizedTest
  @EnumSource
  void a500AndA503OfAProvisionedDeploymentSpillOver(ServiceError error) {
    emulator.control().put(DeploymentSpec.provisioned("ptu", "gpt-4.1", 100));
    emulator.control().put(DeploymentSpec.standard("paygo", "gpt-4.1", Limit.of(100)));
    emulator.control().patch("ptu", DeploymentPatch.spillover("paygo"));
    emulator.control().fail("ptu", ErrorSwitch.next(1, error));

    Answer answer = emulator.chat("ptu", VERSION, EmulatorFixture.body(1, ""));

    boolean spills = error.status() == 500 || error.status() == 503;
    assertThat(answer.statusLine()).startsWith("HTTP/1.1 " + (spills ? 200 : error.status()));
    assertThat(answer.header("x-ms-spillover-from-deployment")).isEqualTo(spills ? "ptu" : "");
  }

  @Test
  void whereTheSpilloverFailsTooTheProvisionedDeploymentsErrorIsTold() {
    emulator.control().put(DeploymentSpec.provisioned("ptu", "gpt-4.1", 100));
    emulator.control().put(DeploymentSpec.standard("paygo", "gpt-4.1", Limit.of(100)));
    emulator.control().patch("ptu", DeploymentPatch.spillover("paygo"));
    emulator.control().fail("ptu", ErrorSwitch.next(1, ServiceError.SERVICE_UNAVAILABLE));
    emulator.control().fail("paygo", ErrorSwitch.next(1, ServiceError.NO_CAPACITY));

    Answer answer = emulator.chat("ptu", VERSION, EmulatorFixture.body(1, ""));

    assertThat(answer.statusLine()).startsWith("HTTP/1.1 503");
    assertThat(answer.header("x-ms-spillover-error")).isEqualTo("429");
  }

  @ParameterizedTest
  @CsvSource({
    // chunks before the error, and how many come: role, three tokens, stop
    "0, 0",
    "1, 1",
    "3, 3",
    "5, 5",
    "100, 5",
  })
  void aStreamBreaksOffAfterSoManyChunks(int after, int chunks) {
    fail(ErrorSwitch.inStream(after, ServiceError.MODEL_ERROR));

    List<String> events = chat(STREAM).events();

    assertThat(events).hasSize(1 + chunks + 1);
    assertThat(events.getLast())
        .startsWith("{\"error\":{\"message\":\"The model produced invalid content. Consider ")
        .endsWith("\",\"type\":\"model_error\",\"param\":null,\"code\":null}}");
    assertThat(events).noneMatch(event -> event.startsWith("[DONE]"));
  }

  @Test
  void aBrokenStreamIsBilledForWhatItProduced() {
    fail(ErrorSwitch.inStream(3, ServiceError.SERVER_ERROR));

    Answer unused = chat(STREAM);

    assertThat(emulator.control().journal(JournalQuery.all()))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.status()).isEqualTo(200);
          assertThat(entry.end()).isEqualTo(JournalEntry.FAILED);
          assertThat(entry.reason()).isEqualTo("server-error");
        });
  }

  @Test
  void anAnswerThatIsNotStreamedDoesNotUseUpTheBreak() {
    fail(ErrorSwitch.inStream(1, ServiceError.SERVER_ERROR));

    assertThat(chat("").statusLine()).endsWith("200 OK");
    assertThat(emulator.control().errors("mini")).hasSize(1);
    assertThat(chat(STREAM).events().getLast()).startsWith("{\"error\":");
    assertThat(chat(STREAM).events().getLast()).startsWith("[DONE]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{}; 'error' is missing",
        "{\"error\":\"boom\"}; there is no error 'boom'; there is server-error, model-error,",
        "{\"error\":\"timeout\",\"times\":-1}; 'times' is a number of calls from 0 up, not -1",
        "{\"error\":\"model-error\",\"after-chunks\":-1};"
            + " 'after-chunks' is a number of chunks from 0 up, not -1",
        "{\"error\":\"timeout\",\"after-chunks\":1};"
            + " a stream cannot end in timeout; it can in server-error, model-error,"
            + " service-unavailable, engine-overloaded",
        "{\"error\":\"timeout\",\"time\":1}; the body cannot be used: unknown key 'time'",
      })
  void whatCannotBeUsedIsRefusedAndChangesNothing(String body, String message) {
    fail(ErrorSwitch.next(7, ServiceError.TIMEOUT));

    Answer answer = emulator.send("POST /emulator/deployments/mini/errors HTTP/1.1", body);

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.body()).contains("\"message\":\"" + message).hasLineCount(1);
    assertThat(emulator.control().errors("mini"))
        .containsExactly(ErrorSwitch.next(7, ServiceError.TIMEOUT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"after-chunks", "afterChunks"})
  void oneIsSetTheWayPeopleWrite(String member) {
    emulator.send(
        "POST /emulator/deployments/mini/errors HTTP/1.1",
        "{\"error\":\"model-error\",\"" + member + "\":3}");

    assertThat(emulator.control().errors("mini"))
        .containsExactly(ErrorSwitch.inStream(3, ServiceError.MODEL_ERROR));
  }

  @ParameterizedTest
  @EnumSource
  void anErrorsLabelIsItsName(ServiceError error) {
    assertThat(ServiceError.of(error.label())).isEqualTo(error);
    assertThat(error.label().toUpperCase(Locale.ROOT).replace('-', '_')).isEqualTo(error.name());
  }
}
