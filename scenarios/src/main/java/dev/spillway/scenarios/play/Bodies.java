package dev.spillway.scenarios.play;

import dev.spillway.scenarios.format.Ask;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what calls send.
 *
 * <p>A prompt begins with the call's id in brackets, so that it is known at a backend also where a
 * router keeps the header with the id to itself.
 */
final class Bodies {

  private static final JsonMapper JSON = new JsonMapper();

  /** One token each, with the blank behind it, and four characters, as the service counts. */
  private static final List<String> WORDS =
      List.of("the ", "sun ", "was ", "low ", "and ", "all ", "men ", "did ", "not ", "see ");

  private static final int CHARACTERS_PER_TOKEN = 4;

  private Bodies() {}

  static String of(Ask ask, String id) {
    return switch (ask.content()) {
      case Ask.Literal literal -> literal.text();
      case Ask.Written written -> write(written, ask.stream(), id);
    };
  }

  private static String write(Ask.Written written, boolean stream, String id) {
    String prompt = "[" + id + "] " + said(written, id);
    String body = json(written, stream, prompt);
    int missing =
        written.bytes() == null
            ? 0
            : written.bytes() - body.getBytes(StandardCharsets.UTF_8).length;
    return missing <= 0 ? body : json(written, stream, prompt + words(missing));
  }

  private static String said(Ask.Written written, String id) {
    if (written.prompt() != null) {
      return written.prompt();
    }
    return words(written.promptTokens() * CHARACTERS_PER_TOKEN - id.length() - 3);
  }

  /** So many characters. */
  private static String words(int characters) {
    StringBuilder words = new StringBuilder(Math.max(0, characters) + CHARACTERS_PER_TOKEN);
    for (int i = 0; words.length() < characters; i++) {
      words.append(WORDS.get(i % WORDS.size()));
    }
    return words.substring(0, Math.max(0, characters));
  }

  private static String json(Ask.Written written, boolean stream, String prompt) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (written.model() != null) {
      body.put("model", written.model());
    }
    switch (written.operation()) {
      case CHAT_COMPLETIONS -> {
        body.put("messages", List.of(Map.of("role", "user", "content", prompt)));
        body.put("max_tokens", written.answerTokens());
      }
      case COMPLETIONS -> {
        body.put("prompt", prompt);
        body.put("max_tokens", written.answerTokens());
      }
      case RESPONSES -> {
        body.put("input", prompt);
        body.put("max_output_tokens", written.answerTokens());
      }
      case IMAGE_GENERATIONS, IMAGE_EDITS -> body.put("prompt", prompt);
      case EMBEDDINGS, AUDIO_SPEECH, AUDIO_TRANSCRIPTIONS, AUDIO_TRANSLATIONS ->
          body.put("input", prompt);
    }
    if (stream) {
      body.put("stream", true);
    }
    if (written.more() != null) {
      more(written.more(), body);
    }
    return JSON.writeValueAsString(body);
  }

  /** A member that is null takes one away that would be there. */
  private static void more(String json, Map<String, Object> body) {
    for (Map.Entry<String, JsonNode> member : JSON.readTree(json).properties()) {
      if (member.getValue().isNull()) {
        body.remove(member.getKey());
      } else {
        body.put(member.getKey(), member.getValue());
      }
    }
  }
}
