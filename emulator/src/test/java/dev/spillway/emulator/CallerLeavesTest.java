package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CallerLeavesTest {

  /** More than any socket buffers hold. */
  private static final String HUGE =
      EmulatorFixture.body(4, ",\"n\":128,\"max_tokens\":400,\"stream\":true");

  @AutoClose
  private final EmulatorFixture emulator =
      EmulatorFixture.start("2026", DeploymentSpec.standard("big", "gpt-4o", Limit.UNLIMITED));

  @Test
  void aStreamWhoseCallerLeavesIsSettledAndJournalledAsCancelled() throws IOException {
    try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), emulator.emulator.port())) {
      caller.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
      assertThat(caller.getInputStream().readNBytes(15))
          .isEqualTo("HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII));
      assertThat(emulator.emulator.unsettledPermits()).isEqualTo(1);
      assertThat(emulator.control().journal(JournalQuery.all())).isEmpty();
    }

    await().until(() -> emulator.emulator.unsettledPermits() == 0);
    assertThat(emulator.control().journal(JournalQuery.all()))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.end()).isEqualTo(JournalEntry.CANCELLED);
          assertThat(entry.status()).isEqualTo(200);
          assertThat(entry.stream()).isTrue();
          assertThat(entry.chargedTokens()).isEqualTo(128 * 401);
        });
  }

  @Test
  void aStreamThatIsLeftIsJournalledWithTheTokensOfItsPart() throws IOException {
    try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), emulator.emulator.port())) {
      caller.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
      assertThat(caller.getInputStream().readNBytes(15)).hasSize(15);
    }
    await().until(() -> emulator.emulator.unsettledPermits() == 0);
    assertThat(emulator.chat("big", "2024-10-21", HUGE).statusLine()).endsWith("200 OK");

    List<JournalEntry> journal = emulator.control().journal(JournalQuery.all());
    assertThat(journal)
        .extracting(JournalEntry::end)
        .containsExactly(JournalEntry.CANCELLED, JournalEntry.COMPLETE);
    assertThat(journal.getFirst().completionTokens())
        .isNotNegative()
        .isLessThan(journal.getLast().completionTokens());
  }

  private static String request() {
    return "POST /openai/deployments/big/chat/completions?api-version=2024-10-21 HTTP/1.1\r\n"
        + "Host: localhost\r\napi-key: "
        + EmulatorFixture.KEY
        + "\r\nContent-Length: "
        + HUGE.length()
        + "\r\n\r\n"
        + HUGE;
  }
}
