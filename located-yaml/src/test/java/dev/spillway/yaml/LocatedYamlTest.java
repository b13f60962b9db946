package dev.spillway.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatedYamlTest {

  private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "s3cret", "EMPTY", "");

  @Test
  void givesAnyValueAsJavasPlainTypes() {
    YamlValue value =
        parse("v: {a: [1, -2.50, true, null, 'true', text], b: {}, c: 1E+2}").get("v");

    assertThat(String.valueOf(value.plain()))
        .isEqualTo("{a=[1, -2.50, true, null, true, text], b={}, c=1E+2}");
  }

  @Test
  void whatRefersToItselfHasNoPlainValue() {
    YamlValue value = parse("v: &v\n  a: *v").get("v");

    assertThatThrownBy(value::plain).hasMessage("test.yaml:1: 'v' refers to itself");
  }

  @Test
  void aFileThatAProgramWroteIsReadAsItStands(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("written.yaml");
    String large = "x".repeat(4 * 1024 * 1024);
    Files.writeString(file, "a: ${NOBODY}\nb: " + large);

    YamlMap map = LocatedYaml.readAsWritten(file);

    assertThat(map.get("a").text()).isEqualTo("${NOBODY}");
    assertThat(map.get("b").text()).isEqualTo(large);
  }

  @Test
  void readsTypedValues() {
    YamlMap map =
        parse(
            """
            listen: 127.0.0.1:8080
            wire: 2026
            seed: 42
            on: true
            wait: 1.5s
            backend: {url: "http://127.0.0.1:1", key: "${KEY}"}
            names: [a, b]
            """);

    assertThat(map.get("listen").text()).isEqualTo("127.0.0.1:8080");
    assertThat(map.get("wire").text()).isEqualTo("2026");
    assertThat(map.get("seed").integer()).isEqualTo(42);
    assertThat(map.get("on").flag()).isTrue();
    assertThat(map.get("wait").duration()).isEqualTo(Duration.ofMillis(1500));
    YamlMap backend = map.get("backend").map();
    assertThat(backend.get("url").url()).hasPort(1);
    assertThat(backend.get("key").text()).isEqualTo("s3cret");
    assertThat(map.get("names").list()).extracting(YamlValue::text).containsExactly("a", "b");
    map.end();
  }

  @Test
  void aMappingOverAnotherHasTheKeysOfBothAndItsOwnFirst() {
    YamlValue base =
        LocatedYaml.parse(
                "base.yaml", "v:\n  kept: 1\n  deep: {a: 1, b: 2}\n  list: [1]", name -> null)
            .get("v");

    YamlValue merged = parse("v: {deep: {b: 3}, list: [2, 3], new: 4}").get("v").over(base);

    assertThat(String.valueOf(merged.plain()))
        .isEqualTo("{deep={b=3, a=1}, list=[2, 3], new=4, kept=1}");
  }

  @Test
  void complaintsAboutWhatWasMergedNameTheFileItComesFrom() {
    YamlValue base = LocatedYaml.parse("base.yaml", "\nv: {a: x, c: y}", name -> null).get("v");

    YamlMap merged = parse("v: {b: z}").get("v").over(base).map();

    assertThatThrownBy(() -> merged.get("a").integer())
        .hasMessageStartingWith("base.yaml:2: 'v.a'");
    assertThatThrownBy(() -> merged.get("b").integer())
        .hasMessageStartingWith("test.yaml:1: 'v.b'");
  }

  @Test
  void anEmptyDocumentIsAnEmptyMapping() {
    YamlMap map = parse("# nothing\n");

    map.end();
    assertThat(map.find("listen")).isEmpty();
  }

  @Test
  void aKeyWithoutAValueCountsAsLeftOut() {
    assertThat(parse("listen:\n").find("listen")).isEmpty();
  }

  @Test
  void anUnknownKeyIsRefusedWithItsLineAndTheKeyThatWasMeant() {
    YamlMap map = parse("listen: x\ndeploymnets: {}\n");
    map.find("listen");
    map.find("deployments");

    assertThatThrownBy(map::end)
        .hasMessage("test.yaml:2: unknown key 'deploymnets'; did you mean 'deployments'?");
  }

  @Test
  void anUnknownKeyUnlikeAnyOtherListsTheKnownOnes() {
    YamlMap map = parse("a:\n  colour: x\n").get("a").map();
    map.find("listen");
    map.find("wire");

    assertThatThrownBy(map::end)
        .hasMessage("test.yaml:2: unknown key 'a.colour'; expected one of listen, wire");
  }

  @Test
  void aMissingKeyIsNamedWithItsPathAndTheLineOfItsMapping() {
    YamlMap map = parse("x: 1\na:\n  b: 1\n").get("a").map();

    assertThatThrownBy(() -> map.get("url")).hasMessage("test.yaml:3: 'a.url' is missing");
  }

  @Test
  void aMissingKeyThatIsOnlyMisspeltIsShownWhereItStands() {
    YamlMap map = parse("listen: x\npool: y\n");
    map.find("listen");

    assertThatThrownBy(() -> map.get("pools"))
        .hasMessage("test.yaml:2: unknown key 'pool'; did you mean 'pools'?");
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThatThrownBy(() -> parse("a: 1\nb: 2\na: 3\n"))
        .hasMessage("test.yaml:3: 'a' is given twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [1]     | test.yaml:1: 'a' must be a whole number, not a list",
        "a: {b: 1}  | test.yaml:1: 'a' must be a whole number, not a mapping",
        "a: forty   | test.yaml:1: 'a' must be a whole number, not 'forty'",
        "a: '${KEY}'| test.yaml:1: 'a' must be a whole number, not '${KEY}'",
        "a: '${NO}' | test.yaml:1: the environment variable NO is not set",
      })
  void aValueOfTheWrongKindIsRefusedWithoutPrintingASecret(String text, String complaint) {
    YamlMap map = parse(text);

    assertThatThrownBy(() -> map.get("a").integer()).hasMessage(complaint);
  }

  @Test
  void aReferenceMayHaveADefault() {
    assertThat(parse("a: x${NO:-y}z").get("a").text()).isEqualTo("xyz");
    assertThat(parse("a: x${EMPTY}z").get("a").text()).isEqualTo("xz");
  }

  @Test
  void aNameThatPointsNowhereIsRefused() {
    YamlValue value = parse("pool: gtp").get("pool");

    assertThatThrownBy(() -> value.lookUp("pool", Map.of("gpt", 1)))
        .hasMessage(
            "test.yaml:1: 'pool' names the pool 'gtp', which does not exist; did you mean 'gpt'?");
  }

  @Test
  void brokenYamlIsRefusedWithItsLine() {
    assertThatThrownBy(() -> parse("a: 1\nb: [1, 2\nc: 3\n"))
        .isInstanceOf(YamlException.class)
        .hasMessageStartingWith("test.yaml:3: is not YAML: ");
    assertThatThrownBy(() -> parse("- a\n")).hasMessage("test.yaml:1: expected 'key: value' lines");
  }

  @Test
  void aFileThatCannotBeReadIsRefused(@TempDir Path folder) throws Exception {
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> LocatedYaml.read(folder.resolve("no.yaml"), ENVIRONMENT::get))
        .hasMessageEndingWith("no.yaml: there is no such file");
    assertThatThrownBy(() -> LocatedYaml.read(binary, ENVIRONMENT::get))
        .hasMessageEndingWith("b.yaml: is not a text file in UTF-8");
  }

  @ParameterizedTest
  @CsvSource({"250ms,250", "10s,10000", "1.5s,1500", "2m,120000", "1h,3600000", "0s,0"})
  void readsDurations(String text, long millis) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"10", "s", "-1s", "1 s", "1d"})
  void refusesOtherDurations(String text) {
    assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static YamlMap parse(String text) {
    return LocatedYaml.parse("test.yaml", text, ENVIRONMENT::get);
  }
}
