package dev.spillway.router.gateway;

/** What became of a reload. */
public sealed interface Reloaded {

  /** The configuration is followed, from the next call on. */
  record Followed(int generation) implements Reloaded {}

  /**
   * Nothing has changed.
   *
   * @param why in one line, with the file and the line in it
   */
  record Refused(String why) implements Reloaded {}
}
