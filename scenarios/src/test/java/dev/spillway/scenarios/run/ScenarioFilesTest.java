package dev.spillway.scenarios.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFilesTest {

  @TempDir private Path folder;

  @Test
  void allBelowAFolderInOrderButSetups() throws Exception {
    List<String> names = List.of("b/two.yaml", "a/one.yml", "a/readme.md", "a/setup/s.yaml");
    for (String name : names) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), "");
    }

    assertThat(ScenarioFiles.in(folder))
        .containsExactly(folder.resolve("a/one.yml"), folder.resolve("b/two.yaml"));
  }

  @Test
  void aFileIsItselfWhateverItsName() {
    Path file = folder.resolve("setup/any");

    assertThat(ScenarioFiles.in(file)).containsExactly(file);
  }
}
