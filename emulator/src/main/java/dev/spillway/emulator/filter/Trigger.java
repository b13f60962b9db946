package dev.spillway.emulator.filter;

/**
 * Makes the filter believe something of a call whose prompt or completion has a text in it.
 *
 * @param in where the text is looked for
 */
public record Trigger(TextPattern pattern, Side in, Effect effect) {

  public Trigger {
    if (in == Side.COMPLETION
        && !(effect instanceof Effect.Guilt guilt && guilt.side() == Side.COMPLETION)) {
      throw new IllegalArgumentException("what stands in a completion only condemns completions");
    }
  }
}
