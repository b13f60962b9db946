package dev.spillway.emulator.generation;

import dev.spillway.emulator.generation.Dictation.Words;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.Conversation;
import java.util.random.RandomGenerator;

/** Says one text, whatever it is asked. */
public final class FixedText implements Generator {

  private final Dictation dictation;
  private final String text;

  public FixedText(Dictation dictation, String text) {
    this.dictation = dictation;
    this.text = text;
  }

  @Override
  public Draft write(Conversation conversation, ModelProfile model, RandomGenerator random) {
    return dictation.draft(Words.text(text), conversation, model);
  }
}
