package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** The code of docs/junit.md, compiled and run as it is written there. */
final class JunitPageIT {

  private static final Pattern FAILURE =
      Pattern.compile("```text\n(java.lang.Ill.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void everyTestOfThePagePasses() throws Exception {
    ShownTests shown = ShownTests.of(page(), folder);
    assertThat(shown.names())
        .containsExactly("Assistant.java", "AssistantTest.java", "BuiltTest.java");

    TestExecutionSummary summary = shown.run("AssistantTest", "BuiltTest");

    assertThat(summary.getFailures()).extracting(Failure::getException).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(4);
  }

  @Test
  void theFailureThatItShowsIsARealOne() throws Exception {
    String withoutTheSecond =
        page().replace("List.of(\"primary\", \"secondary\")", "List.of(\"primary\")");

    TestExecutionSummary summary = ShownTests.of(withoutTheSecond, folder).run("AssistantTest");

    assertThat(summary.getFailures())
        .singleElement()
        .extracting(failure -> withoutFrames(failure.getException()))
        .isEqualTo(FAILURE.matcher(page()).results().findFirst().orElseThrow().group(1).strip());
  }

  private static String withoutFrames(Throwable failure) {
    StringBuilder lines = new StringBuilder(failure.toString());
    Stream.of(failure.getSuppressed())
        .forEach(suppressed -> lines.append("\n\tSuppressed: ").append(suppressed));
    return lines.toString();
  }

  private static String page() throws IOException {
    return Files.readString(Program.root().resolve("docs/junit.md"));
  }
}
