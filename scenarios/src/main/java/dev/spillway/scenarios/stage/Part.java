package dev.spillway.scenarios.stage;

/**
 * Somebody who does something on a stage, beside all others: a caller, who changes the emulator.
 *
 * @param name for people who look for what went wrong
 */
public record Part(String name, Body body) {

  /** What is done; it waits by the stage's time and through the stage's calls only. */
  public interface Body {
    void run() throws Exception;
  }
}
