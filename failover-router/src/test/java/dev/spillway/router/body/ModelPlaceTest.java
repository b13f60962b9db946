package dev.spillway.router.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPlaceTest {

  private static final String JSON = "application/json";
  private static final String FORM = "multipart/form-data; boundary=xYz";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"gpt\"}",
        "{ \"model\" :\n\"gpt\" , \"n\": 1.00 }",
        "{\"input\":{\"model\":\"x\"},\"model\":\"gpt\"}",
        "{\"input\":\"h\u00e9 \u20ac \ud83d\ude00\",\"model\":\"gpt\",\"x\":\"\u20ac\"}",
      })
  void replacesTheTopLevelModelAndNoOtherByte(String body) throws Exception {
    assertThat(place(body, JSON).name()).isEqualTo("gpt");
    assertThat(naming("a-longer \"name\"", body, JSON))
        .isEqualTo(body.replace("\"gpt\"", "\"a-longer \\\"name\\\"\""));
  }

  @Test
  void readsAnEscapedModelAndReplacesAllOfIt() throws Exception {
    String body = "{\"model\":\"g\\u0070t\"}";

    assertThat(place(body, JSON).name()).isEqualTo("gpt");
    assertThat(naming("x", body, JSON)).isEqualTo("{\"model\":\"x\"}");
    assertThat(place(body, JSON).naming("gpt")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"model\":1}",
        "{\"x\":{\"model\":\"gpt\"}}",
        "x",
        "{\"a\""
      })
  void findsNoNameWhereThereIsNone(String body) {
    assertThat(place(body, JSON).name()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                           | {\"model\":\"m\"}",
        "{ }                          | {\"model\":\"m\" }",
        "{ \"a\":1}                   | {\"model\":\"m\", \"a\":1}",
        "{\"model\":null,\"a\":1}     | {\"model\":\"m\",\"a\":1}",
        "{\"model\":12 ,\"a\":1}      | {\"model\":\"m\" ,\"a\":1}",
        "{\"a\":1,\"model\":true}     | {\"a\":1,\"model\":\"m\"}",
        "{\"model\":{\"b\":[]},\"a\":1} | {\"model\":\"m\",\"a\":1}",
      })
  void aJsonObjectGetsTheModelThatItHasNot(String body, String named) throws Exception {
    assertThat(naming("m", body, JSON)).isEqualTo(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "nonsense", "{\"a\"", "{\"a\":1", "12"})
  void whatIsNoObjectIsLeftAlone(String body) {
    assertThat(place(body, JSON)).isEqualTo(new ModelPlace.Nowhere());
  }

  static Stream<String> forms() {
    String named = "Content-Disposition: form-data; name=\"model\"";
    String file = "Content-Disposition: form-data; name=\"file\"; filename=\"model\"";
    return Stream.of(
        lines("--xYz", named, "", "@", "--xYz--", ""),
        lines(
            "preamble", "--xYz  ", "content-disposition: form-data;name=model", "", "@", "--xYz--"),
        lines(
            "--xYz",
            file,
            "Content-Type: audio/wav",
            "",
            "--xY",
            "",
            "--xYzz",
            "\0\n\n--",
            "--xYz",
            "Content-Type: text/plain",
            named,
            "",
            "@",
            "--xYz",
            file,
            "",
            "1",
            "--xYz--",
            ""),
        lines("--xYz", named, "", "@", "--xYz--", "").replace("\r", ""),
        lines("--xYz", file, "", "", "--xYz", named, "", "@", "--xYz--", ""));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aFormsModelIsReplacedAndNoOtherByte(String form) throws Exception {
    String body = form.replace("@", "whisper");

    assertThat(place(body, FORM).name()).isEqualTo("whisper");
    assertThat(naming("w-3", body, FORM)).isEqualTo(form.replace("@", "w-3"));
    assertThat(place(body, FORM).naming("whisper")).isNull();
  }

  @Test
  void aFormGetsTheModelThatItHasNot() throws Exception {
    String part =
        lines("--xYz", "Content-Disposition: form-data; name=\"n\"", "", "1", "--xYz--", "");

    assertThat(naming("m", part, FORM))
        .isEqualTo("--xYz\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n" + part);
    assertThat(place(naming("m", part, FORM), FORM).name()).isEqualTo("m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "--xYz",
        "--xYz\r\nContent-Disposition: form-data; name=\"model\"\r\n",
        "--xYz\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper",
        "--other\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper\r\n--other--",
      })
  void aBrokenFormIsLeftAlone(String body) {
    assertThat(place(body, FORM)).isEqualTo(new ModelPlace.Nowhere());
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/form-data; boundary=xYz, true",
    "Multipart/Form-Data;charset=utf-8; Boundary=\"xYz\", true",
    "multipart/form-data, false",
    "application/json; boundary=xYz, false",
  })
  void aFormIsKnownByItsType(String type, boolean form) {
    String body = "--xYz\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n--xYz--\r\n";

    assertThat("m".equals(place(body, type).name())).isEqualTo(form);
  }

  /** The separator is found wherever the reads happen to end. */
  @ParameterizedTest
  @ValueSource(ints = {65_400, 65_450, 65_500, 65_520, 65_530, 65_535, 65_536, 65_537, 131_072})
  void aFormsModelIsFoundBehindAFileOfAnySize(int size) throws Exception {
    String form =
        "--xYz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
            + "a\rb\n".repeat(size / 4)
            + "\r\n--xYz\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n@\r\n--xYz--\r\n";
    String body = form.replace("@", "whisper");

    assertThat(naming("w-3", body, FORM).equals(form.replace("@", "w-3"))).isTrue();
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines);
  }

  private static ModelPlace place(String body, String type) {
    return ModelPlace.find(replayable(body), type);
  }

  private static String naming(String model, String body, String type) throws IOException {
    EditedBody edited = new EditedBody(replayable(body), place(body, type).naming(model));
    return new String(edited.open().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static ReplayableBody replayable(String body) {
    return ReplayableBody.of(body.getBytes(StandardCharsets.UTF_8));
  }
}
