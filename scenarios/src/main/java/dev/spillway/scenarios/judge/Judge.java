package dev.spillway.scenarios.judge;

import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.format.Expectation;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.result.ExpectationVerdict;
import dev.spillway.scenarios.result.Performance;
import java.util.List;

/** Judges a performance by what its scenario expects. */
public final class Judge {

  private Judge() {}

  /** One verdict for each expectation, in the scenario's order. */
  public static List<ExpectationVerdict> judge(Scenario scenario, Performance performance) {
    Sight whole = new Sight(performance);
    return scenario.expectations().stream().map(one -> judge(one, whole)).toList();
  }

  private static ExpectationVerdict judge(Expectation expectation, Sight whole) {
    Sight selected = whole.of(expectation.selection());
    boolean isOfCalls = !isOfTheWhole(expectation.check());
    Opinion opinion =
        isOfCalls && selected.calls().isEmpty()
            ? new Opinion(false, "calls to judge", "no call is selected", List.of())
            : opinion(expectation.check(), isOfCalls ? selected : whole);
    return new ExpectationVerdict(
        expectation.line(),
        expectation.name(),
        expectation.selection().words(),
        opinion.passes(),
        opinion.expected(),
        opinion.seen(),
        opinion.evidence());
  }

  /** Whether calls cannot be chosen for it. */
  private static boolean isOfTheWhole(Check check) {
    return check instanceof Check.SecretsSeen
        || check instanceof Check.FaultsStruck
        || check instanceof Check.AliveAfter;
  }

  private static Opinion opinion(Check check, Sight sight) {
    return switch (check) {
      case Check.Statuses statuses -> Statuses.judge(statuses, sight);
      case Check.ServedBy servedBy -> ServedBy.judge(servedBy, sight);
      case Check.DeploymentsUsed used -> ServedBy.judge(used, sight);
      case Check.Leaked429 leaked -> Leaks.judge(leaked, sight);
      case Check.Times times -> Times.judge(times, sight);
      case Check.AttemptsPerCall each -> Attempted.judge(each, sight);
      case Check.Amplification amplification -> Attempted.judge(amplification, sight);
      case Check.Attempts attempts -> Attempted.judge(attempts, sight);
      case Check.AtOnce atOnce -> Attempted.judge(atOnce, sight);
      case Check.AskedInOrder order -> Attempted.judge(order, sight);
      case Check.Streams streams -> Streams.judge(streams, sight);
      case Check.WaitsTold waits -> Waits.judge(waits, sight);
      case Check.WaitsBroken broken -> Manners.judge(broken, sight);
      case Check.Verdict verdict -> Manners.judge(verdict, sight);
      case Check.WastedTokens wasted -> Manners.judge(wasted, sight);
      case Check.Headers headers -> Texts.judge(headers, sight);
      case Check.AnswerBody answer -> Texts.judge(answer, sight);
      case Check.AttemptBodies bodies -> Texts.judge(bodies, sight);
      case Check.SecretsSeen secrets -> Secrets.judge(secrets, sight);
      case Check.CancelledWithin within -> Cancelled.judge(within, sight);
      case Check.FaultsStruck struck -> Struck.judge(struck, sight);
      case Check.AliveAfter alive -> Alive.judge(alive, sight);
    };
  }
}
