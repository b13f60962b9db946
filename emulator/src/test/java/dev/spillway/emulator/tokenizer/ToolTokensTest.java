package dev.spillway.emulator.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.ResponseFormat;
import dev.spillway.emulator.request.Tool;
import dev.spillway.emulator.request.ToolCall;
import dev.spillway.emulator.request.ToolChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

class ToolTokensTest {

  private static final Tokenizer TOKENIZER = new Tokenizers().of("o200k_base");
  private static final ChatMessage HELLO = new ChatMessage("user", null, "Hello");

  private static final Tool WEATHER =
      new Tool(
          "get_weather",
          "The weather",
          JsonMapper.shared()
              .readTree(
                  """
                  {"type": "object", "required": ["city"], "properties": {
                    "city": {"type": "string", "description": "Where"},
                    "unit": {"enum": ["C", "F"]},
                    "days": {"type": ["integer", "null"]},
                    "at": {"type": "object", "properties": {"hours": {"type": "array",
                      "items": {"type": "number"}}}}}}
                  """),
          false);
  private static final Tool PING = new Tool("ping", null, MissingNode.getInstance(), false);

  private static Conversation conversation(List<ChatMessage> messages, List<Tool> tools) {
    return new Conversation(
        messages, tools, new ToolChoice.Auto(), true, new ResponseFormat.Text(), List.of(), null);
  }

  private static int count(List<ChatMessage> messages, Tool... tools) {
    return PromptTokens.count(
        conversation(messages, List.of(tools)), ModelCatalog.bundled().find("gpt-4o"), TOKENIZER);
  }

  @Test
  void toolsAreSeenAsTypeScript() {
    assertThat(ToolTokens.text(List.of(WEATHER, PING)))
        .isEqualTo(
            """
            # Tools

            ## functions

            namespace functions {

            // The weather
            type get_weather = (_: {
            // Where
            city: string,
            unit?: "C" | "F",
            days?: number | null,
            at?: {
              hours?: number[],
            },
            }) => any;

            type ping = () => any;

            } // namespace functions\
            """);
  }

  @Test
  void theyCostTheirTextAndNineAndFourLessWithASystemMessage() {
    ChatMessage system = new ChatMessage("system", null, "Be kind");
    int text = TOKENIZER.count(ToolTokens.text(List.of(PING)));

    assertThat(count(List.of(HELLO), PING) - count(List.of(HELLO))).isEqualTo(text + 9);
    assertThat(count(List.of(system, HELLO), PING) - count(List.of(system, HELLO)))
        .isEqualTo(text + 5);
  }

  @Test
  void aCallCostsItsNameItsArgumentsAndSeven() {
    ChatMessage silent = new ChatMessage("assistant", null, "");
    ChatMessage calling =
        new ChatMessage(
            "assistant", null, List.of(), List.of(new ToolCall("call_1", "ping", "{}")), null);

    assertThat(count(List.of(calling)) - count(List.of(silent))).isEqualTo(1 + 1 + 7);
  }
}
