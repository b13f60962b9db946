package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.spillway.control.ControlException;
import dev.spillway.control.FaultMatch;
import dev.spillway.control.FaultSchedule;
import dev.spillway.control.FaultSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Connections that nobody takes. */
class RefusedTest {

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.ofYaml(
          """
          listen: 127.0.0.1:0
          resources:
            main: {}
            other: {listen: 127.0.0.1:0}
          timelines:
            - {from: 10s, to: 40s, resource: other, what: [refused]}
          """);

  private final int port = emulator.emulator.uri("other").orElseThrow().getPort();

  private boolean isOpen() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aResourcesOwnPortIsClosedForAWhileAndOpenAgain() {
    assertThat(isOpen()).isTrue();

    emulator.clock.advance(Duration.ofSeconds(10));
    await().until(() -> !isOpen());
    assertThat(emulator.send("GET /emulator/health HTTP/1.1", "").statusLine()).endsWith("200 OK");
    assertThat(emulator.emulator.uri("other").orElseThrow().getPort()).isEqualTo(port);

    emulator.clock.advance(Duration.ofSeconds(30));
    await().until(this::isOpen);
  }

  @Test
  void itIsClosedAsSoonAsThatIsSetAndOpenAsSoonAsItIsTakenAway() {
    emulator.control().inject(refused("other"));
    assertThat(isOpen()).isFalse();

    emulator.control().deleteFault("gone");
    assertThat(isOpen()).isTrue();
  }

  @Test
  void whoIsConnectedIsCut() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(12)).hasSize(12);

      emulator.control().inject(refused("other"));

      assertThat(socket.getInputStream().readAllBytes()).isNotNull();
    }
  }

  @Test
  void aResourceWithoutAPortOfItsOwnCannotBeRefused() {
    assertThatExceptionOfType(ControlException.class)
        .isThrownBy(() -> emulator.control().inject(refused("main")))
        .withMessage("'refused' is of a resource with a port of its own, which 'main' is not");
  }

  private static FaultSpec refused(String resource) {
    return FaultSpec.parse("refused", FaultMatch.ANY.withResource(resource), FaultSchedule.ALWAYS)
        .named("gone");
  }
}
