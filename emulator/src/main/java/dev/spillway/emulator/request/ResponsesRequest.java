package dev.spillway.emulator.request;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A response as asked for.
 *
 * @param items its input, as the service keeps it; with everything before it once that is known
 * @param earlier how many of the items, at the beginning, its request did not bring
 * @param instructions what goes before the input, for this response only
 * @param previousResponseId the response that it goes on from
 * @param conversation the instructions and the items as messages
 * @param background whether the caller comes back for it
 * @param store whether it can be asked for later
 * @param obfuscation {@code stream_options.include_obfuscation}
 * @param body as it came; much of it is said back
 */
public record ResponsesRequest(
    String model,
    List<ObjectNode> items,
    int earlier,
    @Nullable String instructions,
    @Nullable String previousResponseId,
    Conversation conversation,
    boolean stream,
    boolean background,
    boolean store,
    boolean obfuscation,
    ObjectNode body,
    Parameters parameters)
    implements TextRequest {

  @Override
  public int choices() {
    return 1;
  }

  @Override
  public int multiplier() {
    return 1;
  }

  /** Whether {@code include} names it. */
  public boolean includes(String what) {
    for (JsonNode one : body.path("include")) {
      if (one.isString() && one.stringValue().equals(what)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a summary of the reasoning is asked for. */
  public boolean wantsSummary() {
    return parameters.has("reasoning.summary");
  }

  /** The same with all that its input refers to, unless that does not go together. */
  public ParsedBody with(List<ObjectNode> whole) {
    return ToolCallPairs.problem(whole)
        .<ParsedBody>map(ParsedBody.Refused::new)
        .orElseGet(() -> new ParsedBody.Valid(going(whole)));
  }

  private ResponsesRequest going(List<ObjectNode> whole) {
    return new ResponsesRequest(
        model,
        List.copyOf(whole),
        whole.size() - items.size(),
        instructions,
        previousResponseId,
        new Conversation(
            messages(instructions, whole),
            conversation.tools(),
            conversation.toolChoice(),
            conversation.parallelTools(),
            conversation.format(),
            conversation.stop(),
            conversation.maxTokens(),
            conversation.effort(),
            conversation.prediction()),
        stream,
        background,
        store,
        obfuscation,
        body,
        parameters);
  }

  static List<ChatMessage> messages(@Nullable String instructions, List<ObjectNode> items) {
    List<ChatMessage> messages = new ArrayList<>();
    if (instructions != null) {
      messages.add(new ChatMessage("system", null, instructions));
    }
    messages.addAll(ItemMessages.of(items));
    return messages;
  }
}
