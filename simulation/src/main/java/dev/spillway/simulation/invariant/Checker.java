package dev.spillway.simulation.invariant;

import dev.spillway.simulation.story.Story;
import java.util.List;

/** The one judge: compares what the clients saw with what the backends saw. */
public final class Checker {

  private static final List<Invariant> ALL =
      List.of(
          new OneAnswer(),
          new OneAttemptsBytes(),
          new NothingLeftUntried(),
          new NoTimeLost(),
          new Bounds(),
          new RestsAreKept(),
          new SameBody(),
          new CallersFaults(),
          new CutIsNotWhole(),
          new GoneIsGone(),
          new NoStorm(),
          new HonestBooks(),
          new Recovery(),
          new AliveAfter(),
          new Fairness(),
          new ExactWait(),
          new DecisionTable(),
          new PriorityFirst(),
          new QuotaIsOurs(),
          new FirstRule(),
          new ReloadLosesNothing(),
          new LookAheadIsRight());

  private Checker() {}

  /** What speaks against a story; nothing for one that is as it should be. */
  public static List<Violation> check(Story story) {
    Knowledge known = new Knowledge(story);
    Findings findings = new Findings();
    for (Invariant invariant : ALL) {
      findings.of(invariant);
      invariant.check(story, known, findings);
    }
    return findings.all();
  }

  /** The names of all that is checked. */
  public static List<String> names() {
    return ALL.stream().map(Invariant::name).toList();
  }
}
