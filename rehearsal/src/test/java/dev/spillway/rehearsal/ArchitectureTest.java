package dev.spillway.rehearsal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "dev.spillway.rehearsal";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void looksAtTheModulesClasses() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void noPackageDependsOnItselfThroughOthers() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** The picture in docs/rehearsal.md. */
  @Test
  void everyArrowPointsDown() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("net")
        .definedBy(ROOT + ".net")
        .layer("backend")
        .definedBy(ROOT + ".backend")
        .layer("root")
        .definedBy(ROOT)
        .whereLayer("net")
        .mayNotAccessAnyLayer()
        .whereLayer("backend")
        .mayOnlyAccessLayers("net")
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void theNetworkKnowsNeitherProgram() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".net")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.spillway.emulator..", "dev.spillway.router..")
        .check(CLASSES);
  }

  @Test
  void thereAreNoSockets() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.net\\.(Server|Datagram)?Socket|java\\.nio\\.channels\\..*Channel")
        .check(CLASSES);
  }
}
