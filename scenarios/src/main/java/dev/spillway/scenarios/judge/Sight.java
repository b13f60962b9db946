package dev.spillway.scenarios.judge;

import dev.spillway.control.FaultStatus;
import dev.spillway.control.JournalEntry;
import dev.spillway.scenarios.format.DeploymentRef;
import dev.spillway.scenarios.format.Selection;
import dev.spillway.scenarios.result.Attribution;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import dev.spillway.scenarios.result.Performance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was seen of some calls: by their callers, and by the emulator. */
final class Sight {

  private final Performance performance;
  private final List<CallRecord> calls;
  private final List<Attempt> journal;
  private final Map<String, List<Attempt>> attempts;
  private final Attribution attribution;

  private Sight(Sight whole, List<CallRecord> calls) {
    this.performance = whole.performance;
    this.calls = calls;
    this.journal = whole.journal;
    this.attempts = whole.attempts;
    this.attribution = whole.attribution;
  }

  /** Of all calls. */
  Sight(Performance performance) {
    this.performance = performance;
    this.calls = performance.calls();
    this.attribution = Attribution.of(performance.samples());
    this.journal = performance.journal().stream().map(this::attempt).toList();
    this.attempts = new HashMap<>();
    for (Attempt attempt : journal) {
      attribution
          .exchange(attempt.entry())
          .ifPresent(id -> attempts.computeIfAbsent(id, any -> new ArrayList<>()).add(attempt));
    }
  }

  /** Of those calls only. */
  Sight of(Selection selection) {
    return new Sight(this, calls.stream().filter(call -> fits(call, selection)).toList());
  }

  private static boolean fits(CallRecord call, Selection selection) {
    boolean isTraffic =
        selection.traffic() == null
            ? !call.traffic().equals(CallRecord.ALIVE_AFTER)
            : call.traffic().equals(selection.traffic());
    return isTraffic
        && (selection.from() == null || call.sent().compareTo(selection.from()) >= 0)
        && (selection.to() == null || call.sent().compareTo(selection.to()) < 0)
        && (selection.status() == null || Statuses.fits(call.last(), selection.status()));
  }

  private Attempt attempt(JournalEntry entry) {
    return new Attempt(entry, attribution.deployment(entry).orElse(null));
  }

  /** Those that are looked at. */
  List<CallRecord> calls() {
    return calls;
  }

  Stream<Exchange> exchanges() {
    return calls.stream().flatMap(call -> call.exchanges().stream());
  }

  /** The router's attempts at what was asked in an exchange, oldest first. */
  List<Attempt> attemptsAt(Exchange exchange) {
    return attempts.getOrDefault(exchange.id(), List.of());
  }

  /** The router's attempts at what is looked at, oldest first. */
  List<Attempt> attempts() {
    return exchanges()
        .flatMap(exchange -> attemptsAt(exchange).stream())
        .sorted((a, b) -> Long.compare(a.entry().number(), b.entry().number()))
        .toList();
  }

  /** The attempt whose answer the caller got: the last that was served. */
  Optional<Attempt> serving(Exchange exchange) {
    return exchange.isServed()
        ? attemptsAt(exchange).stream().filter(Attempt::isServed).reduce((a, b) -> b)
        : Optional.empty();
  }

  /** All of the emulator's journal, of whatever calls. */
  List<Attempt> journal() {
    return journal;
  }

  /** All that the emulator has. */
  List<DeploymentRef> deployments() {
    return attribution.deployments();
  }

  List<FaultStatus> faults() {
    return performance.faults();
  }

  /** A moment of the scenario by the emulator's clock. */
  Instant instant(Duration moment) {
    return performance.started().plus(moment);
  }

  /** {@code steady-7 at 12 s: 429 after 3 ms; asked primary/gpt 429 (tokens), told 6 s}. */
  String line(Exchange exchange) {
    String asked =
        attemptsAt(exchange).stream().map(Attempt::words).collect(Collectors.joining(", then "));
    return "%s at %s: %s after %s; %s"
        .formatted(
            exchange.id(),
            Words.of(exchange.sent()),
            Statuses.words(exchange),
            Words.of(exchange.took()),
            asked.isEmpty() ? "no backend was asked" : "asked " + asked);
  }

  List<String> lines(Stream<Exchange> some) {
    return some.map(this::line).toList();
  }
}
