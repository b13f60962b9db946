package dev.spillway.router.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFieldTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"gpt\"}",
        "{ \"model\" :\n\"gpt\" , \"n\": 1.00 }",
        "{\"input\":{\"model\":\"x\"},\"model\":\"gpt\"}",
        "{\"input\":\"h\u00e9 \u20ac \ud83d\ude00\",\"model\":\"gpt\",\"x\":\"\u20ac\"}",
      })
  void replacesTheTopLevelModelAndNoOtherByte(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ModelField model = ModelField.find(bytes).orElseThrow();

    assertThat(model.name()).isEqualTo("gpt");
    assertThat(model.replaceIn(bytes, "a-longer \"name\""))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(body.replace("\"gpt\"", "\"a-longer \\\"name\\\"\""));
  }

  @Test
  void readsAnEscapedModelAndReplacesAllOfIt() {
    byte[] bytes = "{\"model\":\"g\\u0070t\"}".getBytes(StandardCharsets.UTF_8);
    ModelField model = ModelField.find(bytes).orElseThrow();

    assertThat(model.name()).isEqualTo("gpt");
    assertThat(model.replaceIn(bytes, "x")).asString().isEqualTo("{\"model\":\"x\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"model\":1}", "{\"x\":{\"model\":\"gpt\"}}", "x"})
  void findsNoneWhereThereIsNone(String body) {
    assertThat(ModelField.find(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}
