package dev.spillway.scenarios.run;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page says of each ready-made scenario what its file says. */
class KitPageTest {

  private static final Path PAGE = Path.of("../docs/kit.md");

  @Test
  void pageHasEveryScenario() throws IOException {
    List<Scenario> kit = Kit.read(new ScenarioReader(name -> null, client -> client));

    String page = Files.readString(PAGE);

    assertThat(page.substring(page.indexOf("\n## "))).isEqualTo(tables(kit));
  }

  private static String tables(List<Scenario> kit) {
    return kit.stream()
        .collect(
            groupingBy(Scenario::group, LinkedHashMap::new, mapping(KitPageTest::row, joining())))
        .entrySet()
        .stream()
        .map(group ->
            "\n## %s\n\n| scenario | why | from |\n|---|---|---|\n%s"
                .formatted(group.getKey(), group.getValue()))
        .collect(joining());
  }

  private static String row(Scenario scenario) {
    return "| [%s](../scenarios/%s) | %s | %s |\n"
        .formatted(
            scenario.name(),
            scenario.file(),
            scenario.why(),
            String.join(", ", scenario.sources()));
  }
}
