package dev.spillway.emulator.generation;

import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.request.Conversation;
import java.util.random.RandomGenerator;

/** Makes up what a model says. */
@FunctionalInterface
public interface Generator {

  /**
   * One answer.
   *
   * @param random decides all that the conversation leaves open
   */
  Draft write(Conversation conversation, ModelProfile model, RandomGenerator random);
}
