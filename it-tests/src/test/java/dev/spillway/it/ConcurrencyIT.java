package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many callers at once, far over the primary's quota. */
final class ConcurrencyIT {

  private static final int CALLERS = 32;
  private static final int MICRO_HOLDS = 3;

  @RegisterExtension private final BothPrograms programs = BothPrograms.of("2024");

  @ParameterizedTest(name = "{0}, stream: {1}")
  @CsvSource({"PATH, false", "PATH, true", "DATED, false", "DATED, true", "V1, false", "V1, true"})
  void nobodySees429WhileTheSecondaryHasRoom(Door door, boolean stream) throws Exception {
    programs.limitTokensOnly("micro", 1_000);
    programs.limitTokensOnly("35turbo", 40_000);
    List<Answer> answers = allAtOnce(CALLERS, () -> programs.routed(door, stream));

    assertThat(answers).allMatch(Answer::isComplete);
    assertThat(programs.count("micro", 200)).isEqualTo(MICRO_HOLDS);
    assertThat(programs.count("35turbo", 200)).isEqualTo(CALLERS - MICRO_HOLDS);
    assertThat(programs.count("35turbo", 429)).isZero();
  }

  @Test
  void theLastTokenOfTheSecondaryIsStillServed() throws Exception {
    programs.limitTokensOnly("micro", 1_000);
    programs.limitTokensOnly("35turbo", (CALLERS - MICRO_HOLDS) * Chat.TOKENS);
    List<Answer> answers = allAtOnce(CALLERS, programs::routed);

    assertThat(answers).allMatch(Answer::isComplete);
    assertThat(programs.routed().status()).isEqualTo(429);
  }

  @Test
  void overTheQuotaOfBothAsManyAreServedAsBothHoldAndTheOthersAreToldToWait() throws Exception {
    programs.limitTokensOnly("micro", 1_000);
    programs.limitTokensOnly("35turbo", 3_000);
    List<Answer> answers = allAtOnce(CALLERS, programs::routed);

    assertThat(answers).filteredOn(Answer::isComplete).hasSize(13);
    assertThat(answers)
        .filteredOn(answer -> !answer.isComplete())
        .hasSize(CALLERS - 13)
        .allMatch(answer -> answer.status() == 429)
        .allMatch(answer -> answer.header("Retry-After").equals("60"));
  }

  private static List<Answer> allAtOnce(int count, Callable<Answer> call) throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : callers.invokeAll(Collections.nCopies(count, call))) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
