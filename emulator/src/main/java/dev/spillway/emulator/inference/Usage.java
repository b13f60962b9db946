package dev.spillway.emulator.inference;

/** Tokens as billed. */
public record Usage(int promptTokens, int completionTokens) {

  public int totalTokens() {
    return promptTokens + completionTokens;
  }
}
