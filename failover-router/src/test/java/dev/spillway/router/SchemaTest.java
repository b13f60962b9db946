package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema that editors are given, the page of keys, and the code know the same keys. */
class SchemaTest {

  private static final Path ROOT = Path.of("..");
  private static final JsonMapper JSON = new JsonMapper();
  private static final String UNKNOWN = "zzzzzzzzzzzz";
  private static final Pattern KNOWN = Pattern.compile("unknown key '[^']*'; expected one of (.*)");

  /** A file with a key that nobody knows in one place. */
  private static final String FILE =
      """
      %s
      clients: [{name: c, key: k%s}]
      backends:
        a: {url: "http://a"%s}
      pools:
        p: {backends: [{backend: a%s}]%s}
      routes:
        - {deployment: d%s, default: p, rules: [{pool: p%s, when: {messages: {above: 1%s}%s}}]}
      """;

  static Stream<List<String>> sections() {
    String more = ", " + UNKNOWN + ": 1";
    return Stream.of(
        List.of("", FILE.formatted(UNKNOWN + ": 1", "", "", "", "", "", "", "", "")),
        List.of(
            "log",
            FILE.formatted("log: {level: info" + more + "}", "", "", "", "", "", "", "", "")),
        List.of(
            "identity",
            FILE.formatted(
                "tls: {certificate: a, key: b" + more + "}", "", "", "", "", "", "", "", "")),
        List.of("shared-state", root("shared-state: {redis: 'redis://h'" + more + "}")),
        List.of("otlp", root("otlp: {endpoint: 'http://h'" + more + "}")),
        List.of("client", FILE.formatted("", more, "", "", "", "", "", "", "")),
        List.of("backend", FILE.formatted("", "", more, "", "", "", "", "", "")),
        List.of("backend", FILE.formatted("", "", ", kind: openai" + more, "", "", "", "", "", "")),
        List.of("limits", backend("limits: {tokens-per-minute: 40k" + more + "}")),
        List.of("limits", backend("limits: {ptu: 100" + more + "}")),
        List.of("credential", credential("type: managed-identity")),
        List.of("credential", credential("type: workload-identity")),
        List.of("credential", credential("type: default")),
        List.of(
            "credential", credential("type: client-secret, tenant: t, client-id: i, secret: s")),
        List.of(
            "spill-at",
            FILE.formatted("", "", "", ", spill-at: {high: 90%" + more + "}", "", "", "", "", "")),
        List.of("member", FILE.formatted("", "", "", more, "", "", "", "", "")),
        List.of("pool", FILE.formatted("", "", "", "", more, "", "", "", "")),
        List.of("route", FILE.formatted("", "", "", "", "", more, "", "", "")),
        List.of(
            "route",
            FILE.formatted("", "", "", "", "", more, "", "", "")
                .replace("deployment: d", "path: /p, operation: embeddings")),
        List.of("rule", FILE.formatted("", "", "", "", "", "", more, "", "")),
        List.of("span", FILE.formatted("", "", "", "", "", "", "", more, "")),
        List.of("when", FILE.formatted("", "", "", "", "", "", "", "", more)));
  }

  private static String root(String line) {
    return FILE.formatted(line, "", "", "", "", "", "", "", "");
  }

  private static String credential(String keys) {
    return backend("credential: {" + keys + ", " + UNKNOWN + ": 1}");
  }

  private static String backend(String keys) {
    return FILE.formatted("", "", ", " + keys, "", "", "", "", "", "");
  }

  @Test
  void theSchemaHasTheKeysThatTheCodeReads() {
    Map<String, Set<String>> read = new LinkedHashMap<>();
    sections()
        .forEach(section ->
            read.computeIfAbsent(section.getFirst(), any -> new TreeSet<>())
                .addAll(known(section.get(1))));

    read.forEach((section, keys) ->
        assertThat(properties(section))
            .as("docs/schemas/router.schema.json, %s", section.isEmpty() ? "root" : section)
            .containsExactlyInAnyOrderElementsOf(keys));
  }

  private static List<String> known(String yaml) {
    YamlException complaint =
        catchThrowableOfType(
            YamlException.class, () -> RouterConfig.parse("router.yaml", yaml, name -> null));
    Matcher list = KNOWN.matcher(String.valueOf(complaint.getMessage()));
    assertThat(list.find()).as("%s%nfor%n%s", complaint.getMessage(), yaml).isTrue();
    return List.of(list.group(1).split(", ", -1));
  }

  private static Set<String> properties(String section) {
    JsonNode at = section.isEmpty() ? schema() : schema().path("$defs").path(section);
    Set<String> names = new TreeSet<>(at.path("properties").propertyNames());
    for (JsonNode each : at.path("anyOf")) {
      names.addAll(each.path("properties").propertyNames());
    }
    return names;
  }

  @Test
  void thePageHasTheKeysThatTheSchemaHas() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/configuration.md"));
    String router = page.substring(page.indexOf("\n## router.yaml"));
    String code =
        Pattern.compile("`[^`\n]+`")
            .matcher(router)
            .results()
            .map(span -> span.group())
            .collect(Collectors.joining(" "));

    Set<String> missing = new TreeSet<>();
    sections()
        .flatMap(section -> properties(section.getFirst()).stream())
        .filter(key -> !Pattern.compile("(?<![a-z-])" + key + "(?![a-z-])").matcher(code).find())
        .forEach(missing::add);
    assertThat(missing).isEmpty();
  }

  static Stream<String> samples() throws IOException {
    List<String> samples = new ArrayList<>();
    Pattern block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      for (Path page : Stream.concat(Stream.of(ROOT.resolve("README.md")), pages).toList()) {
        if (page.toString().endsWith(".md")) {
          block
              .matcher(Files.readString(page))
              .results()
              .map(found -> found.group(1))
              .filter(yaml -> ("\n" + yaml).contains("\npools:"))
              .filter(yaml -> ("\n" + yaml).contains("\nroutes:"))
              .forEach(samples::add);
        }
      }
    }
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(SchemaTest::isSample).toList()) {
        samples.add(Files.readString(file));
      }
    }
    return samples.stream();
  }

  private static boolean isSample(Path file) {
    String path = file.toString();
    return path.contains("router")
        && path.endsWith(".yaml")
        && !path.contains("target")
        && !path.contains(".git")
        && !path.contains("/src/");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleFitsTheSchema(String yaml) {
    assertThat(errors(yaml)).as(yaml).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "priority: 1 | priority: first",
        "deployment: gpt, | deploymnt: gpt,",
        "timeout: 60s | timeout: 60",
        "timeout: 60s | timeuot: 60s",
        "operation: chat/completions | operation: chat",
      })
  void whatTheProgramRefusesTheSchemaRefuses(String right, String wrong) {
    String yaml =
        """
        backends: {a: {url: "http://a"}}
        pools: {p: [{backend: a, priority: 1}]}
        routes:
          - {deployment: gpt, pool: p}
          - {path: /c, operation: chat/completions, pool: p}
        timeout: 60s
        """;
    assertThat(errors(yaml)).isEmpty();
    assertThat(errors(yaml.replace(right, wrong))).isNotEmpty();
  }

  private static List<Error> errors(String yaml) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schema().toString(), InputFormat.JSON);
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    LocatedYaml.parse("router.yaml", yaml, name -> "${" + name + "}")
        .entries()
        .forEach((key, value) -> document.put(key, value.plain()));
    return schema.validate(JSON.writeValueAsString(document), InputFormat.JSON);
  }

  private static JsonNode schema() {
    try {
      return JSON.readTree(Files.readString(ROOT.resolve("docs/schemas/router.schema.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
