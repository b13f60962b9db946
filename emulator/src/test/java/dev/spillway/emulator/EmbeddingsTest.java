package dev.spillway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.control.Limit;
import dev.spillway.emulator.RawHttp.Answer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Vectors, and what is refused of them. */
class EmbeddingsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Encoding CL100K =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
  private static final String VERSION = "2024-10-21";

  @AutoClose private final EmulatorFixture emulator = start("2026");

  private static EmulatorFixture start(String wire) {
    return EmulatorFixture.start(
        wire,
        model("ada", "text-embedding-ada-002"),
        model("small", "text-embedding-3-small"),
        model("large", "text-embedding-3-large"));
  }

  private static DeploymentSpec model(String name, String model) {
    return DeploymentSpec.standard(name, model, Limit.of(1_000));
  }

  private static Answer embed(
      EmulatorFixture emulator, String deployment, String input, String more) {
    return emulator.post(
        "/openai/deployments/" + deployment + "/embeddings?api-version=" + VERSION,
        "{\"input\":" + input + more + "}");
  }

  private Answer embed(String deployment, String input, String more) {
    return embed(emulator, deployment, input, more);
  }

  private static JsonNode json(Answer answer) {
    assertThat(answer.statusLine()).endsWith("200 OK");
    return JSON.readTree(answer.body());
  }

  private static float[] vector(JsonNode embedding) {
    float[] vector = new float[embedding.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = embedding.path(i).floatValue();
    }
    return vector;
  }

  private List<float[]> vectors(String deployment, String input, String more) {
    return json(embed(deployment, input, more))
        .path("data")
        .valueStream()
        .map(item -> vector(item.path("embedding")))
        .toList();
  }

  private static String quoted(Stream<String> texts) {
    return texts.map(text -> "\"" + text + "\"").collect(Collectors.joining(",", "[", "]"));
  }

  private static String ids(String text) {
    return Arrays.toString(CL100K.encodeOrdinary(text).toArray());
  }

  @ParameterizedTest
  @CsvSource({"ada, 1536", "small, 1536", "large, 3072"})
  void eachModelMakesVectorsOfItsOwnLength(String deployment, int length) {
    assertThat(vectors(deployment, "\"Hello\"", "").getFirst()).hasSize(length);
  }

  @Test
  void bytesInBase64AreTheNumbers() {
    float[] numbers = vectors("large", "\"Hello\"", "").getFirst();
    String base64 =
        json(embed("large", "\"Hello\"", ",\"encoding_format\":\"base64\""))
            .at("/data/0/embedding")
            .stringValue();

    assertThat(base64).hasSize(16_384);
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      assertThat(bytes.getFloat()).isEqualTo(number);
    }
  }

  @Test
  void aBodyInBase64IsAsLongAsTheCapturedOne() {
    Answer answer =
        embed("large", "\"Tell me a joke about opentelemetry\"", ",\"encoding_format\":\"base64\"");

    assertThat(answer.header("Content-Length")).isEqualTo("16606");
    assertThat(json(answer).at("/usage/prompt_tokens").intValue()).isEqualTo(8);
  }

  @Test
  void theTokensOfATextHaveTheVectorOfTheText() {
    String text = "Melting snow feeds the upper basin, naïve café ☕";

    assertThat(vectors("small", ids(text), "").getFirst())
        .isEqualTo(vectors("small", "\"" + text + "\"", "").getFirst());
  }

  @Test
  void inputsAreAnsweredInTheirOrder() {
    List<float[]> together = vectors("small", "[\"one\",\"two\",\"three\"]", "");

    assertThat(together).hasSize(3);
    assertThat(together.get(1)).isEqualTo(vectors("small", "\"two\"", "").getFirst());
    assertThat(vectors("small", "[" + ids("one") + "," + ids("three") + "]", "").getLast())
        .isEqualTo(together.getLast());
  }

  @Test
  void aShorterVectorIsTheBeginningMadeOneLong() {
    float[] whole = vectors("large", "\"Hello\"", "").getFirst();
    float[] shorter = vectors("large", "\"Hello\"", ",\"dimensions\":256").getFirst();

    assertThat(shorter).hasSize(256);
    double norm = Math.sqrt(IntStream.range(0, 256).mapToDouble(i -> whole[i] * whole[i]).sum());
    assertThat(shorter[17]).isCloseTo((float) (whole[17] / norm), within(1e-6f));
  }

  @Test
  void tokensAreCountedAndChargedAndNothingIsFiltered() {
    Answer answer = embed("small", "[\"Hello there\",\"[[filter:sexual:high]]\"]", "");

    assertThat(json(answer).path("usage").toString())
        .isEqualTo("{\"prompt_tokens\":9,\"total_tokens\":9}");
    assertThat(answer.header("x-ratelimit-remaining-tokens")).isEqualTo("999991");
    assertThat(answer.header("x-ms-rai-invoked")).isEmpty();
    assertThat(emulator.control().journal(JournalQuery.ofDeployment("small")))
        .extracting(JournalEntry::chargedTokens, JournalEntry::promptTokens)
        .containsExactly(Tuple.tuple(9L, 9));
  }

  @Test
  void itIsTheSameOnV1() {
    Answer v1 = emulator.post("/openai/v1/embeddings", "{\"model\":\"small\",\"input\":\"Hello\"}");

    assertThat(v1.body()).isEqualTo(embed("small", "\"Hello\"", "").body());
    assertThat(v1.header("x-ms-served-model")).isEqualTo("text-embedding-3-small");
  }

  @ParameterizedTest
  @CsvSource({
    "2023, ada, ada",
    "2024, ada, ada",
    "2025, ada, text-embedding-ada-002",
    "2026, ada, text-embedding-ada-002",
    "2024, small, text-embedding-3-small",
  })
  void theOldestModelWasCalledByItsFamilyUntil2024(String wire, String deployment, String model) {
    try (EmulatorFixture other = start(wire)) {
      assertThat(json(embed(other, deployment, "\"Hello\"", "")).path("model").stringValue())
          .isEqualTo(model);
    }
  }

  @Test
  void anInputLongerThanTheContextIsRefusedAndCharged() {
    Answer answer = embed("ada", "[\"short\",\"" + " go".repeat(8_193) + "\"]", "");

    assertThat(answer.body())
        .isEqualTo(
            """
            {
              "error": {
                "message": "This model's maximum context length is 8192 tokens, however you requested 8193 tokens (8193 in your prompt; 0 for the completion). Please reduce your prompt; or completion length.",
                "type": "invalid_request_error",
                "param": null,
                "code": null
              }
            }
            """);
    assertThat(answer.header("x-ratelimit-remaining-tokens")).isEqualTo("993854");
    assertThat(embed("ada", "[\"" + " go".repeat(8_192) + "\"]", "").statusLine()).endsWith("OK");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ada; 1536; This model does not support specifying dimensions.",
        "small; 1537; Invalid value for 'dimensions' = 1537. Must be less than or equal to 1536.",
        "large; 3073; Invalid value for 'dimensions' = 3073. Must be less than or equal to 3072.",
        "large; 0; 0 is less than the minimum of 1 - 'dimensions'",
        "large; \"x\"; \\\"x\\\" is not of type 'integer' - 'dimensions'",
      },
      quoteCharacter = '`')
  void dimensionsThatAModelDoesNotHave(String deployment, String dimensions, String message) {
    assertThat(embed(deployment, "\"Hello\"", ",\"dimensions\":" + dimensions).body())
        .contains("\"message\": \"" + message + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"\"",
        "[\"a\",\"\"]",
        "[[]]",
        "[[1],[]]",
        "[1,\"a\"]",
        "[\"a\",[1]]",
        "[1.5]",
        "[-1]",
        "{}",
        "7",
        "null",
        "[null]",
        "[[\"a\"]]",
        "[99999999999]"
      })
  void whatIsNoInput(String input) {
    Answer answer = embed("small", input, "");

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.body())
        .contains(
            "\"message\": \"'$.input' is invalid. Please check the API reference:"
                + " https://platform.openai.com/docs/api-reference.\"");
  }

  @Test
  void aNumberThatIsNoToken() {
    assertThat(embed("small", "[1,2,300000]", "").body())
        .contains("'input' holds a number that is no token of cl100k_base.");
  }

  @ParameterizedTest
  @CsvSource({"2023, true", "2024, true", "2025, false", "2026, false"})
  void aTextByItselfCouldBeEmptyUntil2024(String wire, boolean taken) {
    try (EmulatorFixture other = start(wire)) {
      assertThat(embed(other, "ada", "\"\"", "").statusLine().endsWith("OK")).isEqualTo(taken);
      assertThat(embed(other, "ada", "[\"\"]", "").statusLine()).endsWith("Bad Request");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2023; 16; Too many inputs. The max number of inputs is 16.  We hope to increase",
        "2024; 2048; Too many inputs. The max number of inputs is 2048.  We hope to increase",
        "2025; 2048; Invalid 'input': array too long. Expected an array with maximum length 2048,"
            + " but got an array with length 2049 instead.",
      },
      quoteCharacter = '`')
  void eachYearTakesSoManyInputs(String wire, int most, String message) {
    try (EmulatorFixture other = start(wire)) {
      String tooMany = quoted(Stream.generate(() -> "a").limit(most + 1));
      String justEnough = quoted(Stream.generate(() -> "a").limit(most));

      assertThat(embed(other, "small", tooMany, "").body()).contains(message);
      assertThat(embed(other, "small", justEnough, ",\"dimensions\":1").statusLine())
          .endsWith("200 OK");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; 'input' is a required property",
        "{\"input\":\"a\",\"encoding_format\":\"int8\"}; is not one of ['float', 'base64'] -"
            + " 'encoding_format'",
        "[]; The body of your request must be a JSON object.",
        "{\"input\":; We could not parse the JSON body of your request.",
      },
      quoteCharacter = '`')
  void aBodyThatCannotBeRead(String body, String message) {
    Answer answer =
        emulator.post("/openai/deployments/small/embeddings?api-version=" + VERSION, body);

    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    assertThat(answer.body()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mini", "35turbo"})
  void aModelThatMakesNoVectorsIsNamed(String deployment) {
    assertThat(embed(deployment, "\"Hello\"", "").body())
        .contains(
            "\"code\":\"OperationNotSupported\",\"message\":\"The embeddings operation does not"
                + " work with the specified model, gpt-");
  }

  @Test
  void numbersAreWrittenWithTheFewestDigits() {
    String body = embed("large", "\"Hello\"", "").body();

    assertThat(body).contains("      \"embedding\": [\n        ").doesNotContain("E-");
    assertThat(body.lines().filter(line -> line.startsWith("        ")))
        .hasSize(3_072)
        .allMatch(line -> line.matches(" {8}-?(0\\.\\d+|\\d(\\.\\d+)?e-\\d\\d),?"));
  }
}
