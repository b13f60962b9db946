package dev.spillway.control;

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
          .importPackages("dev.spillway.control");

  @Test
  void looksAtTheModulesClasses() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void standsOnTheWireAndJacksonAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "tools.jackson..",
            "com.fasterxml.jackson.annotation..",
            "dev.spillway.time",
            "dev.spillway.wire",
            "dev.spillway.control..",
            "org.jspecify..")
        .check(CLASSES);
  }
}
