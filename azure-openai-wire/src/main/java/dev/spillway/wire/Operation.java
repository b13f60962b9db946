package dev.spillway.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a client can ask of a deployment, by its path below the deployment or below {@code v1}. */
public enum Operation {
  CHAT_COMPLETIONS("chat/completions", "ChatCompletions_Create", "chatCompletion"),
  COMPLETIONS("completions", "Completions_Create", "completion"),
  EMBEDDINGS("embeddings", "Embeddings_Create", "embeddings"),
  RESPONSES("responses", "create-response", "responses"),
  IMAGE_GENERATIONS("images/generations", "ImageGenerations_Create", "imageGenerations"),
  IMAGE_EDITS("images/edits", "ImageEdits_Create", "imageEdits"),
  AUDIO_TRANSCRIPTIONS("audio/transcriptions", "Audio_Transcriptions", "audioTranscriptions"),
  AUDIO_TRANSLATIONS("audio/translations", "Audio_Translations", "audioTranslations"),
  AUDIO_SPEECH("audio/speech", "Audio_Speech", "audioSpeech");

  private static final Map<String, Operation> BY_PATH =
      Arrays.stream(values()).collect(Collectors.toMap(Operation::path, Function.identity()));

  private final String path;
  private final String nameInErrors;
  private final String nameForModels;

  Operation(String path, String nameInErrors, String nameForModels) {
    this.path = path;
    this.nameInErrors = nameInErrors;
    this.nameForModels = nameForModels;
  }

  public static Optional<Operation> byPath(String path) {
    return Optional.ofNullable(BY_PATH.get(path));
  }

  /** Without a leading slash. */
  public String path() {
    return path;
  }

  /** The name that a 429 of the service gives the operation. */
  public String nameInErrors() {
    return nameInErrors;
  }

  /** The name that the service gives it where a model cannot do it. */
  public String nameForModels() {
    return nameForModels;
  }
}
