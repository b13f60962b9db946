package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.AccessPatch;
import dev.spillway.control.AccessStatus;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.emulator.RawHttp.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in to a resource, whatever they bring: keys off, firewall, block. */
class AccessTest {

  private static final String KEYS_ARE_OFF =
      "{\"error\":{\"code\":\"AuthenticationTypeDisabled\",\"message\": \"Key based authentication"
          + " is disabled for this resource.\"}}";
  private static final String FIREWALL =
      "{\"error\":{\"code\":\"403\",\"message\": \"Access denied due to Virtual Network/Firewall"
          + " rules.\"}}";
  private static final String TOKEN =
      Tokens.of("https://ai.azure.com", EmulatorFixture.START.getEpochSecond() + 60);

  private static EmulatorFixture start(String more) {
    return EmulatorFixture.ofYaml(
        """
        listen: 127.0.0.1:0
        resources:
          one:
            keys: [key]
            deployments: {micro: {model: gpt-4o, capacity: unlimited}}
            %s
          two: {keys: [key], deployments: {micro: {model: gpt-4o, capacity: unlimited}}}
        """
            .formatted(more));
  }

  private static Answer call(EmulatorFixture emulator, String path, String headers) {
    return emulator.send(
        "POST " + path + " HTTP/1.1\n" + headers,
        EmulatorFixture.body(9, ",\"max_tokens\":5,\"model\":\"micro\""));
  }

  private static Answer call(EmulatorFixture emulator, String headers) {
    return call(emulator, TrustedTokenTest.V1, headers);
  }

  private static void assertForbidden(Answer answer, String body) {
    assertThat(answer.statusLine()).endsWith("403 Forbidden");
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.header("apim-request-id")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api-key: key",
        "api-key: wrong",
        "Authorization: Bearer key",
        "Authorization: Bearer wrong"
      })
  void withoutLocalAuthNoKeyIsTaken(String header) {
    try (EmulatorFixture emulator = start("local-auth: false")) {
      assertForbidden(call(emulator, header), KEYS_ARE_OFF);
      assertThat(call(emulator, "/two" + TrustedTokenTest.V1, "api-key: key").statusLine())
          .endsWith("200 OK");
    }
  }

  @Test
  void withoutLocalAuthATokenIsTakenAndNothingIsStillUnauthorized() {
    try (EmulatorFixture emulator = start("local-auth: false")) {
      assertThat(call(emulator, "Authorization: Bearer " + TOKEN).statusLine()).endsWith("200 OK");
      assertThat(call(emulator, "X-Other: x").statusLine()).endsWith("401 PermissionDenied");
    }
  }

  @Test
  void keysAreSwitchedOffAndOnWhileItRuns() {
    try (EmulatorFixture emulator = start("")) {
      var unused = emulator.control().patch(AccessPatch.localAuth(false));
      assertForbidden(call(emulator, "api-key: key"), KEYS_ARE_OFF);

      var unusedToo = emulator.control().patch(AccessPatch.localAuth(true));
      assertThat(call(emulator, "api-key: key").statusLine()).endsWith("200 OK");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 200",
    "127.0.0.0/8, 200",
    "0.0.0.0/0, 200",
    "127.0.0.2, 403",
    "10.0.0.0/8, 403",
    "::1, 403",
    "128.0.0.0/1, 403",
    "::/0, 403",
  })
  void theFirewallLetsInWhomItNames(String allowed, int status) {
    try (EmulatorFixture emulator = start("firewall: {allow: ['" + allowed + "']}")) {
      assertThat(call(emulator, "api-key: key").statusLine()).contains(" " + status + " ");
    }
  }

  @Test
  void whoIsKeptOutDoesNotLearnWhetherTheKeyIsRight() {
    try (EmulatorFixture emulator = start("firewall: {allow: []}")) {
      assertForbidden(call(emulator, "api-key: key"), FIREWALL);
      assertForbidden(call(emulator, "api-key: wrong"), FIREWALL);
      assertForbidden(call(emulator, "x-forwarded-for: 127.0.0.1\napi-key: key"), FIREWALL);
      assertThat(emulator.control().journal(JournalQuery.all()))
          .extracting(JournalEntry::reason)
          .containsOnly("firewall");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 200",
    "'203.0.113.7, 127.0.0.1', 200",
    "203.0.113.7:4711, 200",
    "'[2001:db8::7]:4711', 200",
    "2001:db8::7, 200",
    "'127.0.0.1, 203.0.113.7', 403",
    "somebody, 403",
    "'', 403",
  })
  void behindAProxyTheFirstAddressCounts(String forwarded, int status) {
    try (EmulatorFixture emulator =
        start("firewall: {allow: [203.0.113.0/24, '2001:db8::/32'], x-forwarded-for: true}")) {
      assertThat(call(emulator, "x-forwarded-for: " + forwarded + "\napi-key: key").statusLine())
          .contains(" " + status + " ");
    }
  }

  @Test
  void aBlockedResourceRefusesWhomItWouldHaveServed() {
    try (EmulatorFixture emulator = start("")) {
      var unused = emulator.control().patch(AccessPatch.blocked(true));

      Answer answer = call(emulator, "api-key: key");

      assertThat(answer.statusLine()).endsWith("403 Forbidden");
      assertThat(answer.body()).contains("resource has been temporarily blocked");
      assertThat(call(emulator, "api-key: wrong").statusLine()).contains(" 401 ");
    }
  }

  @Test
  void aResetLetsEverybodyInWhoWasLetInAtTheStart() {
    try (EmulatorFixture emulator = start("local-auth: false")) {
      AccessStatus start = emulator.control().access();
      var unused = emulator.control().patch(new AccessPatch(true, List.of("10.0.0.1"), true));
      assertThat(emulator.control().access())
          .isEqualTo(new AccessStatus(true, List.of("10.0.0.1"), true));

      emulator.control().reset();

      assertThat(emulator.control().access())
          .isEqualTo(start)
          .isEqualTo(new AccessStatus(false, List.of("0.0.0.0/0", "::/0"), false));
    }
  }

  @Test
  void theSummaryShowsNoKeyWhereNoneIsTaken() {
    try (EmulatorFixture emulator = start("local-auth: false")) {
      assertThat(emulator.emulator.summary())
          .contains("  api-key   none: local-auth is false")
          .contains("-H \"Authorization: Bearer $(curl -s ");
    }
  }
}
