package dev.spillway.emulator.generation;

import dev.spillway.emulator.model.ModelClass;
import dev.spillway.emulator.model.ModelProfile;
import dev.spillway.emulator.model.ReasoningEfforts;
import dev.spillway.emulator.request.Conversation;
import java.util.random.RandomGenerator;

/** How many tokens a model thinks before it answers: some times {@value #STEP}, by the effort. */
final class Reasoning {

  private static final int STEP = 64;

  private Reasoning() {}

  static int tokens(Conversation conversation, ModelProfile model, RandomGenerator random) {
    if (model.modelClass() != ModelClass.REASONING) {
      return 0;
    }
    String asked = conversation.effort();
    return STEP * steps(asked == null ? ReasoningEfforts.of(model).usual() : asked, random);
  }

  private static int steps(String effort, RandomGenerator random) {
    return switch (effort) {
      case "low" -> random.nextInt(1, 3);
      case "medium" -> random.nextInt(2, 7);
      case "high" -> random.nextInt(8, 25);
      case "xhigh" -> random.nextInt(24, 49);
      default -> 0;
    };
  }
}
