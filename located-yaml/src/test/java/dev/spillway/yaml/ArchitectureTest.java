package dev.spillway.yaml;

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
          .importPackages("dev.spillway.yaml");

  @Test
  void looksAtTheModulesClasses() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void standsOnTheYamlEngineAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.snakeyaml..", "dev.spillway.yaml", "org.jspecify..")
        .check(CLASSES);
  }
}
