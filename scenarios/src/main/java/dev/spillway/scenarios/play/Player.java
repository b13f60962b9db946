package dev.spillway.scenarios.play;

import dev.spillway.control.ControlException;
import dev.spillway.control.DeploymentStatus;
import dev.spillway.control.EmulatorControl;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.FaultStatus;
import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.format.DeploymentRef;
import dev.spillway.scenarios.format.Event;
import dev.spillway.scenarios.format.Expectation;
import dev.spillway.scenarios.format.Pace;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.Traffic;
import dev.spillway.scenarios.result.BucketSample;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.stage.Part;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.scenarios.stage.StageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays one scenario on one stage: its callers, its events, and somebody who looks on. */
public final class Player {

  /** How long after the last call the emulator has to notice that its caller is gone. */
  private static final Duration AFTERMATH = Duration.ofMillis(500);

  private static final Duration FIRST_PERIOD = Duration.ofMillis(250);

  /** After so many looks they come half as often, so that a long scenario has not too many. */
  private static final int LOOKS = 240;

  private static final Duration LOOKING_WHETHER_IT_IS_OVER = Duration.ofMillis(100);

  private final Scenario scenario;
  private final Stage stage;
  private final EmulatorControl emulator;
  private final long beginning;
  private final CallPlayer calls;
  private final ConcurrentLinkedQueue<CallRecord> records = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<BucketSample> samples = new ConcurrentLinkedQueue<>();
  private final Map<String, FaultStatus> ended = new ConcurrentHashMap<>();
  private final AtomicInteger underWay = new AtomicInteger();

  private Player(Scenario scenario, Stage stage) {
    this.scenario = scenario;
    this.stage = stage;
    this.emulator = stage.emulator();
    this.beginning = stage.time().nanoTime();
    this.calls = new CallPlayer(stage, beginning);
  }

  /**
   * Plays it to its end.
   *
   * @throws StageException when too much happened for the emulator's journal
   */
  public static Performance play(Scenario scenario, Stage stage)
      throws StageException, InterruptedException {
    return new Player(scenario, stage).play();
  }

  private Performance play() throws StageException, InterruptedException {
    Instant started = stage.time().instant();
    Traps.of(scenario).forEach(this::inject);
    List<Event> later = new ArrayList<>();
    for (Event event : scenario.events()) {
      if (event.from().isZero()) {
        happen(event);
      } else {
        later.add(event);
      }
    }
    List<Part> parts = new ArrayList<>();
    scenario.traffic().forEach(traffic -> parts.addAll(callers(traffic)));
    underWay.set(parts.size());
    parts.add(new Part("what happens", () -> happen(later)));
    parts.add(new Part("looking on", this::lookOn));
    parts.add(new Part("seeing whether it lives", this::seeWhetherItLives));
    stage.play(parts);
    List<CallRecord> all = records.stream().sorted(Comparator.comparing(CallRecord::sent)).toList();
    return new Performance(
        all,
        journal(),
        faults(),
        List.copyOf(samples),
        started,
        Duration.ofNanos(stage.time().nanoTime() - beginning),
        stage.traces());
  }

  /** For each caller who waits for nobody, or for each that sends one call after the other. */
  private List<Part> callers(Traffic traffic) {
    return switch (traffic.pace()) {
      case Pace.Steady steady -> eachAt(Moments.of(steady), traffic);
      case Pace.Rate rate -> eachAt(Moments.of(rate), traffic);
      case Pace.Callers some -> oneAfterTheOther(some, traffic);
    };
  }

  private List<Part> eachAt(List<Duration> moments, Traffic traffic) {
    List<Part> parts = new ArrayList<>();
    for (Duration moment : moments) {
      int number = parts.size() + 1;
      parts.add(
          caller(
              traffic.name() + "-" + number,
              () -> {
                sleepUntil(moment);
                records.add(calls.play(traffic, number));
              }));
    }
    return parts;
  }

