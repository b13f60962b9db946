package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.FaultSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.emulator.RawHttp.Bytes;
import dev.spillway.emulator.RawHttp.End;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults that take time, by the emulator's clock. */
class FaultTimeTest {

  private static final String PLAIN = EmulatorFixture.body(34, ",\"max_tokens\":4");
  private static final String STREAM =
      EmulatorFixture.body(34, ",\"max_tokens\":4,\"stream\":true");

  @AutoClose private final EmulatorFixture emulator = EmulatorFixture.start("2026");

  @BeforeEach
  void readTheVocabulary() {
    assertThat(emulator.chat("mini", "2024-10-21", PLAIN).statusLine()).endsWith("200 OK");
    emulator.control().clearJournal();
  }

  private void set(String fault) {
    emulator.control().inject(FaultSpec.parse(fault).named("the fault"));
  }

  private JournalEntry last() {
    return emulator.control().journal(JournalQuery.all()).getLast();
  }

  @ParameterizedTest
  @CsvSource({
    "delay 1h at before, false",
    "delay 1h at headers, true",
    "delay 1h at before, true",
    "stall 1h at body, true",
    "stall 1h at byte 10, false",
    "stall 1h at chunk 2, true",
    "stall 1h at end, true",
    "stall 1h at end, false",
    "drip 20 every 15m at body, false",
    "drip 200 every 15m at body, true",
  })
  void anAnswerThatTakesLongerIsTheSameAnswer(String fault, boolean stream) {
    String body = stream ? STREAM : PLAIN;
    Bytes sound = emulator.bytes("mini", body);
    set(fault);
    emulator.clock.scale(36_000);
    Instant start = emulator.clock.instant();

    Bytes late = emulator.bytes("mini", body);

    assertThat(late.end()).isEqualTo(End.OPEN);
    assertThat(late.body().length()).isGreaterThanOrEqualTo(sound.body().length());
    assertThat(Duration.between(start, emulator.clock.instant()))
        .isGreaterThan(Duration.ofHours(1));
    assertThat(last().end()).isEqualTo(JournalEntry.COMPLETE);
    assertThat(last().reason()).isNull();
  }

  @Test
  void aClockThatStandsStillSkipsThemAll() {
    set("delay 1h at headers");

    assertThat(emulator.bytes("mini", PLAIN).statusLine()).endsWith("200 OK");
  }

  @Test
  void aHangEndsWhenTheClockHasComeSoFar() throws InterruptedException {
    set("hang 1m at chunk 2");
    AtomicBoolean over = new AtomicBoolean();
    Thread mover =
        Thread.startVirtualThread(() -> {
          while (!over.get()) {
            emulator.clock.advance(Duration.ofSeconds(1));
            Thread.onSpinWait();
          }
        });

    Bytes answer = emulator.bytes("mini", STREAM);
    over.set(true);
    mover.join();

    assertThat(answer.end()).isEqualTo(End.FIN);
    assertThat(answer.body()).doesNotContain("[DONE]");
  }

  @Test
  void whoeverLeavesAHangIsLetGo() {
    set("hang at headers");

    assertThat(emulator.bytes("mini", STREAM).end()).isEqualTo(End.OPEN);
    assertThat(emulator.emulator.unsettledPermits()).isZero();
    assertThat(last().end()).isEqualTo(JournalEntry.FAILED);
  }
}
