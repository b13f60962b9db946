package dev.spillway.emulator.generation;

import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.Conversation;
import dev.spillway.emulator.tokenizer.Tokenizers;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Seeded prose of the length the request allows.
 *
 * <p>An answer aims at a length drawn between half of and a little more than what is allowed, and
 * at no more than {@value #LONGEST} tokens; it ends with a sentence, or is cut exactly where the
 * allowance ends.
 */
public final class Prose implements Generator {

  private static final int USUAL = 160;
  private static final int LONGEST = 400;

  private final Tokenizers tokenizers;
  private final ConcurrentHashMap<String, Lexicon> lexicons = new ConcurrentHashMap<>();

  public Prose(Tokenizers tokenizers) {
    this.tokenizers = tokenizers;
  }

  @Override
  public Draft write(Conversation conversation, ModelProfile model, RandomGenerator random) {
    Integer asked = conversation.maxTokens();
    int allowed = asked == null ? model.outputTokens() : Math.min(asked, model.outputTokens());
    int room = Math.max(1, allowed - model.completionOverhead());
    int usual = asked == null ? USUAL : Math.min(room, LONGEST);
    int aim = random.nextInt(Math.max(1, usual / 2), usual + usual / 8 + 2);
    List<String> tokens = lexicon(model.encoding()).write(Math.min(aim, room), random);
    return tokens.size() <= room
        ? Draft.text(tokens, FinishReason.STOP)
        : Draft.text(List.copyOf(tokens.subList(0, room)), FinishReason.LENGTH);
  }

  /** Makes a vocabulary's phrases ready, so that no request waits for it. */
  public void prepare(String encoding) {
    Lexicon unused = lexicon(encoding);
  }

  private Lexicon lexicon(String encoding) {
    return lexicons.computeIfAbsent(encoding, name -> new Lexicon(tokenizers.of(name)));
  }
}
