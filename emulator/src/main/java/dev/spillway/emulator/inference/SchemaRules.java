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
    String place = place(request);
    for (int i = 0; i < conversation.tools().size(); i++) {
      Optional<InvalidRequest> broken = broken(conversation.tools().get(i), place.formatted(i));
      if (broken.isPresent()) {
        return broken;
      }
    }
    return broken(conversation.format());
  }

  /** Where the parameters of a tool are in a request. */
  private static String place(TextRequest request) {
    if (request instanceof ChatRequest chat) {
      return chat.options().functions()
          ? "functions[%d].parameters"
          : "tools[%d].function.parameters";
    }
    return "tools[%d].parameters";
  }

  private Optional<InvalidRequest> broken(Tool tool, String param) {
    if (tool.parameters().isMissingNode() || tool.parameters().isNull()) {
      return Optional.empty();
    }
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
