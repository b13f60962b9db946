package dev.spillway.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every arrow points down, and each library has one home. */
class ArchitectureTest {

  private static final String ROOT = "dev.spillway.emulator";

  /** Lowest first; packages of one level do not know each other. */
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of(
              ".model",
              ".metrics",
              ".request",
              ".schema",
              ".tls",
              ".filter",
              ".media",
              ".upstream",
              ".stored"),
          Set.of(".deployment", ".tokenizer", ".journal", ".identity", ".recording"),
          Set.of(".ratelimit", ".generation", ".fault", ".latency"),
          Set.of(".stub"),
          Set.of(".inference"),
          Set.of(".dataplane", ".controlplane", ".arm", ".identityplane"),
          Set.of(".http"),
          Set.of(""));

  private static final Set<String> MACHINE_TIME =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.time.Instant.now",
          "java.lang.Thread.sleep");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void looksAtTheModulesClasses() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(50);
  }

  @Test
  void everyPackageStandsOnALevel() {
    Set<String> packages =
        CLASSES.stream()
            .map(type -> type.getPackageName().substring(ROOT.length()))
            .collect(java.util.stream.Collectors.toSet());

    assertThat(packages)
        .containsExactlyInAnyOrderElementsOf(LEVELS.stream().flatMap(Set::stream).toList());
  }

  static IntStream levels() {
    return IntStream.range(0, LEVELS.size());
  }

  @ParameterizedTest
  @MethodSource("levels")
  void aLevelUsesOnlyThoseBelowIt(int level) {
    for (String name : LEVELS.get(level)) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + name)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others(level, name))
          .check(CLASSES);
    }
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyThePlanesAndTheServerKnowHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".dataplane",
            ROOT + ".controlplane",
            ROOT + ".arm",
            ROOT + ".identityplane",
            ROOT + ".http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    ".ratelimit, io.github.bucket4j..",
    ".ratelimit, io.lettuce..",
    ".tokenizer, com.knuddels..",
    ".tls, org.bouncycastle..",
    ".stub, com.google.re2j..",
    ".recording, org.snakeyaml.."
  })
  void oneLibraryHasOneHome(String home, String library) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + home)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void nobodyReadsTheMachinesClock() {
    noClasses()
        .should()
        .accessTargetWhere(
            DescribedPredicate.<JavaAccess<?>>describe(
                "is the machine's time",
                access ->
                    MACHINE_TIME.contains(
                        access.getTargetOwner().getName() + "." + access.getName())))
        .check(CLASSES);
  }

  /** The packages of this level and above, without the one itself. */
  private static String[] others(int level, String name) {
    return LEVELS.subList(level, LEVELS.size()).stream()
        .flatMap(Set::stream)
        .filter(other -> !other.equals(name))
        .flatMap(other -> Stream.of(ROOT + other))
        .toArray(String[]::new);
  }
}
