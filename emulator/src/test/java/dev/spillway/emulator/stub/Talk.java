package dev.spillway.emulator.stub;

import dev.spillway.control.stub.StubSpec;
import dev.spillway.emulator.generation.CallSeed;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.RequestAsSent;
import dev.spillway.emulator.request.ResponseFormat;
import dev.spillway.emulator.request.Tool;
import dev.spillway.emulator.request.ToolCall;
import dev.spillway.emulator.request.ToolChoice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;

/** Requests to stubs, message by message, and what the stubs say. */
final class Talk {

  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Stubs stubs = new Stubs();
  private final CallSeed seed = new CallSeed(1, 2);

  Talk(StubSpec... specs) {
    for (StubSpec spec : specs) {
      var unused = stubs.put(spec);
    }
  }

  Stubs stubs() {
    return stubs;
  }

  static ChatMessage user(String text) {
    return new ChatMessage("user", null, text);
  }

  static ChatMessage system(String text) {
    return new ChatMessage("system", null, text);
  }

  static ChatMessage assistant(String text) {
    return new ChatMessage("assistant", null, text);
  }

  /** An assistant's message that calls a tool; the call is named as the tool. */
  static ChatMessage calling(String tool) {
    return new ChatMessage(
        "assistant", null, List.of(), List.of(new ToolCall(tool, tool, "{}")), null);
  }

  /** The result of that call. */
  static ChatMessage result(String tool, String text) {
    ChatMessage said = new ChatMessage("tool", null, text);
    return new ChatMessage("tool", null, said.content(), List.of(), tool);
  }

  static Asked asked(ChatMessage... messages) {
    return asked("chat", Map.of(), "{}", messages);
  }

  static Asked asked(
      String deployment, Map<String, String> headers, String body, ChatMessage... messages) {
    Conversation conversation =
        new Conversation(
            List.of(messages),
            List.of(new Tool("get_weather", null, MissingNode.getInstance(), false)),
            new ToolChoice.Auto(),
            true,
            new ResponseFormat.Text(),
            List.of(),
            null);
    return new Asked(
        "contoso",
        deployment,
        "gpt-4o",
        "chat/completions",
        false,
        conversation,
        new RequestAsSent(headers::get, body.getBytes(StandardCharsets.UTF_8)));
  }

  /** What is said to the user's one message; null when no stub fits. */
  @Nullable String say(String text) {
    return say(asked(user(text)));
  }

  /** What is said: the text, and calls as {@code name(arguments)}; null when no stub fits. */
  @Nullable String say(Asked asked) {
    return switch (stubs.ask(asked)) {
      case StubVerdict.Unmatched none -> null;
      case StubVerdict.Answered answered -> {
        var words = answered.words(NOW, seed.random("stub"));
        List<String> said = new ArrayList<>();
        if (!words.text().isEmpty()) {
          said.add(words.text());
        }
        words.calls().forEach(call -> said.add(call.name() + "(" + call.arguments() + ")"));
        yield String.join(" ", said);
      }
    };
  }
}
