package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import java.util.Map;

/** What a test needs and this machine does not have. */
final class Missing {

  private Missing() {}

  /** Skips the test that asks, or fails it where all tests must run, unless there is a command. */
  static void unlessThereIs(String command, String why) {
    List<String> look = List.of("sh", "-c", "command -v " + command);
    try (Program found = Program.start(Program.root(), Map.of(), look)) {
      if (found.awaitExit() != 0) {
        throw skip(why);
      }
    }
  }

  /**
   * Skips the test that asks, or fails it where all tests must run.
   *
   * @param why one line
   */
  static AssertionError skip(String why) {
    assertThat(System.getenv("SPILLWAY_TESTS_MUST_RUN")).as(why).isNotEqualTo("true");
    abort(why);
    return fail(why);
  }
}
