package dev.spillway.router.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
  void replacesTheTopLevelModelAndNoOtherByte(String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ModelField model = ModelField.find(ReplayableBody.of(bytes)).orElseThrow();

    assertThat(model.name()).isEqualTo("gpt");
    assertThat(edited(bytes, model.replacedBy("a-longer \"name\"")))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(body.replace("\"gpt\"", "\"a-longer \\\"name\\\"\""));
  }

  @Test
  void readsAnEscapedModelAndReplacesAllOfIt() throws Exception {
    byte[] bytes = "{\"model\":\"g\\u0070t\"}".getBytes(StandardCharsets.UTF_8);
    ModelField model = ModelField.find(ReplayableBody.of(bytes)).orElseThrow();

    assertThat(model.name()).isEqualTo("gpt");
    assertThat(edited(bytes, model.replacedBy("x"))).asString().isEqualTo("{\"model\":\"x\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"model\":1}", "{\"x\":{\"model\":\"gpt\"}}", "x"})
  void findsNoneWhereThereIsNone(String body) {
    assertThat(ModelField.find(ReplayableBody.of(body.getBytes(StandardCharsets.UTF_8)))).isEmpty();
  }

  private static byte[] edited(byte[] body, Splice splice) throws IOException {
    return new EditedBody(ReplayableBody.of(body), splice).open().readAllBytes();
  }
}
