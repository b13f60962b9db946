package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.ErrorSwitch;
import dev.spillway.control.Limit;
import dev.spillway.control.ServiceError;
import dev.spillway.emulator.RawHttp.Answer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whole responses of 2026, as they stand in {@code wire/2026/}. */
class ResponsesGoldenTest {

  private static final String STREAM = ",\"stream\":true";

  private final Goldens goldens = new Goldens("2026");

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start(
          "2026",
          DeploymentSpec.standard("five4", "gpt-5.4", Limit.of(700)),
          DeploymentSpec.standard("small", "gpt-5.4", Limit.of(1)),
          DeploymentSpec.provisioned("ptu", "gpt-4o", 1));

  private Answer create(String deployment, String input, String more) {
    return emulator.post(
        "/openai/v1/responses",
        "{\"model\":\"" + deployment + "\",\"input\":\"" + input + "\"" + more + "}");
  }

  @Test
  void aWholeResponse() {
    goldens.check(
        "200-responses", create("five4", "Say this is a test", ",\"max_output_tokens\":30"));
  }

  @Test
  void aResponseWithASummaryOfItsReasoning() {
    goldens.check(
        "200-responses-reasoning",
        create(
            "five4",
            "Say this is a test",
            ",\"max_output_tokens\":30,\"reasoning\":{\"effort\":\"low\",\"summary\":\"auto\"},"
                + "\"include\":[\"reasoning.encrypted_content\"],\"store\":false"));
  }

  @Test
  void aStreamWithASummary() {
    goldens.check(
        "200-responses-stream",
        create(
            "five4",
            "Say this is a test",
            STREAM + ",\"max_output_tokens\":24,\"reasoning\":{\"summary\":\"auto\"}"));
  }

  @Test
  void aResponseThatIsIncomplete() {
    goldens.check(
        "200-responses-incomplete",
        create("mini", "Tell me a long story", STREAM + ",\"max_output_tokens\":16"));
  }

  @Test
  void aStreamThatBreaksOff() {
    emulator.control().fail("mini", ErrorSwitch.inStream(3, ServiceError.SERVER_ERROR));

    goldens.check("200-responses-failed", create("mini", "Say this is a test", STREAM));
  }

  @Test
  void aStreamThatIsThrottled() {
    assertThat(create("small", "a".repeat(3_900), "").statusLine()).contains("200");

    goldens.check("200-responses-throttled", create("small", "a".repeat(400), STREAM));
  }

  @Test
  void aStreamThatAProvisionedDeploymentHasNoRoomFor() {
    String much = " go".repeat(2_589);
    assertThat(create("ptu", much, "").statusLine()).contains("200");

    goldens.check("200-responses-throttled-provisioned", create("ptu", "Say this", STREAM));
  }

  @Test
  void aPromptThatIsBlocked() {
    goldens.check("400-responses-filter", create("mini", "Say [[filter:sexual:high]]", STREAM));
  }

  @Test
  void aCompletionThatIsBlocked() {
    goldens.check(
        "200-responses-filtered", create("mini", "Say [[filter:completion:violence:medium]]", ""));
  }

  @Test
  void aResponseThatIsNotThere() {
    goldens.check(
        "404-responses",
        emulator.send(
            "GET /openai/v1/responses/resp_0 HTTP/1.1\napi-key: " + EmulatorFixture.KEY, ""));
  }
}
