package dev.spillway.emulator.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class JournalTest {

  private static JournalEntry entry(long number) {
    return new JournalEntry(
        number,
        Instant.EPOCH.plusSeconds(number),
        Instant.EPOCH.plusSeconds(number),
        "id",
        null,
        null,
        "POST",
        "/",
        null,
        null,
        null,
        null,
        false,
        200,
        null,
        null,
        null,
        null,
        null,
        JournalEntry.COMPLETE,
        null);
  }

  private static Journal filled(Journal journal, int calls) {
    for (int i = 0; i < calls; i++) {
      journal.record(JournalTest::entry);
    }
    return journal;
  }

  @Test
  void keepsTheNewestAndGoesOnCounting() {
    assertThat(filled(new Journal(3, true), 5).find(JournalQuery.all()))
        .extracting(JournalEntry::number)
        .containsExactly(3L, 4L, 5L);
  }

  @Test
  void withoutCapacityItKeepsNothingAndWantsNoBodies() {
    Journal journal = filled(new Journal(0, true), 5);

    assertThat(journal.find(JournalQuery.all())).isEmpty();
    assertThat(journal.keepsBodies()).isFalse();
  }

  @Test
  void aLimitAsksForTheNewest() {
    Journal journal = filled(new Journal(10, true), 5);

    assertThat(journal.find(JournalQuery.all().withLimit(2)))
        .extracting(JournalEntry::number)
        .containsExactly(4L, 5L);
    assertThat(journal.find(JournalQuery.all().withLimit(0))).isEmpty();
    assertThat(journal.find(JournalQuery.all().withLimit(-1))).isEmpty();
    assertThat(journal.find(JournalQuery.all().withLimit(99))).hasSize(5);
  }

  @Test
  void manyWritersGetNumbersWithoutGapsInTheirOrder() {
    Journal journal = new Journal(10_000, true);
    try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        writers.execute(() -> filled(journal, 500));
      }
    }

    assertThat(journal.find(JournalQuery.all()))
        .extracting(JournalEntry::number)
        .containsExactlyElementsOf(
            java.util.stream.LongStream.rangeClosed(1, 4_000).boxed().toList());
  }
}
