package dev.spillway.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.spillway.junit");

  @Test
  void looksAtTheModulesClasses() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void standsOnTheEmulatorAndJUnitAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.junit..",
            "org.opentest4j",
            "dev.spillway.control",
            "dev.spillway.emulator",
            "dev.spillway.emulator.dataplane",
            "dev.spillway.emulator.deployment",
            "dev.spillway.emulator.model",
            "dev.spillway.junit",
            "org.jspecify..")
        .check(CLASSES);
  }
}
