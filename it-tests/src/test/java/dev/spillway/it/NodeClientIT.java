package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's client for Node as it is, by the tests in {@code src/test/node}: each of them is one
 * here, too.
 */
final class NodeClientIT {

  /** They run in one process, which takes all of their emulators along. */
  @TestFactory
  Stream<DynamicTest> openaiForNode() {
    List<NodeTests.Result> results = run();
    assertThat(results).as("tests that node has run").hasSizeGreaterThan(100);
    return results.stream()
        .map(result -> DynamicTest.dynamicTest(result.name(), result::assertPassed));
  }

  /** The client may well say that it has seen no 429; this asks the other side. */
  private static NodeTests.Result seenBehind(Throttled throttled) {
    String told = "the first deployments have refused, and no request got to know of it";
    List<String> attempts = throttled.attempts();
    return attempts.contains("chat-first 429")
            && attempts.contains("vectors-first 429")
            && throttled.traces().stream().noneMatch(trace -> status(trace) == 429)
        ? new NodeTests.Result(told, null)
        : new NodeTests.Result(told, attempts + " " + throttled.traces());
  }

  private static int status(JsonNode trace) {
    return trace.get("status").intValue();
  }

  private static List<NodeTests.Result> run() {
    return switch (NodeTests.prepare(Program.root().resolve("it-tests"))) {
      case NodeTests.Ready ready -> {
        try (OneEmulator early = OneEmulator.of("2024");
            OneEmulator middle = OneEmulator.of("2025");
            OneEmulator late = OneEmulator.of("2026");
            Throttled throttled = Throttled.of("2026")) {
          List<NodeTests.Result> results = ready.run(List.of(early, middle, late), throttled);
          yield Stream.concat(results.stream(), Stream.of(seenBehind(throttled))).toList();
        }
      }
      case NodeTests.NotHere notHere -> throw Missing.skip(notHere.why());
    };
  }
}
