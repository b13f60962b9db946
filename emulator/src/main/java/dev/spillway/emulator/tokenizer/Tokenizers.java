package dev.spillway.emulator.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The vocabularies by name; each takes about half a second to load and is then kept, for all
 * emulators of the process.
 */
public final class Tokenizers {

  private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();
  private static final ConcurrentHashMap<String, CompletableFuture<Tokenizer>> LOADED =
      new ConcurrentHashMap<>();

  /** Starts loading in the background. */
  public void preload(String encoding) {
    CompletableFuture<Tokenizer> unused = future(encoding);
  }

  /** Waits for the vocabulary when it is still being loaded. */
  public Tokenizer of(String encoding) {
    return future(encoding).join();
  }

  private static CompletableFuture<Tokenizer> future(String encoding) {
    return LOADED.computeIfAbsent(
        encoding, name -> CompletableFuture.supplyAsync(() -> load(name)));
  }

  private static Tokenizer load(String name) {
    EncodingType type =
        EncodingType.fromName(name)
            .orElseThrow(() -> new IllegalArgumentException("no vocabulary '" + name + "'"));
    return new Tokenizer(REGISTRY.getEncoding(type));
  }
}
