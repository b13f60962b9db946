package dev.spillway.scenarios;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.spillway.scenarios");

  @Test
  void looksAtTheModulesClasses() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void knowsNeitherEmulatorNorRouter() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.xml.stream..",
            "com.fasterxml.jackson.annotation..",
            "org.jspecify..",
            "tools.jackson..",
            "dev.spillway.scenarios..",
            "dev.spillway.control..",
            "dev.spillway.wire..",
            "dev.spillway.yaml..",
            "dev.spillway.time..")
        .check(CLASSES);
  }

  @Test
  void arrowsPointDown() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("run")
        .definedBy("dev.spillway.scenarios.run..")
        .layer("report")
        .definedBy("dev.spillway.scenarios.report..")
        .layer("judge")
        .definedBy("dev.spillway.scenarios.judge..")
        .layer("play")
        .definedBy("dev.spillway.scenarios.play..")
        .layer("result")
        .definedBy("dev.spillway.scenarios.result..")
        .layer("format")
        .definedBy("dev.spillway.scenarios.format..")
        .layer("stage")
        .definedBy("dev.spillway.scenarios.stage..")
        .whereLayer("run")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("report")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("judge")
        .mayOnlyBeAccessedByLayers("run")
        .whereLayer("play")
        .mayOnlyBeAccessedByLayers("judge", "run")
        .whereLayer("result")
        .mayOnlyBeAccessedByLayers("play", "judge", "report", "run")
        .whereLayer("format")
        .mayOnlyBeAccessedByLayers("result", "play", "judge", "report", "run")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.spillway.scenarios.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
