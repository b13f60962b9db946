package dev.spillway.emulator.identity;

/** Whether a token opens a door. */
public sealed interface TokenVerdict {

  /** It does. */
  record Valid(Claims claims) implements TokenVerdict {}

  /**
   * It does not.
   *
   * @param why for the journal: a few words
   */
  record Invalid(String why) implements TokenVerdict {}
}
