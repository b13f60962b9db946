package dev.spillway.scenarios.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.spillway.scenarios.run.ScenarioFiles;
import dev.spillway.yaml.LocatedYaml;
import dev.spillway.yaml.YamlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema that editors are given, the page, and the code know the same keys and words. */
class SchemaTest {

  private static final Path ROOT = Path.of("..");
  private static final JsonMapper JSON = new JsonMapper();

  private static final String SMALL =
      """
      scenario: Small
      emulator: {resources: {a: {deployments: {gpt: {model: gpt-4o}}}}}
      traffic: [{calls: 1}]
      expect: [{leaked-429: 0}]
      """;

  /**
   * For each mapping, and each value that is one of some words, what is put in the place of a line
   * of the small file, or behind it; {@code ?} is a key or a word that nobody knows.
   */
  private static final String UNKNOWN =
      """
      file              | ?: 1
      client            | client: {?: 1}
      patch             | deployments: {a/gpt: {?: 1}}
      traffic           | traffic: [{calls: 1, ?: 1}]
      traffic.operation | traffic: [{calls: 1, operation: ?}]
      event             | timeline: [{fault: reset, ?: 1}]
      event             | timeline: [{deployment: a/gpt, delete: true, ?: 1}]
      match             | timeline: [{fault: reset, match: {?: 1}}]
      action            | timeline: [{fault: {status: 500, ?: 1}}]
      expectation       | expect: [{leaked-429: 0, ?: 1}]
      streams           | expect: [{streams: {?: 1}}]
      verdict           | expect: [{verdict: {?: 1}}]
      verdict.tolerate  | expect: [{verdict: {tolerate: [?]}}]
      verdict.forbid    | expect: [{verdict: {forbid: [?]}}]
      text-rule         | expect: [{answer: {?: 1}}]
      """;

  private static final Pattern KNOWN = Pattern.compile("(?:one of|there is) (.*?)(?:, not .*)?$");

  private static Scenario parse(String yaml) {
    return new ScenarioReader(name -> null, client -> client).parse(Path.of("kit/x.yaml"), yaml);
  }

  @Test
  void theSchemaHasTheKeysAndWordsThatTheCodeReads() {
    Map<String, Set<String>> code = new TreeMap<>();
    UNKNOWN
        .lines()
        .map(line -> line.split(" +\\| ", 2))
        .forEach(probe ->
            code.computeIfAbsent(probe[0], any -> new TreeSet<>())
                .addAll(known(probe[1].replace("?", "zzzzzzzzzzzz"))));

    assertThat(schemaWords()).containsExactlyEntriesOf(code);
  }

  private static List<String> known(String line) {
    String key = line.substring(0, line.indexOf(':') + 1);
    String others =
        SMALL.lines().filter(one -> !one.startsWith(key)).collect(Collectors.joining("\n"));
    String yaml = others + "\n" + line + "\n";
    YamlException complaint = catchThrowableOfType(YamlException.class, () -> parse(yaml));
    assertThat(complaint).as(yaml).isNotNull();
    Matcher list = KNOWN.matcher(String.valueOf(complaint.getMessage()));
    assertThat(list.find()).as("%s%nfor%n%s", complaint.getMessage(), yaml).isTrue();
    return List.of(list.group(1).split(", | or ", -1));
  }

  /** The keys of each mapping by its name, and by name and key the words that a value can be. */
  private static Map<String, Set<String>> schemaWords() {
    Map<String, Set<String>> words = new TreeMap<>();
    addWords("file", schema(), words);
    schema()
        .path("$defs")
        .properties()
        .forEach(each -> addWords(each.getKey(), each.getValue(), words));
    return words;
  }

  private static void addWords(String name, JsonNode mapping, Map<String, Set<String>> words) {
    for (Map.Entry<String, JsonNode> property : mapping.path("properties").properties()) {
      words.computeIfAbsent(name, any -> new TreeSet<>()).add(property.getKey());
      for (JsonNode list : property.getValue().findValues("enum")) {
        Set<String> some =
            words.computeIfAbsent(name + "." + property.getKey(), any -> new TreeSet<>());
        list.forEach(word -> some.add(word.asString()));
      }
    }
    mapping.path("anyOf").forEach(one -> addWords(name, one, words));
  }

