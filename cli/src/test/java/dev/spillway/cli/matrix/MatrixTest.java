package dev.spillway.cli.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.rehearsal.RehearsalStages;
import dev.spillway.scenarios.result.ScenarioResult;
import dev.spillway.scenarios.run.Runner;
import dev.spillway.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixTest {

  private static final String TWO =
      """
      listen: 0.0.0.0:8081
      clients: [{name: app, key: "${NOBODY_SETS_THIS}"}]
      backends:
        east: {url: "https://east.openai.azure.com", deployment: gpt, credential: managed-identity}
        west: {url: "https://west.openai.azure.com", deployment: gpt, api-key: "${NOR_THIS}"}
      pools: {gpt: [{backend: east}, {backend: west, priority: 2}]}
      routes: [{deployment: gpt, pool: gpt}, {model: gpt, pool: gpt}]
      shared-state: {redis: "redis://nowhere:6379"}
      """;

  @TempDir private Path folder;

  private Matrix matrix(String yaml) throws Exception {
    Path file = folder.resolve("router.yaml");
    Files.writeString(file, yaml);
    return Matrix.of(file);
  }

  @Test
  void everyBackendHasEveryTroubleAloneAndWithAllOthers() throws Exception {
    assertThat(matrix(TWO).cells())
        .hasSize(3 * Trouble.values().length)
        .extracting(Matrix.Cell::row)
        .containsOnly("east", "west", "east + west");
  }

  @Test
  void whatAWellBackendCouldHaveSparedTheCallersIsTheOnlyFailure() throws Exception {
    Matrix matrix = matrix(TWO);
    Runner runner = new Runner(new RehearsalStages(name -> null), 42, TimeSource.system());
    List<ScenarioResult> results = new ArrayList<>();
    for (Matrix.Cell cell : matrix.cells()) {
      results.add(runner.run(cell.scenario()));
    }

    assertThat(results).allMatch(ScenarioResult::passes);
    assertThat(MatrixTable.of(matrix, results).lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "/openai/deployments/gpt/...",
            " east west east + west",
            " throttled ok ok 429 x8",
            " refusing ok ok 502 x8");
  }

  @Test
  void aLeakIsMarkedWithTheCallsThatShowIt() throws Exception {
    Matrix matrix = matrix(TWO.replace("listen:", "max-attempts: 1\nlisten:"));
    Runner runner = new Runner(new RehearsalStages(name -> null), 42, TimeSource.system());
    List<ScenarioResult> results = new ArrayList<>();
    for (Matrix.Cell cell : matrix.cells()) {
      results.add(runner.run(cell.scenario()));
    }

    assertThat(MatrixTable.of(matrix, results).lines())
        .anyMatch(line -> line.matches(" +unavailable +! 503 x\\d.*"))
        .contains("! /openai/deployments/gpt/...: east unavailable")
        .anyMatch(line -> line.matches(" +plain-1 at 0 ms: 503 after .*; asked east/gpt 503.*"));
  }

  @Test
  void aMistakeIsOfTheFile() {
    assertThatThrownBy(() -> matrix(TWO.replace("pools:", "pool:")))
        .hasMessage("router.yaml:6: unknown key 'pool'; did you mean 'pools'?");
  }
}
