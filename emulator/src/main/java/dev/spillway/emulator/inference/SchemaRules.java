package dev.spillway.emulator.inference;

import dev.spillway.emulator.request.ChatRequest;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.ResponseFormat;
import dev.spillway.emulator.request.TextRequest;
import dev.spillway.emulator.request.Tool;
import dev.spillway.emulator.schema.SchemaCheck;
import dev.spillway.emulator.schema.StrictRules;
import java.util.Optional;

/** Whether the schemas in a request are such as the engine takes. */
final class SchemaRules {

  private final StrictRules rules;

  SchemaRules(StrictRules rules) {
    this.rules = rules;
  }

  Optional<InvalidRequest> broken(TextRequest request) {
    Conversation conversation = request.conversation();
    boolean functions = request instanceof ChatRequest chat && chat.options().functions();
    for (int i = 0; i < conversation.tools().size(); i++) {
      Optional<InvalidRequest> broken = broken(conversation.tools().get(i), i, functions);
      if (broken.isPresent()) {
        return broken;
      }
    }
    return broken(conversation.format());
  }

  private Optional<InvalidRequest> broken(Tool tool, int index, boolean function) {
    if (tool.parameters().isMissingNode() || tool.parameters().isNull()) {
      return Optional.empty();
    }
    String param =
        function
            ? "functions[" + index + "].parameters"
            : "tools[" + index + "].function.parameters";
    return SchemaCheck.ofFunction(tool.parameters(), tool.strict(), rules)
        .map(problem ->
            new InvalidRequest(
                "Invalid schema for function '" + tool.name() + "': " + problem,
                param,
                "invalid_function_parameters"));
  }

  private Optional<InvalidRequest> broken(ResponseFormat format) {
    return switch (format) {
      case ResponseFormat.JsonSchema schema ->
          SchemaCheck.ofAnswer(schema.schema(), schema.strict(), rules)
              .map(problem ->
                  new InvalidRequest(
                      "Invalid schema for response_format '" + schema.name() + "': " + problem,
                      "response_format",
                      null));
      case ResponseFormat.JsonObject any -> Optional.empty();
      case ResponseFormat.Text text -> Optional.empty();
    };
  }
}
