package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.cli.demo.SeedStory;
import dev.spillway.emulator.EmulatorConfig;
import dev.spillway.router.RouterConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what happens. */
class ReadmeIT {

  @Test
  void theDemosOutputIsTheRealOne() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (SeedStory story =
        SeedStory.on(new PrintStream(printed, true, StandardCharsets.UTF_8), false)) {
      assertThat(story.play()).isTrue();
    }

    assertThat(masked(shownDemo())).isEqualTo(masked(printed.toString(StandardCharsets.UTF_8)));
  }

  @Test
  void bothConfigurationFilesAreAccepted() throws IOException {
    List<String> files =
        Pattern.compile("```yaml\n(listen:.*?)```", Pattern.DOTALL)
            .matcher(readme())
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(files).hasSize(2);
    assertThat(EmulatorConfig.parse("emulator.yaml", files.get(0), name -> null).resources())
        .singleElement()
        .satisfies(resource -> assertThat(resource.deployments()).hasSize(2));
    assertThat(RouterConfig.parse("router.yaml", files.get(1), name -> "key").backends())
        .hasSize(2);
  }

  @Test
  void everyPageItLinksToIsThere() throws IOException {
    List<String> links =
        Pattern.compile("]\\(([^)#:]+)\\)")
            .matcher(readme())
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();

    assertThat(links)
        .isNotEmpty()
        .allSatisfy(link -> assertThat(Program.root().resolve(link)).exists());
  }

  private static String shownDemo() throws IOException {
    Matcher demo =
        Pattern.compile("<!-- demo -->\n```text\n(.*?)```\n<!-- /demo -->", Pattern.DOTALL)
            .matcher(readme());
    assertThat(demo.find()).isTrue();
    return demo.group(1);
  }

  /** Ports differ from run to run, and so does how many of the burst met a 429 first. */
  private static String masked(String output) {
    return output
        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
        .replaceAll("429s that the emulator sent: \\d+", "429s that the emulator sent: N")
        .strip();
  }

  private static String readme() throws IOException {
    return Files.readString(Program.root().resolve("README.md"));
  }
}
