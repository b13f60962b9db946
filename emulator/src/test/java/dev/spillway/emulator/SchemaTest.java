package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
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

/** The schema that editors are given, the pages, and the code know the same keys and words. */
class SchemaTest {

  private static final Path ROOT = Path.of("..");
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * For each mapping of the file, and each value of it that is one of some words, a file in which
   * {@code ?} is a key or a word that nobody knows, so that the complaint lists those there are.
   */
  private static final String UNKNOWN =
      """
      file                      | {?: 1}
      file.wire                 | {wire: ?}
      file.api-versions         | {api-versions: ?}
      file.charge               | {charge: ?}
      journal                   | {journal: {?: 1}}
      tls                       | {tls: {listen: 'h:1', ?: 1}}
      latency                   | {latency: {?: 1}}
      latency.jitter            | {latency: {jitter: ?}}
      latency.delivery          | {latency: {delivery: ?}}
      latency.while-frozen      | {latency: {while-frozen: ?}}
      recordings                | {recordings: {?: 1}}
      recordings.mode           | {recordings: {mode: ?}}
      recordings.unmatched      | {recordings: {unmatched: ?}}
      recordings.match          | {recordings: {match: ?}}
      recordings.repeat         | {recordings: {repeat: ?}}
      upstream                  | {recordings: {upstream: {endpoint: 'http://h', ?: 1}}}
      upstream.kind             | {recordings: {upstream: {endpoint: 'http://h', kind: ?}}}
      fault                     | {faults: [{what: reset, ?: 1}]}
      match                     | {faults: [{what: reset, match: {?: 1}}]}
      action                    | {faults: [{what: {status: 500, ?: 1}}]}
      schedule                  | {faults: [{what: reset, when: {?: 1}}]}
      timeline                  | {timelines: [{what: [], ?: 1}]}
      content-filter            | {content-filters: {f: {?: 1}}}
      content-filter.mode       | {content-filters: {f: {mode: ?}}}
      prompt-rules              | {content-filters: {f: {prompt: {?: 1}}}}
      completion-rules          | {content-filters: {f: {completion: {?: 1}}}}
      blocklist                 | {content-filters: {f: {blocklists: {b: {?: 1}}}}}
      trigger                   | {content-filters: {f: {triggers: [{text: t, category: error, ?: 1}]}}}
      trigger                   | {content-filters: {f: {triggers: [{text: t, category: hate, severity: low, ?: 1}]}}}
      trigger.in                | {content-filters: {f: {triggers: [{text: t, in: ?}]}}}
      trigger.judges            | {content-filters: {f: {triggers: [{text: t, judges: ?}]}}}
      trigger.category          | {content-filters: {f: {triggers: [{text: t, category: ?}]}}}
      trigger.category          | {content-filters: {f: {triggers: [{text: t, in: completion, category: ?}]}}}
      trigger.severity          | {content-filters: {f: {triggers: [{text: t, category: hate, severity: safe}]}}}
      entra                     | {entra: {?: 1}}
      entra.mode                | {entra: {mode: ?}}
      entra.default-roles       | {entra: {default-roles: [?]}}
      principal                 | {entra: {principals: {p: {?: 1}}}}
      principal.roles           | {entra: {principals: {p: {roles: [?]}}}}
      model                     | {models: [{name: m, ?: 1}]}
      model.class               | {models: [{name: m, class: ?}]}
      model.encoding            | {models: [{name: m, encoding: ?}]}
      model.reports             | {models: [{name: m, reports: ?}]}
      model.family              | {models: [{name: m, family: ?}]}
      model.does                | {models: [{name: m, does: [?]}]}
      model.status              | {models: [{name: m, status: ?}]}
      resource                  | {resources: {r: {?: 1}}}
      resource.kind             | {resources: {r: {kind: ?}}}
      firewall                  | {resources: {r: {firewall: {allow: [], ?: 1}}}}
      deployment                | {resources: {r: {deployments: {d: {model: m, ?: 1}}}}}
      deployment.sku            | {resources: {r: {deployments: {d: {model: m, sku: ?}}}}}
      generator                 | {resources: {r: {deployments: {d: {model: m, generator: {name: echo, ?: 1}}}}}}
      generator.name            | {resources: {r: {deployments: {d: {model: m, generator: ?}}}}}
      generator.unmatched       | {resources: {r: {deployments: {d: {model: m, generator: {name: stubs, unmatched: ?}}}}}}
      stub                      | {stubs: [{answer: a, ?: 1}]}
      condition                 | {stubs: [{answer: a, when: {?: 1}}]}
      text-match                | {stubs: [{answer: a, when: {user: {?: 1}}}]}
      answer                    | {stubs: [{answer: {text: a, ?: 1}}]}
      answer.finish-reason      | {stubs: [{answer: {text: a, finish-reason: ?}}]}
      call                      | {stubs: [{answer: {calls: [{name: c, ?: 1}]}}]}
      usage                     | {stubs: [{answer: {text: a, usage: {?: 1}}}]}
      quota                     | {quotas: [{region: r, model: m, limit: 1, ?: 1}]}
      quota.sku                 | {quotas: [{region: r, model: m, limit: 1, sku: ?}]}
      """;

  private static final Pattern KNOWN =
      Pattern.compile("(?:one of|there is|compared by) (.*?)(?:, not .*)?$");

  @Test
  void theSchemaHasTheKeysAndWordsThatTheCodeReads() {
    Map<String, Set<String>> code = new TreeMap<>(rules());
    UNKNOWN
        .lines()
        .map(line -> line.split(" +\\| ", 2))
        .forEach(probe ->
            code.computeIfAbsent(probe[0], any -> new TreeSet<>())
                .addAll(known(probe[1].replace("?", "zzzzzzzzzzzz"))));

    assertThat(schemaWords()).containsExactlyEntriesOf(code);
  }

