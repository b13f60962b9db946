package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** The code of docs/testcontainers.md as it is written there, but for the name of the image. */
final class TestcontainersPageIT {

  @TempDir private Path folder;

  @BeforeAll
  static void build() {
    Docker.buildImage();
  }

  @Test
  void everyTestOfThePagePasses() throws Exception {
    String page = Files.readString(Program.root().resolve("docs/testcontainers.md"));
    ShownTests shown =
        ShownTests.of(
            page.replace(
                "EmulatorContainer(\"spillway\")", "EmulatorContainer(\"" + Docker.IMAGE + "\")"),
            folder);

    TestExecutionSummary summary = shown.run("ThrottledTest");

    assertThat(summary.getFailures()).extracting(Failure::getException).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(2);
  }
}