  private List<Part> oneAfterTheOther(Pace.Callers pace, Traffic traffic) {
    AtomicInteger next = new AtomicInteger();
    List<Part> parts = new ArrayList<>();
    for (int i = 1; i <= Math.min(pace.callers(), pace.calls()); i++) {
      parts.add(
          caller(
              traffic.name() + ", caller " + i,
              () -> {
                sleepUntil(pace.from());
                for (int n = next.incrementAndGet();
                    n <= pace.calls();
                    n = next.incrementAndGet()) {
                  records.add(calls.play(traffic, n));
                  stage.time().sleep(pace.pause());
                }
              }));
    }
    return parts;
  }

  private Part caller(String name, Part.Body body) {
    return new Part(
        name,
        () -> {
          try {
            body.run();
          } finally {
            underWay.decrementAndGet();
          }
        });
  }

  private void happen(List<Event> events) throws StageException, InterruptedException {
    for (Event event : events) {
      sleepUntil(event.from());
      happen(event);
    }
  }

  private void happen(Event event) throws StageException {
    try {
      change(event);
    } catch (ControlException e) {
      throw new StageException(
          "'%s' cannot happen: %s".formatted(event.words(), e.getMessage()), e);
    }
  }

  private void change(Event event) {
    switch (event) {
      case Event.Change change -> {
        DeploymentRef changed = change.deployment();
        DeploymentStatus unused =
            emulator.resource(changed.resource()).patch(changed.deployment(), change.patch());
      }
      case Event.Reduction reduction -> {
        DeploymentRef reduced = reduction.deployment();
        DeploymentStatus unused =
            emulator
                .resource(reduced.resource())
                .reduce(reduced.deployment(), reduction.percent(), reduction.lasting());
      }
      case Event.Removal removal ->
          emulator
              .resource(removal.deployment().resource())
              .delete(removal.deployment().deployment());
      case Event.Fault fault -> inject(fault.fault());
    }
  }

  private void inject(FaultSpec fault) {
    FaultStatus unused = emulator.inject(fault);
  }

  private void lookOn() throws InterruptedException {
    Duration period = FIRST_PERIOD;
    for (int looks = 1; underWay.get() > 0; looks++) {
      sample();
      stage.time().sleep(period);
      if (looks % LOOKS == 0) {
        period = period.multipliedBy(2);
      }
    }
    stage.time().sleep(AFTERMATH);
    sample();
  }

  private void sample() {
    Duration now = Duration.ofNanos(stage.time().nanoTime() - beginning);
    emulator
        .resources()
        .forEach(resource ->
            emulator
                .resource(resource.name())
                .deployments()
                .forEach(one ->
                    samples.add(
                        new BucketSample(
                            now,
                            new DeploymentRef(resource.name(), one.name()),
                            one.tokens(),
                            one.requests(),
                            one.utilization()))));
  }

  /** When all other calls are over, where somebody wants to know. */
  private void seeWhetherItLives() throws InterruptedException {
    for (Expectation expectation : scenario.expectations()) {
      if (expectation.check() instanceof Check.AliveAfter alive) {
        while (underWay.get() > 0) {
          stage.time().sleep(LOOKING_WHETHER_IT_IS_OVER);
        }
        emulator.faults().forEach(fault -> ended.put(fault.fault().name(), fault));
        emulator.clearFaults();
        stage.time().sleep(alive.pause());
        Traffic first = scenario.traffic().getFirst();
        records.add(
            calls.play(
                new Traffic(CallRecord.ALIVE_AFTER, first.pace(), first.ask(), first.caller()), 1));
        return;
      }
    }
  }

  private List<FaultStatus> faults() {
    List<FaultStatus> all = new ArrayList<>(ended.values());
    all.addAll(emulator.faults());
    return all;
  }

  private List<JournalEntry> journal() throws StageException {
    List<JournalEntry> entries = emulator.journal(JournalQuery.all());
    if (!entries.isEmpty() && entries.getFirst().number() > 1) {
      throw new StageException(
          "the emulator's journal has room for the last %,d calls only; emulator.journal.calls says"
                  .formatted(entries.size())
              + " for how many");
    }
    return entries;
  }

  private void sleepUntil(Duration moment) throws InterruptedException {
    stage.time().sleepUntil(beginning + moment.toNanos());
  }
}
