package dev.spillway.emulator.inference;

import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.CompletionRequest;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.request.EmbeddingsRequest;
import dev.spillway.emulator.request.MediaRequest;
import dev.spillway.emulator.request.ModelRequest;
import dev.spillway.emulator.request.PromptInput;
import dev.spillway.emulator.request.TextRequest;
import dev.spillway.emulator.tokenizer.PrefixHashes;
import dev.spillway.emulator.tokenizer.PromptTokens;
import dev.spillway.emulator.tokenizer.Tokenizer;
import dev.spillway.emulator.tokenizer.Tokenizers;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts prompts, and knows which of their tokens are cached. */
final class Prompts {

  private final Tokenizers tokenizers;
  private final PromptCache cache;
  private final MediaTokens media;

  Prompts(Tokenizers tokenizers, PromptCache cache, MediaTokens media) {
    this.media = media;
    this.tokenizers = tokenizers;
    this.cache = cache;
  }

  /** The request's prompt, counted when it is first asked for; for one thread. */
  Supplier<Prompt> of(Deployment deployment, ModelRequest request) {
    return new Supplier<>() {
      private @Nullable Prompt counted;

      @Override
      public Prompt get() {
        Prompt prompt = counted == null ? count(deployment, request) : counted;
        counted = prompt;
        return prompt;
      }
    };
  }

  void remember(Deployment deployment, Prompt prompt) {
    cache.remember(deployment.id(), prompt.prefixes());
  }

  private Prompt count(Deployment deployment, ModelRequest request) {
    return switch (request) {
      case CompletionRequest completion -> count(deployment.model(), completion.prompts());
      case TextRequest text -> count(deployment, text.conversation());
      case MediaRequest other -> new Prompt(media.prompt(deployment.model(), other), 0, List.of());
      case EmbeddingsRequest embeddings -> count(deployment.model(), embeddings.inputs());
    };
  }

  /** Texts that have nothing to do with each other, and are not cached. */
  private Prompt count(ModelProfile model, List<PromptInput> inputs) {
    Tokenizer tokenizer = tokenizers.of(model.encoding());
    IntSummaryStatistics tokens =
        inputs.parallelStream().mapToInt(tokenizer::count).summaryStatistics();
    return new Prompt((int) tokens.getSum(), tokens.getMax(), 0, List.of());
  }

  private Prompt count(Deployment deployment, Conversation conversation) {
    ModelProfile model = deployment.model();
    Tokenizer tokenizer = tokenizers.of(model.encoding());
    int tokens = PromptTokens.count(conversation, model, tokenizer);
    List<Long> prefixes =
        caches(model.modelClass()) && tokens >= PrefixHashes.length(0)
            ? PromptTokens.prefixes(conversation, model.modelClass(), tokenizer)
            : List.of();
    return new Prompt(tokens, cache.cachedTokens(deployment.id(), prefixes), prefixes);
  }

  /** Caching came with gpt-4o. */
  private static boolean caches(ModelClass modelClass) {
    return switch (modelClass) {
      case CHAT, REASONING -> true;
      case OLDER_CHAT, EMBEDDINGS, MEDIA -> false;
    };
  }
}
