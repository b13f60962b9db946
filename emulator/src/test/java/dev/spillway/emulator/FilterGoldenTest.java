package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What the content filter does to whole answers, as it stands in {@code wire/<year>/}. */
@ParameterizedClass
@ValueSource(strings = {"2023", "2024", "2025", "2026"})
class FilterGoldenTest {

  private static final String STREAM =
      ",\"max_tokens\":4,\"stream\":true,\"stream_options\":{\"include_usage\":true}";

  private final Goldens goldens;
  @AutoClose private final EmulatorFixture emulator;

  FilterGoldenTest(String wire) {
    this.goldens = new Goldens(wire);
    this.emulator = EmulatorFixture.start(wire);
  }

  private RawHttp.Answer ask(String markers, String more) {
    return emulator.chat(
        goldens.deployment(), goldens.version(), EmulatorFixture.asking("Say " + markers, more));
  }

  @Test
  void aPromptThatIsBlocked() {
    goldens.check("400-filter", ask("[[filter:sexual:high]]", ",\"max_tokens\":6"));
  }

  @Test
  void aPromptThatIsBlockedBeforeTheStreamBegins() {
    RawHttp.Answer whole = ask("[[filter:sexual:high]]", "");
    RawHttp.Answer stream = ask("[[filter:sexual:high]]", STREAM);

    assertThat(stream.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(stream.header("Content-Type")).isEqualTo("application/json");
    assertThat(stream.body()).isEqualTo(whole.body());
  }

  @Test
  void aPromptWithAJailbreakAndATermOfABlocklist() {
    goldens.check(
        "400-filter-jailbreak",
        ask("[[filter:jailbreak]] [[filter:blocklist:rivals]]", ",\"max_tokens\":6"));
  }

  @Test
  void aCompletionThatIsBlocked() {
    goldens.check(
        "200-filtered", ask("[[filter:completion:violence:medium]]", ",\"max_tokens\":6"));
  }

  @Test
  void oneOfTwoCompletionsThatIsBlocked() {
    goldens.check(
        "200-filtered-one-of-two",
        ask("[[filter:completion#1:protected_material_text]]", ",\"max_tokens\":6,\"n\":2"));
  }

  @Test
  void aStreamThatIsBlocked() {
    goldens.check("200-stream-filtered", ask("[[filter:completion:violence:medium]]", STREAM));
  }

  @Test
  void aFilterThatIsDown() {
    goldens.check("200-filter-down", ask("[[filter:error]]", ",\"max_tokens\":6"));
  }

  @Test
  void aStreamWhoseFilterIsDown() {
    goldens.check("200-stream-filter-down", ask("[[filter:error]]", STREAM));
  }

  @Test
  void aStreamThatIsFilteredAfterItWasSent() {
    goldens.check("200-stream-asynchronous", ask("[[filter:asynchronous]]", STREAM));
  }

  @Test
  void aFilterThatIsOff() {
    goldens.check("200-filter-off", ask("[[filter:off]]", ",\"max_tokens\":6"));
  }

  @Test
  void aPolicyThatThereIsNot() {
    String head =
        "POST /openai/deployments/"
            + goldens.deployment()
            + "/chat/completions?api-version="
            + goldens.version()
            + " HTTP/1.1\napi-key: emulator-key-1\nx-policy-id: nobody";

    goldens.check(
        "400-filter-policy", emulator.send(head, EmulatorFixture.body(34, ",\"max_tokens\":6")));
  }
}
