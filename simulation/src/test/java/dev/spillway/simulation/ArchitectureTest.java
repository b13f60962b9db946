package dev.spillway.simulation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "dev.spillway.simulation";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void looksAtTheModulesClasses() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(50);
  }

  @Test
  void noPackageDependsOnItselfThroughOthers() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** The picture in docs/simulation.md. */
  @Test
  void everyArrowPointsDown() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("world")
        .definedBy(ROOT + ".world")
        .layer("story")
        .definedBy(ROOT + ".story")
        .layer("backend")
        .definedBy(ROOT + ".backend")
        .layer("invariant")
        .definedBy(ROOT + ".invariant")
        .layer("root")
        .definedBy(ROOT)
        .whereLayer("world")
        .mayNotAccessAnyLayer()
        .whereLayer("story")
        .mayOnlyAccessLayers("world")
        .whereLayer("backend")
        .mayOnlyAccessLayers("world", "story")
        .whereLayer("invariant")
        .mayOnlyAccessLayers("world", "story")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  /** The judge must not believe what the router thinks of itself. */
  @Test
  void theJudgeKnowsNothingOfTheRoutersMemory() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".invariant")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.spillway.router.attempt..",
            "dev.spillway.router.health..",
            "dev.spillway.router.balancing..")
        .check(CLASSES);
  }

  @Test
  void thereAreNoSockets() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "org.eclipse.jetty..", "io.javalin..")
        .check(CLASSES);
  }
}
