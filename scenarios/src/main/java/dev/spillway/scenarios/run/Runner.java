package dev.spillway.scenarios.run;

import dev.spillway.control.ControlException;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.judge.Judge;
import dev.spillway.scenarios.play.Player;
import dev.spillway.scenarios.result.Performance;
import dev.spillway.scenarios.result.ScenarioResult;
import dev.spillway.scenarios.stage.PartException;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.scenarios.stage.StageException;
import dev.spillway.scenarios.stage.Stages;
import dev.spillway.time.TimeSource;
import dev.spillway.yaml.YamlException;
import java.time.Duration;

/** Plays scenarios, each on a stage of its own, and has them judged. */
public final class Runner {

  private final Stages stages;
  private final long seed;
  private final TimeSource clock;

  /**
   * A runner.
   *
   * @param seed what all that is left to chance follows from
   * @param clock the machine's, for how long each scenario took
   */
  public Runner(Stages stages, long seed, TimeSource clock) {
    this.stages = stages;
    this.seed = seed;
    this.clock = clock;
  }

  public ScenarioResult run(Scenario scenario) throws InterruptedException {
    long before = clock.nanoTime();
    try (Stage stage = stages.set(scenario.setup(), seed)) {
      Performance seen = Player.play(scenario, stage);
      return new ScenarioResult.Played(
          scenario,
          seed,
          Judge.judge(scenario, seen),
          seen,
          Duration.ofNanos(clock.nanoTime() - before));
    } catch (StageException | PartException | ControlException | YamlException e) {
      return new ScenarioResult.Unplayed(scenario, seed, why(e));
    }
  }

  /** A part that knows what people can mend says it itself. */
  private static String why(Exception problem) {
    Throwable cause = problem.getCause();
    return problem instanceof PartException && cause instanceof StageException
        ? String.valueOf(cause.getMessage())
        : String.valueOf(problem.getMessage());
  }
}
