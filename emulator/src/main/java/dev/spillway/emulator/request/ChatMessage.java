package dev.spillway.emulator.request;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation.
 *
 * @param content its parts; one text for a message that is a text
 * @param toolCalls what an assistant's message calls
 * @param toolCallId the call whose result a tool's message is
 */
public record ChatMessage(
    String role,
    @Nullable String name,
    List<ContentPart> content,
    List<ToolCall> toolCalls,
    @Nullable String toolCallId) {

  /** A message of text only. */
  public ChatMessage(String role, @Nullable String name, String text) {
    this(
        role,
        name,
        text.isEmpty() ? List.of() : List.of(new ContentPart.Text(text)),
        List.of(),
        null);
  }

  /** Its text, or the text parts of its content one after the other. */
  public String text() {
    return content.size() == 1 && content.getFirst() instanceof ContentPart.Text only
        ? only.text()
        : content.stream()
            .filter(ContentPart.Text.class::isInstance)
            .map(ContentPart.Text.class::cast)
            .map(ContentPart.Text::text)
            .collect(Collectors.joining());
  }
}