  /** Every category of a content filter is a key of its own, with words of its own. */
  private static Map<String, Set<String>> rules() {
    Map<String, Set<String>> rules = new TreeMap<>();
    for (String side : List.of("prompt", "completion")) {
      for (String category :
          known("{content-filters: {f: {%s: {zzzzzzzzzzzz: 1}}}}".formatted(side))) {
        rules.put(
            side + "-rules." + category,
            new TreeSet<>(
                known("{content-filters: {f: {%s: {%s: zzz}}}}".formatted(side, category))));
      }
    }
    return rules;
  }

  private static List<String> known(String yaml) {
    YamlException complaint =
        catchThrowableOfType(
            YamlException.class, () -> EmulatorConfig.parse("emulator.yaml", yaml, name -> null));
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
        Stream.of(page(), text("docs/latency.md"), text("docs/identity.md"), text("docs/stubs.md"))
            .flatMap(page -> spans(page).stream())
            .collect(Collectors.joining(" "));

    assertThat(schemaWords().values().stream().flatMap(Collection::stream).distinct())
        .filteredOn(word ->
            !Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])")
                .matcher(code)
                .find())
        .isEmpty();
  }

  @Test
  void theSchemaHasTheKeysThatThePageHas() {
    Set<String> keys = new TreeSet<>();
    schemaWords().forEach((name, words) -> keys.addAll(name.contains(".") ? Set.of() : words));
    String table = page().substring(page().indexOf("| key |"), page().indexOf("\n### "));

    assertThat(table.lines().skip(2))
        .hasSizeGreaterThan(80)
        .flatMap(row -> spans(row.substring(0, row.indexOf('|', 1))))
        .flatMap(span -> List.of(span.replaceAll("<[^>]*>|\\[]|…", "").split("\\.")))
        .filteredOn(key -> !key.isEmpty())
        .allSatisfy(key -> assertThat(keys).contains(key));
  }

  /** What the page of the configuration says of emulator.yaml. */
  private static String page() {
    String page = text("docs/configuration.md");
    return page.substring(page.indexOf("\n## emulator.yaml"), page.indexOf("\n## router.yaml"));
  }

  private static List<String> spans(String page) {
    return Pattern.compile("`([^`\n]+)`").matcher(page).results().map(one -> one.group(1)).toList();
  }

  static Stream<Arguments> samples() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> examples = Files.walk(ROOT.resolve("examples"));
        Stream<Path> benchmarks = Files.walk(ROOT.resolve("benchmarks"))) {
      return Stream.of(Stream.of(ROOT.resolve("README.md")), docs, examples, benchmarks)
          .flatMap(files -> files)
          .filter(Files::isRegularFile)
          .flatMap(file -> samples(ROOT.relativize(file).toString()))
          .toList()
          .stream();
    }
  }

  private static Stream<Arguments> samples(String file) {
    if (file.endsWith("emulator.yaml")) {
      return Stream.of(arguments(file, text(file)));
    }
    if (!file.endsWith(".md")) {
      return Stream.of();
    }
    return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
        .matcher(text(file))
        .results()
        .map(block -> block.group(1))
        .filter(SchemaTest::isOfTheEmulator)
        .map(yaml -> arguments(file, yaml));
  }

  /**
   * Whether there is a key that only this program's file has; builds at Azure have resources, too.
   */
  private static boolean isOfTheEmulator(String yaml) {
    return Pattern.compile(
            "^(resources(?!:\\s+repositories:)|stubs|models|quotas|faults|timelines|content-filters|entra|recordings):",
            Pattern.MULTILINE)
        .matcher(yaml)
        .find();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void everySampleFitsTheSchema(String file, String yaml) {
    assertThat(errors(yaml)).as("%s%n%s", file, yaml).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model: gpt-4o | modl: gpt-4o",
        "capacity: 40k | capacity: forty",
        "sku: Standard | sku: standard",
        "time-to-first-token: 60ms | time-to-first-token: 60",
        "probability: 0.5 | probability: 2",
        "call: 2.. | call: ..2",
        "model: gpt-4o, limit: 900000 | model: gpt-4o",
      })
  void whatTheProgramRefusesTheSchemaRefuses(String right, String wrong) {
    String yaml =
        """
        latency: {time-to-first-token: 60ms}
        faults: [{what: reset, when: {probability: 0.5}}]
        resources: {r: {deployments: {d: {model: gpt-4o, sku: Standard, capacity: 40k, rpm: unlimited}}}}
        stubs: [{answer: a, when: {call: 2..}}]
        quotas: [{region: eastus, model: gpt-4o, limit: 900000}]
        """;
    String broken = yaml.replace(right, wrong);
    assertThat(broken).isNotEqualTo(yaml);
    assertThat(errors(yaml)).isEmpty();
    assertThat(EmulatorConfig.parse("emulator.yaml", yaml, name -> null)).isNotNull();

    assertThat(errors(broken)).isNotEmpty();
    assertThat(
            catchThrowableOfType(
                YamlException.class,
                () -> EmulatorConfig.parse("emulator.yaml", broken, name -> null)))
        .isNotNull();
  }

  private static List<Error> errors(String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schema().toString(), InputFormat.JSON);
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    LocatedYaml.parse("emulator.yaml", yaml, name -> "${" + name + "}")
        .entries()
        .forEach((key, value) -> document.put(key, value.plain()));
    return schema.validate(JSON.writeValueAsString(document), InputFormat.JSON);
  }

  private static JsonNode schema() {
    return JSON.readTree(
        Objects.requireNonNull(Emulator.class.getResourceAsStream("emulator.schema.json")));
  }

  private static String text(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
