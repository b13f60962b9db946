package dev.spillway.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What a failed test shows. */
class FailureTest {

  @Test
  void aFailureShowsTheCallsOfItsTest() {
    assertThat(Played.of(Throttled.class).failures())
        .singleElement()
        .satisfies(failure ->
            assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOf(EmulatorJournal.class)
                .hasToString(
                    """
                    dev.spillway.junit.EmulatorJournal: 2 calls came to the emulator in this test:
                      call 1  +0 ms  local/micro  200, charged 17
                      call 2  +0 ms  local/micro  429 requests, told 10 s\
                    """));
  }

  @Test
  void aFailureWithoutCallsSaysSo() {
    assertThat(Played.of(NoCalls.class).failures())
        .singleElement()
        .satisfies(failure ->
            assertThat(failure.getSuppressed())
                .singleElement()
                .asString()
                .endsWith("no call came to the emulator in this test"));
  }

  @Test
  void aFailureAfterTheTestShowsThemToo() {
    assertThat(Played.of(FailsAfterwards.class).failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
  }

  @Test
  void ofManyCallsTheLastAreShown() {
    assertThat(Played.of(ManyCalls.class).failures())
        .singleElement()
        .satisfies(failure ->
            assertThat(failure.getSuppressed()[0].getMessage())
                .startsWith("23 calls came to the emulator in this test, the last 20 of them:")
                .hasLineCount(21)
                .doesNotContain("call 3 ")
                .contains("call 4 ")
                .contains("call 23 "));
  }

  @Test
  void aTestThatGaveUpOnAnAssumptionShowsNothing() {
    assertThat(Played.of(Assumes.class).failures())
        .singleElement()
        .satisfies(aborted -> assertThat(aborted.getSuppressed()).isEmpty());
  }

  @AzureOpenAi(
      frozen = true,
      deployments = @Deployment(name = "micro", model = "gpt-35-turbo", capacity = 1))
  @TestMethodOrder(MethodName.class)
  static class Throttled {

    @Test
    void aTestBefore(EmulatedAzure azure) {
      Chat.ask(azure, "micro"); // another test's call, which is not shown
    }

    @Test
    void isFailing(EmulatedAzure azure) {
      Chat.ask(azure, "micro");
      Assertions.assertEquals(200, Chat.ask(azure, "micro"));
    }
  }

  @AzureOpenAi
  static class NoCalls {
    @Test
    void isFailing() {
      Assertions.fail("on purpose");
    }
  }

  @AzureOpenAi
  static class FailsAfterwards {

    @Test
    void isFine(EmulatedAzure azure) {
      Chat.ask(azure, "micro");
    }

    @AfterEach
    void isFailing() {
      Assertions.fail("on purpose");
    }
  }

  @AzureOpenAi
  static class ManyCalls {
    @Test
    void isFailing(EmulatedAzure azure) {
      for (int i = 0; i < 23; i++) {
        Chat.ask(azure, "nowhere");
      }
      Assertions.fail("on purpose");
    }
  }

  @AzureOpenAi
  static class Assumes {
    @Test
    void isNotRun() {
      Assumptions.abort("on purpose");
    }
  }
}
