package dev.spillway.scenarios.report;

import dev.spillway.control.FaultMatch;
import dev.spillway.control.FaultSpec;
import dev.spillway.scenarios.format.DeploymentRef;
import dev.spillway.scenarios.format.Event;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fault or a change as the timeline shows it.
 *
 * @param to when it is over; the scenario's end for what stays
 * @param struck whose lanes it shades
 */
record Happening(
    Duration from, Duration to, String style, String words, Predicate<DeploymentRef> struck) {

  /** How the reader of scenarios calls a fault that has no name. */
  private static final Pattern UNNAMED = Pattern.compile("line \\d+");

  static Happening of(Event event, Duration end) {
    return switch (event) {
      case Event.Change change -> at(change, "change", end, change.deployment());
      case Event.Reduction reduction ->
          at(
              reduction,
              "change",
              reduction.from().plus(reduction.lasting()),
              reduction.deployment());
      case Event.Removal removal -> at(removal, "change", end, removal.deployment());
      case Event.Fault fault ->
          new Happening(
              fault.from(),
              Objects.requireNonNullElse(fault.to(), end),
              "fault",
              words(fault.fault()),
              deployment -> strikes(fault.fault().match(), deployment));
    };
  }

  private static Happening at(Event event, String style, Duration to, DeploymentRef deployment) {
    return new Happening(event.from(), to, style, event.words(), deployment::equals);
  }

  /** {@code status 503 on secondary}, after its name where somebody has given it one. */
  private static String words(FaultSpec fault) {
    FaultMatch match = fault.match();
    String place =
        Stream.of(match.resource(), match.deployment(), match.region())
            .filter(Objects::nonNull)
            .collect(Collectors.joining("/"));
    String what = place.isEmpty() ? fault.what().text() : fault.what().text() + " on " + place;
    return UNNAMED.matcher(fault.name()).matches() ? what : fault.name() + ": " + what;
  }

  /** As far as names tell; a region is not among them. */
  private static boolean strikes(FaultMatch match, DeploymentRef deployment) {
    return (match.resource() == null || match.resource().equals(deployment.resource()))
        && (match.deployment() == null || match.deployment().equals(deployment.deployment()));
  }

  /** {@code status 503, 20 s to 40 s}. */
  String withTimes() {
    return "%s, %s to %s".formatted(words, TimeAxis.words(from), TimeAxis.words(to));
  }
}
