package dev.spillway.emulator.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The vocabularies by name; each takes about half a second to load and is then kept. */
public final class Tokenizers {

  private final EncodingRegistry registry = Encodings.newLazyEncodingRegistry();
  private final ConcurrentHashMap<String, CompletableFuture<Tokenizer>> loaded =
      new ConcurrentHashMap<>();

  /** Starts loading in the background. */
  public void preload(String encoding) {
    CompletableFuture<Tokenizer> unused = future(encoding);
  }

  /** Waits for the vocabulary when it is still being loaded. */
  public Tokenizer of(String encoding) {
    return future(encoding).join();
  }

  private CompletableFuture<Tokenizer> future(String encoding) {
    return loaded.computeIfAbsent(
        encoding, name -> CompletableFuture.supplyAsync(() -> load(name)));
  }

  private Tokenizer load(String name) {
    EncodingType type =
        EncodingType.fromName(name)
            .orElseThrow(() -> new IllegalArgumentException("no vocabulary '" + name + "'"));
    return new Tokenizer(registry.getEncoding(type));
  }
}