  @Test
  void thePagesHaveTheKeysAndWordsThatTheSchemaHas() {
    String code =
        Stream.of("docs/scenarios.md", "docs/verdict.md", "docs/configuration.md")
            .flatMap(page -> spans(text(ROOT.resolve(page))).stream())
            .collect(Collectors.joining(" "));

    assertThat(schemaWords().values().stream().flatMap(Collection::stream).distinct())
        .hasSizeGreaterThan(100)
        .filteredOn(word ->
            !Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])")
                .matcher(code)
                .find())
        .isEmpty();
  }

  @Test
  void theSchemaHasTheKeysThatThePageHas() {
    Set<String> words =
        schemaWords().values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
    String page = text(ROOT.resolve("docs/scenarios.md"));

    assertThat(page.substring(page.indexOf("## The file")).lines())
        .filteredOn(row -> row.startsWith("| `"))
        .hasSizeGreaterThan(60)
        .flatMap(row -> spans(row.substring(0, row.indexOf('|', 1))))
        .allSatisfy(key -> assertThat(words).contains(key));
  }

  private static List<String> spans(String page) {
    return Pattern.compile("`([^`\n]+)`").matcher(page).results().map(one -> one.group(1)).toList();
  }

  static Stream<Arguments> samples() {
    Stream<Arguments> pages =
        Stream.of("README.md", "docs/scenarios.md")
            .flatMap(page ->
                Pattern.compile("```yaml\n(scenario:.*?)```", Pattern.DOTALL)
                    .matcher(text(ROOT.resolve(page)))
                    .results()
                    .map(block -> arguments(page, block.group(1))));
    Stream<Arguments> kit =
        ScenarioFiles.in(Path.of("kit")).stream()
            .map(file -> arguments(file.toString(), text(file)));
    return Stream.concat(pages, kit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void everySampleFitsTheSchemaAndTheCode(String file, String yaml) {
    Path place = file.endsWith(".md") ? Path.of("kit/throttling/sample.yaml") : Path.of(file);
    String setup =
        file.endsWith(".md") ? yaml.replace("setup: setup/", "setup: ../../setup/") : yaml;

    assertThat(errors(yaml)).as("%s%n%s", file, yaml).isEmpty();
    assertThat(
            new ScenarioReader(name -> null, client -> client).parse(place, setup).expectations())
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "scenario: | scenari:",
        "calls: 10 | calls: 0",
        "prompt: 160 | prompt: long",
        "every: 1s | every: 1",
        "rate: 2/s | rate: 2",
        "bytes: 16KiB | bytes: 16KB",
        "capacity: 40k | capacity: forty",
        "probability: 0.5 | probability: 2",
        "200: all | 200: every",
        "200: all | OK: all",
        "streams: complete | streams: whole",
        "max-attempts: 3 | max-attempts: 0",
        "p95: '<= 50ms' | p95: '<= 50'",
        "waits-told: 1s..60s | waits-told: 1..60",
        "alive-after: 10s | alive-after: soon",
      })
  void whatTheProgramRefusesTheSchemaRefuses(String right, String wrong) {
    String yaml =
        """
        scenario: Everything
        emulator: {resources: {a: {deployments: {gpt: {model: gpt-4o}}}}}
        deployments: {a/gpt: {capacity: 40k}}
        traffic:
          - {name: one, calls: 10, every: 1s, prompt: 160}
          - {name: two, rate: 2/s, for: 1m, bytes: 16KiB}
        timeline: [{fault: reset, probability: 0.5}]
        expect:
          - {statuses: {200: all}, streams: complete, verdict: {max-attempts: 3}}
          - {added-latency: {p95: '<= 50ms'}, waits-told: 1s..60s, alive-after: 10s}
        """;
    String broken = yaml.replace(right, wrong);
    assertThat(broken).isNotEqualTo(yaml);
    assertThat(errors(yaml)).isEmpty();
    assertThat(parse(yaml)).isNotNull();

    assertThat(errors(broken)).isNotEmpty();
    assertThat(catchThrowableOfType(YamlException.class, () -> parse(broken))).isNotNull();
  }

  private static List<Error> errors(String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schema().toString(), InputFormat.JSON);
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    LocatedYaml.parse("x.yaml", yaml, name -> "${" + name + "}")
        .entries()
        .forEach((key, value) -> document.put(key, value.plain()));
    return schema.validate(JSON.writeValueAsString(document), InputFormat.JSON);
  }

  private static JsonNode schema() {
    return JSON.readTree(
        Objects.requireNonNull(Scenario.class.getResourceAsStream("scenario.schema.json")));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
