package dev.spillway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples of docs/clients.md are those that tests run. */
class ClientsPageIT {

  private static final Pattern SHOWN = Pattern.compile("```(?:java|js)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern RUN =
      Pattern.compile(" *// example\n(.*?) *// end\n", Pattern.DOTALL);
  private static final Path TESTS = Program.root().resolve("it-tests/src/test");

  @Test
  void whatIsShownIsWhatIsRun() {
    Path here = TESTS.resolve("java/dev/spillway/it");
    List<String> run =
        Stream.of(
                here.resolve("OfficialExamplesIT.java"),
                here.resolve("AzureExamplesIT.java"),
                TESTS.resolve("node/page.test.mjs"))
            .flatMap(file -> all(RUN, file).map(ClientsPageIT::leftmost))
            .toList();
    List<String> shown = all(SHOWN, Program.root().resolve("docs/clients.md")).toList();

    assertThat(shown).hasSizeGreaterThan(5).containsExactlyInAnyOrderElementsOf(run);
  }

  private static String leftmost(String lines) {
    return lines.stripTrailing().stripIndent() + "\n";
  }

  private static Stream<String> all(Pattern pattern, Path file) {
    try {
      return pattern.matcher(Files.readString(file)).results().map(found -> found.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
