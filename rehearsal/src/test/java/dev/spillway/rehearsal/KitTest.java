package dev.spillway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.ScenarioReader;
import dev.spillway.scenarios.report.Table;
import dev.spillway.scenarios.result.ScenarioResult;
import dev.spillway.scenarios.run.Kit;
import dev.spillway.scenarios.run.Runner;
import dev.spillway.time.TimeSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Our own router passes all of the ready-made scenarios. */
class KitTest {

  private final Runner runner =
      new Runner(new RehearsalStages(name -> null), 42, TimeSource.system());

  @TestFactory
  Stream<DynamicTest> everyScenarioPasses() {
    return kit().stream()
        .map(scenario ->
            DynamicTest.dynamicTest(
                scenario.group() + ": " + scenario.name(), () -> assertPasses(scenario)));
  }

  private void assertPasses(Scenario scenario) throws InterruptedException {
    ScenarioResult result = runner.run(scenario);
    assertThat(result.passes()).as(Table.of(result)).isTrue();
  }

  private static List<Scenario> kit() {
    return Kit.read(new ScenarioReader(name -> null, client -> client));
  }
}
