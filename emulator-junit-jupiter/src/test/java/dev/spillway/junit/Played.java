package dev.spillway.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** What came of test classes that were run within a test. */
record Played(EngineExecutionResults results) {

  private static final String PARALLEL = "junit.jupiter.execution.parallel.";

  static Played of(Class<?>... classes) {
    return new Played(kit(classes).execute());
  }

  /** All that may run side by side does, four at once. */
  static Played sideBySide(Class<?>... classes) {
    return new Played(
        kit(classes)
            .configurationParameter(PARALLEL + "enabled", "true")
            .configurationParameter(PARALLEL + "mode.default", "concurrent")
            .configurationParameter(PARALLEL + "config.strategy", "fixed")
            .configurationParameter(PARALLEL + "config.fixed.parallelism", "4")
            .execute());
  }

  private static EngineTestKit.Builder kit(Class<?>... classes) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(
            Arrays.stream(classes)
                .map(one -> selectClass(one))
                .toArray(org.junit.platform.engine.DiscoverySelector[]::new));
  }

  long succeeded() {
    return results.testEvents().succeeded().count();
  }

  /** What classes and tests failed with. */
  List<Throwable> failures() {
    return results.allEvents().finished().stream().flatMap(Played::failure).toList();
  }

  private static Stream<Throwable> failure(Event event) {
    return event
        .getPayload(TestExecutionResult.class)
        .flatMap(TestExecutionResult::getThrowable)
        .stream();
  }
}
