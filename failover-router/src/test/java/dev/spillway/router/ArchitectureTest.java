package dev.spillway.router;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final String ROOT = "dev.spillway.router";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void looksAtTheModulesClasses() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(70);
  }

  @Test
  void noPackageDependsOnItselfThroughOthers() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  /** The picture in docs/architecture.md, line by line from the bottom. */
  @Test
  void everyArrowPointsDown() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("auth")
        .definedBy(ROOT + ".auth")
        .layer("metrics")
        .definedBy(ROOT + ".metrics")
        .layer("body")
        .definedBy(ROOT + ".body")
        .layer("ledger")
        .definedBy(ROOT + ".ledger")
        .layer("log")
        .definedBy(ROOT + ".log")
        .layer("stored")
        .definedBy(ROOT + ".stored")
        .layer("telemetry")
        .definedBy(ROOT + ".telemetry")
        .layer("backend")
        .definedBy(ROOT + ".backend")
        .layer("plan")
        .definedBy(ROOT + ".plan")
        .layer("quota")
        .definedBy(ROOT + ".quota")
        .layer("routing")
        .definedBy(ROOT + ".routing")
        .layer("health")
        .definedBy(ROOT + ".health")
        .layer("lookahead")
        .definedBy(ROOT + ".lookahead")
        .layer("upstream")
        .definedBy(ROOT + ".upstream")
        .layer("identity")
        .definedBy(ROOT + ".identity")
        .layer("replicas")
        .definedBy(ROOT + ".replicas")
        .layer("link")
        .definedBy(ROOT + ".link")
        .layer("trace")
        .definedBy(ROOT + ".trace")
        .layer("balancing")
        .definedBy(ROOT + ".balancing")
        .layer("config")
        .definedBy(ROOT + ".config")
        .layer("attempt")
        .definedBy(ROOT + ".attempt")
        .layer("gateway")
        .definedBy(ROOT + ".gateway")
        .layer("root")
        .definedBy(ROOT)
        .whereLayer("auth")
        .mayNotAccessAnyLayer()
        .whereLayer("metrics")
        .mayOnlyAccessLayers("trace")
        .whereLayer("log")
        .mayOnlyAccessLayers("trace")
        .whereLayer("telemetry")
        .mayOnlyAccessLayers("trace")
        .whereLayer("ledger")
        .mayOnlyAccessLayers("trace")
        .whereLayer("replicas")
        .mayOnlyAccessLayers("health", "link")
        .whereLayer("link")
        .mayNotAccessAnyLayer()
        .whereLayer("trace")
        .mayNotAccessAnyLayer()
        .whereLayer("stored")
        .mayNotAccessAnyLayer()
        .whereLayer("body")
        .mayNotAccessAnyLayer()
        .whereLayer("plan")
        .mayOnlyAccessLayers("auth", "body", "trace")
        .whereLayer("backend")
        .mayOnlyAccessLayers("auth")
        .whereLayer("quota")
        .mayOnlyAccessLayers("auth")
        .whereLayer("routing")
        .mayOnlyAccessLayers("plan", "backend", "auth")
        .whereLayer("health")
        .mayOnlyAccessLayers("backend")
        .whereLayer("lookahead")
        .mayOnlyAccessLayers("backend", "plan")
        .whereLayer("balancing")
        .mayOnlyAccessLayers("backend")
        .whereLayer("upstream")
        .mayOnlyAccessLayers("plan", "backend", "auth", "body", "trace", "link")
        .whereLayer("identity")
        .mayOnlyAccessLayers("upstream", "backend", "auth", "link")
        .whereLayer("config")
        .mayOnlyAccessLayers("routing", "plan", "backend", "auth", "body", "link")
        .whereLayer("attempt")
        .mayOnlyAccessLayers(
            "config",
            "balancing",
            "upstream",
            "health",
            "lookahead",
            "trace",
            "plan",
            "backend",
            "quota",
            "auth")
        .whereLayer("gateway")
        .mayOnlyBeAccessedByLayers("root")
        .layer("check")
        .definedBy(ROOT + ".check")
        .whereLayer("root")
        .mayOnlyBeAccessedByLayers("check")
        .whereLayer("check")
        .mayNotBeAccessedByAnyLayer()
        .check(CLASSES);
  }

  @Test
  void onlyTheGatewayKnowsTheHttpServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".gateway")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.javalin..",
            "jakarta.servlet..",
            "org.eclipse.jetty.server..",
            "org.eclipse.jetty.ee10..")
        .check(CLASSES);
  }

  @Test
  void onlyUpstreamKnowsTheHttpClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".upstream")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty.client..")
        .check(CLASSES);
  }

  @Test
  void onlyIdentityKnowsTheLibrariesOfAzure() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".identity")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.azure..", "com.microsoft..")
        .check(CLASSES);
  }

  /** Whoever collects no spans loads nothing of it. */
  @Test
  void onlyTheSpansKnowOpenTelemetry() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".telemetry")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(CLASSES);
  }

  @Test
  void onlyReplicasKnowsRedis() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".replicas")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.lettuce..")
        .check(CLASSES);
  }

  @Test
  void timeComesFromTheTimeSourceAlone() {
    noClasses()
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(CLASSES);
  }
}
