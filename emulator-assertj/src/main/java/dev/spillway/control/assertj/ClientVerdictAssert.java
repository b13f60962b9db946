package dev.spillway.control.assertj;

import dev.spillway.control.ClientVerdict;
import dev.spillway.control.Finding;
import dev.spillway.control.FindingKind;
import dev.spillway.control.RequestVerdict;
import dev.spillway.control.RequestVerdict.Ending;
import dev.spillway.control.SeenCall;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on how a client behaved. Each fails with what was found and the journal's lines that
 * prove it, and none holds for a verdict on no calls.
 */
public final class ClientVerdictAssert extends AbstractAssert<ClientVerdictAssert, ClientVerdict> {

  ClientVerdictAssert(ClientVerdict verdict) {
    super(verdict, ClientVerdictAssert.class);
  }

  /** Nothing was found that the verdict's rules do not tolerate. */
  public ClientVerdictAssert passes() {
    isNotNull();
    failOn("the client to pass", actual.failures());
    return this;
  }

  /** No retry came to a deployment before the wait was over that it had been told. */
  public ClientVerdictAssert waitedAsTold() {
    return has(FindingKind.CAME_EARLY, "the client to wait as it was told");
  }

  /** Waits that were not told grew. */
  public ClientVerdictAssert backedOff() {
    return has(FindingKind.NO_BACKOFF, "the client to back off");
  }

  public ClientVerdictAssert neverStormed() {
    return has(FindingKind.STORMED, "the client never to storm");
  }

  public ClientVerdictAssert neverHedged() {
    return has(FindingKind.HEDGED, "the client never to hedge");
  }

  public ClientVerdictAssert neverRetriedInVain() {
    return has(FindingKind.RETRIED_IN_VAIN, "the client never to retry what stays refused");
  }

  public ClientVerdictAssert neverGaveUp() {
    return has(FindingKind.GAVE_UP, "the client never to give up");
  }

  /** No call, of whatever request, came to a deployment that had told this caller to wait. */
  public ClientVerdictAssert leftRestingDeploymentsAlone() {
    String expected = "the client to leave resting deployments alone";
    has(FindingKind.MOVED_TO_RESTING, expected);
    has(FindingKind.CAME_EARLY, expected);
    return has(FindingKind.CAME_WHILE_RESTING, expected);
  }

  /** What one deployment refused it finished at once on another that had room. */
  public ClientVerdictAssert movedOnAtOnce() {
    String expected = "the client to move on at once to a deployment with room";
    has(FindingKind.MOVED_LATE, expected);
    has(FindingKind.MOVED_TO_RESTING, expected);
    if (actual.sums().movesToCapacity() == 0) {
      throw failure("expected %s, but it never did:%n%s", expected, requests(request -> true));
    }
    return this;
  }

  public ClientVerdictAssert hasAtMostAttempts(int most) {
    mustHaveCalls();
    if (actual.sums().mostAttempts() > most) {
      throw failure(
          "expected at most %d attempts at every request, but there were %d:%n%s",
          most,
          actual.sums().mostAttempts(),
          requests(request -> request.attempts().size() > most));
    }
    return this;
  }

  public ClientVerdictAssert wastedAtMost(long tokens) {
    mustHaveCalls();
    if (actual.sums().wastedTokens() > tokens) {
      throw failure(
          "expected at most %d wasted tokens, but there were %d:%n%s",
          tokens, actual.sums().wastedTokens(), requests(request -> request.wastedTokens() > 0));
    }
    return this;
  }

  /** Every request was answered in the end. */
  public ClientVerdictAssert wasServed() {
    mustHaveCalls();
    if (actual.sums().served() != actual.sums().requests()) {
      throw failure(
          "expected all %d requests to be served, but %d were:%n%s",
          actual.sums().requests(),
          actual.sums().served(),
          requests(request -> request.ending() != Ending.SERVED));
    }
    return this;
  }

  /** At least one thing of this kind was found. */
  public ClientVerdictAssert hasFinding(FindingKind kind) {
    isNotNull();
    if (actual.findings(kind).isEmpty()) {
      throw failure(
          "expected a finding %s, but there was none:%n%s", kind.text(), requests(all -> true));
    }
    return this;
  }

  private ClientVerdictAssert has(FindingKind none, String expected) {
    mustHaveCalls();
    failOn(expected, actual.findings(none));
    return this;
  }

  private void mustHaveCalls() {
    isNotNull();
    failOn(
        "calls to judge",
        Stream.of(FindingKind.NO_CALLS, FindingKind.CANNOT_TELL)
            .flatMap(kind -> actual.findings(kind).stream())
            .toList());
  }

  private void failOn(String expected, List<Finding> findings) {
    if (!findings.isEmpty()) {
      String found = findings.stream().map(this::proof).collect(Collectors.joining("\n"));
      throw failure("expected %s, but:%n%s", expected, found);
    }
  }

  private String proof(Finding finding) {
    return lines(finding.kind().text() + ": " + finding.sentence(), actual.evidence(finding));
  }

  private String requests(Predicate<RequestVerdict> shown) {
    return actual.requests().stream()
        .filter(shown)
        .map(request ->
            lines(
                "a request that ended " + request.ending().text(),
                request.attempts().stream().map(SeenCall::line).toList()))
        .collect(Collectors.joining("\n"));
  }

  private static String lines(String head, List<String> below) {
    return Stream.concat(Stream.of("  " + head), below.stream().map(line -> "    " + line))
        .collect(Collectors.joining("\n"));
  }
}
