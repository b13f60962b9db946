package dev.spillway.emulator.inference;

import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.ChatMessage;
import dev.spillway.emulator.request.ContentPart;
import dev.spillway.emulator.request.InvalidRequest;
import dev.spillway.emulator.request.TextRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which models see pictures. */
final class ContentRules {

  private static final Set<String> BLIND =
      Set.of(
          "gpt-35-turbo",
          "gpt-35-turbo-16k",
          "gpt-4",
          "gpt-4-32k",
          "o1-preview",
          "o1-mini",
          "o3-mini");

  private ContentRules() {}

  static Optional<InvalidRequest> broken(ModelProfile model, TextRequest request) {
    if (!BLIND.contains(model.name())) {
      return Optional.empty();
    }
    List<ChatMessage> messages = request.conversation().messages();
    for (int i = 0; i < messages.size(); i++) {
      InvalidRequest broken = broken(messages.get(i), i);
      if (broken != null) {
        return Optional.of(broken);
      }
    }
    return Optional.empty();
  }

  private static @Nullable InvalidRequest broken(ChatMessage message, int index) {
    for (int i = 0; i < message.content().size(); i++) {
      if (message.content().get(i) instanceof ContentPart.Image) {
        return new InvalidRequest(
            "Invalid content type. image_url is only supported by certain models.",
            "messages.[" + index + "].content.[" + i + "].type",
            null);
      }
    }
    return null;
  }
}
