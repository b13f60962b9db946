package dev.spillway.emulator.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InstanceWriterTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static JsonNode write(JsonNode schema, long seed) {
    return InstanceWriter.write(schema, Wording.NONE, new SplittableRandom(seed));
  }

  private static JsonNode write(String schema) {
    return write(JSON.readTree(schema), 1);
  }

  private static void assertFits(JsonNode value, JsonNode schema) {
    Schema validator = REGISTRY.getSchema(schema.toString(), InputFormat.JSON);
    assertThat(
            validator.validate(
                value.toString(),
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
        .as("%s%nfor%n%s", value, schema)
        .isEmpty();
  }

  static LongStream hundreds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("hundreds")
  void whatIsWrittenFitsItsSchemaInTheEyesOfAValidator(long hundred) {
    for (long seed = hundred * 100; seed < hundred * 100 + 100; seed++) {
      JsonNode schema = new RandomSchemas(seed).root();
      JsonNode value = write(schema, seed);
      assertFits(value, schema);
      assertThat(new Conformance(new SchemaRoot(schema)).fits(value, schema)).isTrue();
      assertThat(value.toString().length()).isLessThan(100_000);
    }
  }

  @Test
  void theSameRandomnessWritesTheSameValue() {
    JsonNode schema = new RandomSchemas(7).root();

    assertThat(write(schema, 3)).isEqualTo(write(schema, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // a keyword each, and what is easily got wrong
        "{'type': 'array', 'items': {'type': 'boolean'}, 'minItems': 2, 'maxItems': 2}",
        "{'type': 'array', 'items': {'enum': [1, 2, 3]}, 'uniqueItems': true, 'minItems': 3}",
        "{'type': 'array', 'contains': {'const': 5}, 'items': {'type': 'integer'}}",
        "{'type': 'array', 'prefixItems': [{'type': 'string'}, {'type': 'null'}], 'items': false}",
        "{'type': 'object', 'patternProperties': {'^x_': {'type': 'integer'}}, 'minProperties': 2}",
        "{'type': 'object', 'additionalProperties': {'type': 'number'}, 'minProperties': 1}",
        "{'type': 'object', 'required': ['a', 'b'], 'properties': {'a': {'type': 'null'}}}",
        "{'type': 'integer', 'minimum': 7, 'maximum': 7}",
        "{'type': 'integer', 'exclusiveMinimum': 1.5, 'exclusiveMaximum': 3}",
        "{'type': 'integer', 'multipleOf': 2.5, 'minimum': 1}",
        "{'type': 'number', 'minimum': 0, 'maximum': 1}",
        "{'type': 'number', 'exclusiveMinimum': 0, 'exclusiveMaximum': 0.01}",
        "{'type': 'number', 'multipleOf': 0.01, 'minimum': 10.001, 'maximum': 10.02}",
        "{'type': 'number', 'maximum': -1000000}",
        "{'type': 'string', 'minLength': 300}",
        "{'type': 'string', 'maxLength': 0}",
        "{'type': 'string', 'pattern': '^[a-z]{2,}(-[a-z]+)*$', 'minLength': 5}",
        "{'type': 'string', 'not': {'enum': ['', 'water']}, 'enum': ['water', 'wine']}",
        "{'type': ['integer', 'null'], 'enum': [1, null, 'a']}",
        "{'allOf': [{'type': 'number', 'minimum': 3}, {'type': 'integer', 'maximum': 4}]}",
        "{'anyOf': [{'type': 'string'}, {'type': 'integer'}], 'const': 4}",
        "{'oneOf': [{'type': 'integer'}, {'type': 'number'}]}",
        "{'if': {'type': 'object', 'properties': {'k': {'const': 1}}, 'required': ['k']},"
            + " 'then': {'required': ['v']}, 'type': 'object',"
            + " 'properties': {'k': {'enum': [1, 2]}, 'v': {'type': 'string'}}}",
        "{'$ref': '#/definitions/a%20b', 'definitions': {'a b': {'type': 'integer'}}}",
        "{'properties': {'left': {'anyOf': [{'$ref': '#'}, {'type': 'null'}]}},"
            + " 'required': ['left'], 'type': 'object'}",
        "{'type': 'array', 'items': {'$ref': '#'}}",
        "true",
        "{}",
      })
  void eachKeywordIsKeptTo(String schema) {
    JsonNode read = JSON.readTree(schema.replace('\'', '"'));

    for (long seed = 0; seed < 50; seed++) {
      assertFits(write(read, seed), read);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "date, 2025-.*|2026-.*",
    "email, .*@example\\.com",
    "uuid, [0-9a-f-]{36}",
    "ipv4, 192\\.0\\.2\\.\\d+",
    "a-format-nobody-knows, [a-z]+",
  })
  void formatsLookAsTheyShould(String format, String pattern) {
    assertThat(write("{\"type\":\"string\",\"format\":\"" + format + "\"}").stringValue())
        .matches(pattern);
  }

  @Test
  void aPatternThatIsNotKnownGetsAnyWord() {
    assertThat(write("{\"type\":\"string\",\"pattern\":\"^(?=x)\\\\bx$\"}").stringValue())
        .isNotEmpty();
  }

  @Test
  void namesOfPropertiesSayWhatTheirValuesAreLike() {
    JsonNode value =
        write(
            """
            {"type": "object", "required": ["email", "birthday", "age", "customerName"],
             "properties": {"email": {"type": "string"}, "birthday": {"type": "string"},
               "age": {"type": "integer"}, "customerName": {"type": "string"}}}
            """);

    assertThat(value.path("email").stringValue()).contains("@");
    assertThat(value.path("birthday").stringValue()).matches("\\d{4}-\\d\\d-\\d\\d");
    assertThat(value.path("age").intValue()).isBetween(18, 80);
    assertThat(value.path("customerName").stringValue()).matches("\\p{Lu}\\p{L}+ \\p{Lu}\\p{L}+");
  }

  @Test
  void placesAndQuestionsComeFromTheConversation() {
    JsonNode schema =
        JSON.readTree(
            """
            {"type": "object", "required": ["name", "city", "to_city", "query"],
             "properties": {"name": {"type": "string"}, "city": {"type": "string"},
               "to_city": {"type": "string"}, "query": {"type": "string"}}}
            """);
    String question = "When is Anna Berg going from Paris to New York?";
    JsonNode value = InstanceWriter.write(schema, Wording.of(question), new SplittableRandom(1));

    assertThat(value.path("name").stringValue()).isEqualTo("Anna Berg");
    assertThat(value.path("city").stringValue()).isEqualTo("Paris");
    assertThat(value.path("to_city").stringValue()).isEqualTo("New York");
    assertThat(value.path("query").stringValue()).isEqualTo(question);
  }

  @Test
  void aTreeWithManyBranchesStaysSmall() {
    JsonNode schema =
        JSON.readTree(
            """
            {"type": "object", "required": ["children"], "properties": {
              "children": {"type": "array", "maxItems": 50, "items": {"$ref": "#"}}}}
            """);

    for (long seed = 0; seed < 100; seed++) {
      assertThat(write(schema, seed).toString().length()).isLessThan(20_000);
    }
  }

  @Test
  void aListDiffersFromSeedToSeed() {
    Set<String> values = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      values.add(write(JSON.readTree("{\"type\":\"array\",\"items\":{}}"), seed).toString());
    }

    assertThat(values).hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'object', 'required': ['me'], 'properties': {'me': {'$ref': '#'}}}",
        "{'$ref': '#'}",
        "{'allOf': [{'$ref': '#'}, {'$ref': '#'}]}",
        "{'anyOf': []}",
        "false",
        "{'type': 'string', 'pattern': '(a+)+(b+)+$', 'not': {'pattern': '^(a+)+$'}}",
        "{'type': 'string', 'pattern': '[', 'format': 7, 'minLength': 'x'}",
        "{'type': 'integer', 'minimum': 5, 'maximum': 4}",
        "{'type': 'array', 'minItems': 1e9, 'items': {'type': 'array', 'minItems': 1e9}}",
        "{'type': 'string', 'minLength': 1e9}",
        "{'type': 7, 'enum': 3, 'required': [[]], 'properties': []}",
        "{'$ref': 'https://example.com/elsewhere'}",
        "{'$ref': '#/%zz'}",
      })
  void whatNothingFitsStillEndsSoon(String schema) {
    JsonNode read = JSON.readTree(schema.replace('\'', '"'));

    assertThat(assertTimeoutPreemptively(Duration.ofSeconds(30), () -> write(read, 1)).toString())
        .hasSizeLessThan(2_000_000);
  }
}
