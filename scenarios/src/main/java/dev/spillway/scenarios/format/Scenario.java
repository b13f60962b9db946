package dev.spillway.scenarios.format;

import dev.spillway.scenarios.stage.Setup;
import java.util.List;

/**
 * One question to a router: what it stands before, what is asked of it, what goes wrong meanwhile,
 * and what is to come out.
 *
 * @param file where it is written, as it was named
 * @param name one sentence
 * @param why it matters; empty where nobody says so
 * @param sources the threads, rows and invariants that it comes from
 * @param group which others it belongs to
 * @param events what happens to the emulator, in the order of their moments
 * @param expectations in the file's order, at least one
 */
public record Scenario(
    String file,
    String name,
    String why,
    List<String> sources,
    String group,
    Setup setup,
    List<Traffic> traffic,
    List<Event> events,
    List<Expectation> expectations) {

  public Scenario {
    sources = List.copyOf(sources);
    traffic = List.copyOf(traffic);
    events = List.copyOf(events);
    expectations = List.copyOf(expectations);
  }

  /** The same question with something else behind the router, or with another one. */
  public Scenario with(Setup other) {
    return new Scenario(file, name, why, sources, group, other, traffic, events, expectations);
  }
}
