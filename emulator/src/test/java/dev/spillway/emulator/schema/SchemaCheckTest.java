package dev.spillway.emulator.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaCheckTest {

  private static JsonNode read(String schema) {
    return JsonMapper.shared().readTree(schema.replace('\'', '"'));
  }

  private static String problem(String schema, StrictRules rules) {
    return SchemaCheck.ofAnswer(read(schema), true, rules).orElse("fine");
  }

  private static String object(String members, String required) {
    return "{'type': 'object', 'additionalProperties': false, 'properties': {"
        + members
        + "}, 'required': ["
        + required
        + "]}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'type': 'object', 'properties': {}}; In context=(), 'additionalProperties' is required to"
            + " be supplied and to be false.",
        "{'type': 'array', 'items': {}}; schema must be a JSON Schema of 'type: \"object\"', got"
            + " 'type: \"array\"'.",
        "{'anyOf': []}; schema must be a JSON Schema of 'type: \"object\"', got 'type: \"None\"'.",
        "{'type': 'object', 'additionalProperties': false, 'properties': {'a': {'type':"
            + " 'string'}}}; In context=(), 'required' is required to be supplied and to be an array"
            + " including every key in properties. Missing 'a'.",
        "{'type': 'object', 'additionalProperties': false, 'properties': {}, 'required': ['b']}; In"
            + " context=(), 'required' is required to be supplied and to be an array including every"
            + " key in properties. Extra required key 'b' supplied.",
      })
  void aStrictSchemaIsRefusedInTheServicesWords(String schema, String problem) {
    assertThat(problem(schema, StrictRules.SINCE_2025)).isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'type': 'array'}; In context=('properties', 'a'), array schema missing items.",
        "{'description': 'x'}; In context=('properties', 'a'), schema must have a 'type' key.",
        "{'type': 'string', 'minLength': 1}; In context=('properties', 'a'), 'minLength' is not"
            + " permitted.",
        "{'oneOf': [{'type': 'string'}]}; In context=('properties', 'a'), 'oneOf' is not permitted.",
        "{'type': 'array', 'items': {'type': 'object', 'properties': {}}}; In"
            + " context=('properties', 'a', 'items'), 'additionalProperties' is required to be"
            + " supplied and to be false.",
        "{'anyOf': [{'type': 'null'}, {'type': 'array'}]}; In context=('properties', 'a', 'anyOf',"
            + " '1'), array schema missing items.",
        "{'type': ['string', 'null'], 'enum': ['x', null]}; fine",
        "{'type': 'array', 'items': {'$ref': '#'}}; fine",
        "{'anyOf': [{'$ref': '#'}, {'type': 'null'}]}; fine",
      })
  void everyMemberIsLookedAt(String member, String problem) {
    assertThat(problem(object("'a': " + member, "'a'"), StrictRules.SINCE_2025)).isEqualTo(problem);
  }

  @Test
  void boundsPatternsAndFormatsHaveBeenKnownSince2025() {
    String schema = object("'a': {'type': 'string', 'format': 'date'}", "'a'");

    assertThat(problem(schema, StrictRules.UNTIL_2024))
        .isEqualTo("In context=('properties', 'a'), 'format' is not permitted.");
    assertThat(problem(schema, StrictRules.SINCE_2025)).isEqualTo("fine");
  }

  @ParameterizedTest
  @EnumSource
  void soManyLevelsAreTakenAndNotOneMore(StrictRules rules) {
    int most = rules == StrictRules.UNTIL_2024 ? 5 : 10;

    assertThat(problem(nested(most), rules)).isEqualTo("fine");
    assertThat(problem(nested(most + 1), rules))
        .isEqualTo((most + 1) + " levels of nesting exceeds limit of " + most + ".");
  }

  private static String nested(int levels) {
    return levels == 0
        ? object("'leaf': {'type': 'string'}", "'leaf'")
        : object("'a': " + nested(levels - 1), "'a'");
  }

  @ParameterizedTest
  @EnumSource
  void soManyPropertiesAreTakenAndNotOneMore(StrictRules rules) {
    int most = rules == StrictRules.UNTIL_2024 ? 100 : 5_000;

    assertThat(problem(wide(most), rules)).isEqualTo("fine");
    assertThat(problem(wide(most + 1), rules))
        .isEqualTo((most + 1) + " parameters exceeds limit of " + most + ".");
  }

  private static String wide(int properties) {
    StringBuilder members = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < properties; i++) {
      String comma = i == 0 ? "" : ", ";
      members.append(comma).append("'p").append(i).append("': {'type': 'string'}");
      names.append(comma).append("'p").append(i).append("'");
    }
    return object(members.toString(), names.toString());
  }

  @Test
  void definitionsAreLookedAtEvenWhereNobodyRefersToThem() {
    String schema = object("", "").replaceFirst("\\{", "{'\\$defs': {'D': {'type': 'array'}}, ");

    assertThat(problem(schema, StrictRules.SINCE_2025))
        .isEqualTo("In context=('$defs', 'D'), array schema missing items.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[]; [] is not of type 'object', 'boolean'.",
        "{}; schema must be a JSON Schema of 'type: \"object\"', got 'type: \"None\"'.",
        "{'type': 'object'}; In context=(), object schema missing properties.",
        "{'type': 'object', 'properties': {'a': {'type': 'array'}}}; In context=('properties', 'a'),"
            + " array schema missing items.",
        "{'type': 'object', 'properties': {'a': {'oneOf': [{'minLength': 3}]}, 'b': {}}}; fine",
      })
  void functionsThatAreNotStrictAreAskedForLess(String parameters, String problem) {
    assertThat(
            SchemaCheck.ofFunction(read(parameters), false, StrictRules.SINCE_2025).orElse("fine"))
        .isEqualTo(problem);
  }

  @Test
  void anAnswersSchemaThatIsNotStrictIsNotLookedAt() {
    assertThat(SchemaCheck.ofAnswer(read("{'type': 'array'}"), false, StrictRules.SINCE_2025))
        .isEqualTo(Optional.empty());
  }
}
