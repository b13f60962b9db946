package dev.spillway.scenarios.play;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.JournalQuery;
import dev.spillway.scenarios.format.Check;
import dev.spillway.scenarios.format.Event;
import dev.spillway.scenarios.format.Expectation;
import dev.spillway.scenarios.format.Pace;
import dev.spillway.scenarios.format.Scenario;
import dev.spillway.scenarios.format.Traffic;
import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Performance;
import dev.spillway.scenarios.stage.Part;
import dev.spillway.scenarios.stage.Stage;
import dev.spillway.scenarios.stage.StageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays one scenario on one stage: its callers, its events, and somebody who looks on. */
public final class Player {

  /** So much sooner than the calls of its moment an event happens, so that they always meet it. */
  private static final Duration AHEAD = Duration.ofNanos(1_000);

  private static final Duration LOOKING_WHETHER_IT_IS_OVER = Duration.ofMillis(100);

  private final Scenario scenario;
  private final Stage stage;
  private final long beginning;
  private final CallPlayer calls;
  private final Happenings happenings;
  private final Onlooker onlooker;
  private final ConcurrentLinkedQueue<CallRecord> records = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();

  private Player(Scenario scenario, Stage stage) {
    this.scenario = scenario;
    this.stage = stage;
    this.beginning = stage.time().nanoTime();
    this.calls = new CallPlayer(stage, beginning);
    this.happenings = new Happenings(stage.emulator());
    this.onlooker = new Onlooker(stage.emulator(), stage.time(), beginning);
  }

  /**
   * Plays it to its end.
   *
   * @throws StageException when an event cannot happen, or too much happened for the emulator's
   *     journal
   */
  public static Performance play(Scenario scenario, Stage stage)
      throws StageException, InterruptedException {
    return new Player(scenario, stage).play();
  }

  private Performance play() throws StageException, InterruptedException {
    Instant started = stage.time().instant();
    Traps.of(scenario).forEach(happenings::inject);
    List<Event> later = new ArrayList<>();
    for (Event event : scenario.events()) {
      if (event.from().isZero()) {
        happenings.let(event); // before the first call
      } else {
        later.add(event);
      }
    }
    List<Part> parts = new ArrayList<>();
    scenario.traffic().forEach(traffic -> parts.addAll(callers(traffic)));
    underWay.set(parts.size());
    parts.add(new Part("what happens", () -> happen(later)));
    parts.add(new Part("looking on", () -> onlooker.lookOn(() -> underWay.get() > 0)));
    aliveAfter()
        .ifPresent(pause ->
            parts.add(new Part("seeing whether it lives", () -> seeWhetherItLives(pause))));
    stage.play(parts);
    return new Performance(
        records.stream().sorted(Comparator.comparing(CallRecord::sent)).toList(),
        journal(),
        happenings.faults().toList(),
        onlooker.samples(),
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
                int number = next.incrementAndGet();
                while (number <= pace.calls()) {
                  records.add(calls.play(traffic, number));
                  stage.time().sleep(pace.pause());
                  number = next.incrementAndGet();
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
      sleepUntil(event.from().minus(AHEAD));
      happenings.let(event);
    }
  }

  /** How long after the last fault somebody wants to know, if anybody does. */
  private Optional<Duration> aliveAfter() {
    return scenario.expectations().stream()
        .map(Expectation::check)
        .filter(Check.AliveAfter.class::isInstance)
        .map(check -> ((Check.AliveAfter) check).pause())
        .findFirst();
  }

  /** One more call of the first kind, when all others are over. */
  private void seeWhetherItLives(Duration pause) throws InterruptedException {
    while (underWay.get() > 0) {
      stage.time().sleep(LOOKING_WHETHER_IT_IS_OVER);
    }
    happenings.endFaults();
    stage.time().sleep(pause);
    Traffic first = scenario.traffic().getFirst();
    Traffic after = new Traffic(CallRecord.ALIVE_AFTER, first.pace(), first.ask(), first.caller());
    records.add(calls.play(after, 1));
  }

  private List<JournalEntry> journal() throws StageException {
    List<JournalEntry> entries = stage.emulator().journal(JournalQuery.all());
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
