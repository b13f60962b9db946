package dev.spillway.scenarios.judge;

import dev.spillway.control.FaultStatus;
import dev.spillway.control.JournalEntry;
import dev.spillway.scenarios.format.DeploymentRef;
import dev.spillway.scenarios.format.Selection;
import dev.spillway.scenarios.play.Performance;
import dev.spillway.scenarios.result.BucketSample;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What was seen of some calls: by their callers, and by the emulator. */
final class Sight {

  /** What every written prompt begins with. */
  private static final Pattern MARK = Pattern.compile("\\[([A-Za-z0-9_-]+-\\d+(?:\\.\\d+)?)]");

  private static final Pattern DEPLOYMENT = Pattern.compile("/deployments/([^/]+)/");

  private final Performance performance;
  private final List<CallRecord> calls;
  private final List<Attempt> journal;
  private final Map<String, List<Attempt>> attempts;
  private final List<DeploymentRef> deployments;

  private Sight(Sight whole, List<CallRecord> calls) {
    this.performance = whole.performance;
    this.calls = calls;
    this.journal = whole.journal;
    this.attempts = whole.attempts;
    this.deployments = whole.deployments;
  }

  /** Of all calls. */
  Sight(Performance performance) {
    this.performance = performance;
    this.calls = performance.calls();
    this.deployments =
        List.copyOf(
            performance.samples().stream()
                .map(BucketSample::deployment)
                .collect(Collectors.toCollection(TreeSet::new)));
    this.journal = performance.journal().stream().map(this::attempt).toList();
    this.attempts = new HashMap<>();
    for (Attempt attempt : journal) {
      idOf(attempt.entry())
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

  /** By the id of the exchange, which a router hands on in a header or at least in the prompt. */
  private static Optional<String> idOf(JournalEntry entry) {
    String id = entry.clientRequestId();
    if (id != null && MARK.matcher("[" + id + "]").matches()) {
      return Optional.of(id);
    }
    String body = entry.body();
    Matcher mark = MARK.matcher(body == null ? "" : body);
    return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
  }

  private Attempt attempt(JournalEntry entry) {
    String resource = entry.resource();
    return new Attempt(entry, resource == null ? null : deployment(entry, resource));
  }

  /** The journal names none where a fault struck before it was looked for. */
  private @Nullable DeploymentRef deployment(JournalEntry entry, String resource) {
    if (entry.deployment() != null) {
      return new DeploymentRef(resource, entry.deployment());
    }
    Matcher path = DEPLOYMENT.matcher(entry.path());
    if (path.find()) {
      return new DeploymentRef(resource, path.group(1));
    }
    List<DeploymentRef> ofResource =
        deployments.stream().filter(one -> one.resource().equals(resource)).toList();
    return ofResource.size() == 1 ? ofResource.getFirst() : null;
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
    return deployments;
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
