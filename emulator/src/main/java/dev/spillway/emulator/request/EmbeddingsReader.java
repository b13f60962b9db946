package dev.spillway.emulator.request;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the body of a request for vectors. */
final class EmbeddingsReader {

  private static final int MAX_INPUTS = 2_048;
  private static final int MAX_INPUTS_IN_2023 = 16;
  private static final String NOT_AN_INPUT =
      "'$.input' is invalid. Please check the API reference:"
          + " https://platform.openai.com/docs/api-reference.";

  private EmbeddingsReader() {}

  /**
   * Reads a body.
   *
   * @param engine of which time the engine is that reads it
   */
  static ParsedBody read(RequestBody body, Roles engine) {
    return JsonBody.read(body, json -> request(json, engine));
  }

  private static EmbeddingsRequest request(JsonBody json, Roles engine) {
    return new EmbeddingsRequest(
        json.text("model"),
        inputs(json.get("input"), engine),
        json.oneOf("encoding_format", List.of("float", "base64")).equals("base64"),
        json.integer("dimensions", 1));
  }

  private static List<PromptInput> inputs(JsonNode input, Roles engine) {
    if (input.isMissingNode()) {
      throw JsonBody.refused("'input' is a required property", null);
    }
    List<PromptInput> inputs =
        PromptInput.read(input).orElseThrow(() -> JsonBody.refused(NOT_AN_INPUT, null));
    if (inputs.stream().anyMatch(PromptInput::isEmpty) && !isTaken(input, engine)) {
      throw JsonBody.refused(NOT_AN_INPUT, null);
    }
    int most = engine == Roles.UNTIL_2023 ? MAX_INPUTS_IN_2023 : MAX_INPUTS;
    if (inputs.size() > most) {
      throw tooMany(inputs.size(), most, engine);
    }
    return inputs;
  }

  /** Until 2024 a text by itself could be empty, but none of several. */
  private static boolean isTaken(JsonNode input, Roles engine) {
    return input.isString() && engine != Roles.SINCE_2025;
  }

  private static Refusal tooMany(int inputs, int most, Roles engine) {
    return switch (engine) {
      case UNTIL_2023, IN_2024 ->
          JsonBody.refused(
              "Too many inputs. The max number of inputs is %d.  We hope to increase the number of inputs per request soon. Please contact us through an Azure support request at: https://go.microsoft.com/fwlink/?linkid=2213926 for further questions."
                  .formatted(most),
              null);
      case SINCE_2025 ->
          new Refusal(
              new InvalidRequest(
                  "Invalid 'input': array too long. Expected an array with maximum length %d, but got an array with length %d instead."
                      .formatted(most, inputs),
                  "input",
                  "array_above_max_length"));
    };
  }
}
