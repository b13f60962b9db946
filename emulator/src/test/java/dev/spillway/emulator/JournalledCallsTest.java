package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the journal says of a call beside what {@link EmulatorControlContract} looks at. */
class JournalledCallsTest {

  private static final String VERSION = "2024-10-21";

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.start("2024");

  private JournalEntry post(String deployment, String headers, String body) {
    String path = "/openai/deployments/" + deployment + "/chat/completions?api-version=" + VERSION;
    RawHttp.Answer unused =
        emulator.send(
            "POST " + path + " HTTP/1.1\napi-key: " + EmulatorFixture.KEY + headers, body);
    return emulator.control().journal(JournalQuery.all()).getLast();
  }

  @ParameterizedTest
  @CsvSource({
    "x-ms-client-request-id: a,                        a",
    "x-request-id: b,                                  b",
    "x-request-id: b| x-ms-client-request-id: a,       a",
    "x-other: c,                                       ",
  })
  void aCallersOwnNameForItsRequestIsKept(String headers, String expected) {
    String lines = "\n" + headers.replace("| ", "\n");

    assertThat(post("mini", lines, EmulatorFixture.body(4, "")).clientRequestId())
        .isEqualTo(expected);
    assertThat(post("nobody", lines, "{").clientRequestId()).isEqualTo(expected);
  }

  @Test
  void aFilterThatDoesNotExistCostsAStandardDeploymentWhatTheCallIsCharged() {
    JournalEntry entry =
        post("mini", "\nx-policy-id: nobody", EmulatorFixture.body(40, ",\"max_tokens\":100"));

    assertThat(entry.reason()).isEqualTo("InvalidContentFilterPolicy");
    assertThat(entry.chargedTokens()).isEqualTo(110);
  }

  @Test
  void aFilterThatDoesNotExistCostsAProvisionedDeploymentNothing() {
    DeploymentSpec ptu = DeploymentSpec.provisioned("ptu", "gpt-4o", 100);
    assertThat(emulator.control().put(ptu).spec()).isEqualTo(ptu);

    assertThat(post("ptu", "\nx-policy-id: nobody", EmulatorFixture.body(4, "")).chargedTokens())
        .isZero();
  }

  @Test
  void aBodyThatCannotBeReadCostsNoTokens() {
    assertThat(post("mini", "", "{").chargedTokens()).isZero();
  }
}
