package dev.spillway.control;

import dev.spillway.control.RequestVerdict.Ending;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A client's requests, counted.
 *
 * @param calls the journal's entries
 * @param requests what they were attempts at
 * @param served those of the requests that were answered in the end
 */
public record VerdictSums(
    int calls,
    int requests,
    int served,
    int refused,
    int gaveUp,
    int left,
    int mostAttempts,
    double meanAttempts,
    int waitsHonoured,
    int waitsBroken,
    int moves,
    int movesToCapacity,
    int overlapping,
    long wastedTokens) {

  static VerdictSums of(List<RequestVerdict> requests) {
    int calls = (int) sum(requests, request -> request.attempts().size());
    return new VerdictSums(
        calls,
        requests.size(),
        count(requests, Ending.SERVED),
        count(requests, Ending.REFUSED),
        count(requests, Ending.GAVE_UP),
        count(requests, Ending.LEFT),
        requests.stream().mapToInt(request -> request.attempts().size()).max().orElse(0),
        requests.isEmpty() ? 0 : Math.round(100.0 * calls / requests.size()) / 100.0,
        (int) sum(requests, RequestVerdict::waitsHonoured),
        (int) sum(requests, RequestVerdict::waitsBroken),
        (int) sum(requests, RequestVerdict::moves),
        (int) sum(requests, RequestVerdict::movesToCapacity),
        (int) sum(requests, RequestVerdict::overlapping),
        sum(requests, RequestVerdict::wastedTokens));
  }

  private static int count(List<RequestVerdict> requests, Ending ending) {
    return (int) requests.stream().filter(request -> request.ending() == ending).count();
  }

  private static long sum(List<RequestVerdict> requests, ToLongFunction<RequestVerdict> of) {
    return requests.stream().mapToLong(of).sum();
  }
}
