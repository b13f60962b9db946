package dev.spillway.cli.matrix;

import dev.spillway.router.config.Route;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.ScenarioReader;
import dev.spillway.scenarios.stage.Setup;
import dev.spillway.wire.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every trouble of a router's backends, alone, in pairs and of all at once, as scenarios with the
 * user's own router.yaml.
 */
public final class Matrix {

  /** More backends than this have no pairs: there would be too many. */
  private static final int MOST_FOR_PAIRS = 5;

  /**
   * One field of the matrix.
   *
   * @param route what is called
   * @param struck the backends that have the trouble
   * @param someAreWell whether the route has others, so that its callers need not notice
   */
  record Cell(
      String route, List<String> struck, boolean someAreWell, Trouble trouble, Scenario scenario) {

    String row() {
      return String.join(" + ", struck);
    }
  }

  private final List<Cell> cells;

  private Matrix(List<Cell> cells) {
    this.cells = List.copyOf(cells);
  }

  /**
   * The matrix of a router.yaml.
   *
   * @throws dev.spillway.yaml.YamlException with file, line and what was expected
   */
  public static Matrix of(Path file) {
    OwnConfig own = OwnConfig.read(file);
    List<Cell> cells = new ArrayList<>();
    for (Route route : own.routes()) {
      List<String> backends = own.backends(route);
      for (List<String> struck : rows(backends)) {
        for (Trouble trouble : Trouble.values()) {
          if (!trouble.isOfStreams() || streams(route)) {
            boolean someAreWell = struck.size() < backends.size();
            Scenario scenario = scenario(file, own, route, struck, trouble, someAreWell);
            cells.add(new Cell(route.toString(), struck, someAreWell, trouble, scenario));
          }
        }
      }
    }
    return new Matrix(cells);
  }

  List<Cell> cells() {
    return cells;
  }

  /** In the order in which they are to be played. */
  public List<Scenario> scenarios() {
    return cells.stream().map(Cell::scenario).toList();
  }

  private static List<List<String>> rows(List<String> backends) {
    List<List<String>> rows = new ArrayList<>();
    backends.forEach(one -> rows.add(List.of(one)));
    if (backends.size() > 2 && backends.size() <= MOST_FOR_PAIRS) {
      for (int i = 0; i < backends.size(); i++) {
        for (int j = i + 1; j < backends.size(); j++) {
          rows.add(List.of(backends.get(i), backends.get(j)));
        }
      }
    }
    if (backends.size() > 1) {
      rows.add(backends);
    }
    return rows;
  }

  private static boolean streams(Route route) {
    return OwnConfig.operation(route) != Operation.EMBEDDINGS;
  }

  private static Scenario scenario(
      Path file,
      OwnConfig own,
      Route route,
      List<String> struck,
      Trouble trouble,
      boolean someAreWell) {
    String yaml =
        """
        scenario: '%s: %s %s'
        group: '%s'
        emulator: %s
        client: {%s}
        traffic: [%s]
        timeline: [%s]
        expect: [%s]
        """
            .formatted(
                route,
                String.join(" and ", struck),
                trouble.label(),
                route,
                own.emulator(),
                own.key(route).map(key -> "key: \"" + key + "\"").orElse(""),
                traffic(route),
                faults(struck, trouble),
                expectations(route, trouble, someAreWell));
    Scenario scenario = new ScenarioReader(name -> "", client -> client).parse(file, yaml);
    return scenario.with(new Setup(scenario.setup().emulator(), own.router()));
  }

  private static String traffic(Route route) {
    String target = OwnConfig.target(route);
    String plain = "{name: plain, calls: 4, every: 5s, %s}".formatted(target);
    return streams(route)
        ? plain
            + ", {name: streams, from: 2s, calls: 4, every: 5s, stream: true, %s}".formatted(target)
        : plain;
  }

  private static String faults(List<String> struck, Trouble trouble) {
    return struck.stream()
        .map(backend ->
            "{fault: %s, match: {resource: \"%s\"}, name: \"%s %s\"}"
                .formatted(trouble.fault(), backend, backend, trouble.label()))
        .collect(Collectors.joining(", "));
  }

  /** Streams that were cut on their way may end badly, but never as though nothing had been. */
  private static String expectations(Route route, Trouble trouble, boolean someAreWell) {
    List<String> all = new ArrayList<>();
    if (someAreWell) {
      all.add("{statuses: {200: all}}");
    }
    if (streams(route)) {
      all.add(
          someAreWell && trouble != Trouble.CUT_STREAMS
              ? "{streams: complete}"
              : "{streams: {unfinished: none}}");
    }
    if (all.isEmpty()) {
      all.add("{attempts: '>= 1'}");
    }
    return String.join(", ", all);
  }
}
