package dev.spillway.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.ScenarioReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KitTest {

  private final List<Scenario> kit = Kit.read(new ScenarioReader(name -> null, client -> client));

  @Test
  void everyScenarioIsPackaged() {
    assertThat(kit)
        .hasSameSizeAs(ScenarioFiles.in(Path.of("kit")))
        .extracting(Scenario::file)
        .allSatisfy(file -> assertThat(file).startsWith("kit/"));
  }

  @Test
  void everyGroupIsThere() {
    assertThat(kit).hasSizeGreaterThan(80);
    assertThat(kit.stream().map(Scenario::group).distinct())
        .containsExactlyInAnyOrder(
            "bodies",
            "load",
            "money",
            "outage",
            "recovery",
            "streams",
            "throttling",
            "use-cases",
            "waiting");
  }

  @Test
  void everyScenarioSaysWhyItMattersAndWhereItComesFrom() {
    assertThat(kit)
        .allSatisfy(scenario -> {
          assertThat(scenario.why()).as(scenario.file()).isNotBlank();
          assertThat(scenario.sources()).as(scenario.file()).isNotEmpty();
        });
  }

  @Test
  void namesAreOfOneScenarioEach() {
    assertThat(kit).extracting(Scenario::name).doesNotHaveDuplicates();
  }
}
