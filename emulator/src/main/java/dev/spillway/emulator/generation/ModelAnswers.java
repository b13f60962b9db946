package dev.spillway.emulator.generation;

import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.ResponseFormat;
import dev.spillway.emulator.request.Tool;
import dev.spillway.emulator.request.ToolChoice;
import dev.spillway.emulator.schema.InstanceWriter;
import dev.spillway.emulator.schema.Wording;
import dev.spillway.emulator.tokenizer.Tokenizer;
import dev.spillway.emulator.tokenizer.Tokenizers;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as a model does: it thinks, calls tools, keeps to a schema, follows a prediction, and
 * ends where it is told to. What is left to say another generator writes.
 */
public final class ModelAnswers implements Generator {

  /** What an answer is like of which nothing is known but that it is JSON. */
  private static final JsonNode ANY_OBJECT =
      JsonMapper.shared()
          .readTree(
              """
              {"type": "object", "required": ["answer", "items"], "properties": {
                "answer": {"type": "string"},
                "items": {"type": "array", "minItems": 1, "items": {"type": "string"}}}}
              """);

  /** So long is what is said after a prediction. */
  private static final int AFTERWARDS = 24;

  private final Generator text;
  private final Tokenizers tokenizers;

  /**
   * @param text writes what is no JSON
   */
  public ModelAnswers(Generator text, Tokenizers tokenizers) {
    this.text = text;
    this.tokenizers = tokenizers;
  }

  @Override
  public Draft write(Conversation conversation, ModelProfile model, RandomGenerator random) {
    int reasoning = Reasoning.tokens(conversation, model, random);
    Integer allowed = conversation.maxTokens();
    if (allowed != null && reasoning >= allowed) {
      return new Draft(allowed, List.of(), List.of(), FinishReason.LENGTH);
    }
    Conversation rest =
        allowed == null || reasoning == 0 ? conversation : conversation.upTo(allowed - reasoning);
    Draft draft = said(rest, model, random);
    return StopText.apply(reasoning == 0 ? draft : draft.after(reasoning), conversation.stop());
  }

  private Draft said(Conversation conversation, ModelProfile model, RandomGenerator random) {
    List<Tool> tools = ToolPick.of(conversation);
    if (!tools.isEmpty()) {
      return calls(tools, conversation, model, random);
    }
    return switch (conversation.format()) {
      case ResponseFormat.JsonObject any -> json(ANY_OBJECT, conversation, model, random);
      case ResponseFormat.JsonSchema schema -> json(schema.schema(), conversation, model, random);
      case ResponseFormat.Text plain -> inWords(conversation, model, random);
    };
  }

  private Draft calls(
      List<Tool> tools, Conversation conversation, ModelProfile model, RandomGenerator random) {
    Tokenizer tokenizer = tokenizers.of(model.encoding());
    int left = room(conversation, model) - CallCost.frame(tools.size(), model.modelClass());
    List<DraftedCall> calls = new ArrayList<>();
    boolean cut = false;
    for (Tool tool : tools) {
      left -= tokenizer.count(tool.name());
      List<String> arguments = tokenizer.split(arguments(tool, conversation, random));
      cut |= arguments.size() > left;
      List<String> kept = arguments.subList(0, Math.clamp(left, 0, arguments.size()));
      calls.add(new DraftedCall(tool.name(), List.copyOf(kept)));
      left -= kept.size();
    }
    FinishReason end =
        conversation.toolChoice() instanceof ToolChoice.Named
            ? FinishReason.STOP
            : FinishReason.TOOL_CALLS;
    return new Draft(0, List.of(), calls, cut ? FinishReason.LENGTH : end);
  }

  private static String arguments(Tool tool, Conversation conversation, RandomGenerator random) {
    return tool.parameters().isObject() ? instance(tool.parameters(), conversation, random) : "{}";
  }

  private static String instance(
      JsonNode schema, Conversation conversation, RandomGenerator random) {
    Wording wording = Wording.of(ToolPick.lastOfUser(conversation));
    return InstanceWriter.write(schema, wording, random).toString();
  }

  private Draft json(
      JsonNode schema, Conversation conversation, ModelProfile model, RandomGenerator random) {
    String json = instance(schema, conversation, random);
    return cut(tokenizers.of(model.encoding()).split(json), room(conversation, model));
  }

  private static Draft cut(List<String> tokens, int room) {
    return tokens.size() <= room
        ? Draft.text(tokens, FinishReason.STOP)
        : Draft.text(List.copyOf(tokens.subList(0, room)), FinishReason.LENGTH);
  }

  private static int room(Conversation conversation, ModelProfile model) {
    Integer asked = conversation.maxTokens();
    int allowed = asked == null ? model.outputTokens() : Math.min(asked, model.outputTokens());
    return Math.max(1, allowed - model.completionOverhead());
  }

  private Draft inWords(Conversation conversation, ModelProfile model, RandomGenerator random) {
    String prediction = conversation.prediction();
    return prediction == null || prediction.isEmpty()
        ? text.write(conversation, model, random)
        : predicted(prediction, conversation, model, random);
  }

  /** At least three quarters of the prediction, and then something else. */
  private Draft predicted(
      String prediction, Conversation conversation, ModelProfile model, RandomGenerator random) {
    List<String> expected = tokenizers.of(model.encoding()).split(prediction);
    int accepted = expected.size() - random.nextInt(expected.size() / 4 + 1);
    List<String> tokens = new ArrayList<>(expected.subList(0, accepted));
    tokens.add("\n");
    tokens.addAll(text.write(conversation.upTo(AFTERWARDS), model, random).tokens());
    Draft draft = cut(tokens, room(conversation, model));
    int kept = Math.min(accepted, draft.tokens().size());
    return new Draft(
        0,
        draft.tokens(),
        List.of(),
        draft.finishReason(),
        false,
        new Draft.Predicted(kept, expected.size() - accepted));
  }
}
