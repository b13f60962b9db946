package dev.spillway.router.gateway;

import java.time.Instant;

/** What whoever runs a router can ask of it, beside its calls. */
public interface Upkeep {

  /**
   * The configuration at work.
   *
   * @param generation counted from 1; every reload is one more
   * @param since when it began to serve
   * @param file it was read from, as complaints call it
   */
  record InForce(int generation, Instant since, String file) {}

  InForce inForce();

  /** Reads the configuration again and follows it, as a whole or not at all. */
  Reloaded reload();
}
