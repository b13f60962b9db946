package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.FaultStatus;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What goes wrong in a stretch of time, as the clock is moved. */
class TimelineTest {

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.ofYaml(
          """
          listen: 127.0.0.1:0
          resources:
            contoso-eastus:
              keys: [emulator-key-1]
              deployments: {gpt: {model: gpt-4.1-mini, capacity: 100}}
            contoso-sweden:
              region: swedencentral
              keys: [emulator-key-1]
              deployments: {gpt: {model: gpt-4.1-mini, capacity: 100}}
          timelines:
            - {name: sweden-down, from: 10s, to: 40s, region: swedencentral,
               what: [status 503, slow-first-token 5]}
          """);

  private String status(String resource) {
    String path = "/" + resource + "/openai/deployments/gpt/chat/completions";
    return emulator
        .post(path + "?api-version=2024-10-21", EmulatorFixture.body(1, ""))
        .statusLine()
        .substring("HTTP/1.1 ".length());
  }

  @Test
  void fromTenToFortySecondsSwedenCentralAnswers503AndNobodyElse() {
    assertThat(status("contoso-sweden")).isEqualTo("200 OK");

    emulator.clock.advance(Duration.ofSeconds(10));
    assertThat(status("contoso-sweden")).isEqualTo("503 Service Unavailable");
    assertThat(status("contoso-eastus")).isEqualTo("200 OK");
    emulator.clock.advance(Duration.ofMillis(29_999));
    assertThat(status("contoso-sweden")).isEqualTo("503 Service Unavailable");

    emulator.clock.advance(Duration.ofMillis(1));
    assertThat(status("contoso-sweden")).isEqualTo("200 OK");
    assertThat(emulator.control().faults())
        .extracting(status -> status.fault().name(), FaultStatus::used)
        .contains(org.assertj.core.api.Assertions.tuple("sweden-down 1", 2L));
  }

  @Test
  void aResetPlaysItAgain() {
    emulator.clock.advance(Duration.ofMinutes(5));
    emulator.control().clearFaults();
    emulator.control().reset();

    emulator.control().freeze();
    emulator.clock.advance(Duration.ofSeconds(15));

    assertThat(status("contoso-sweden")).isEqualTo("503 Service Unavailable");
  }
}
