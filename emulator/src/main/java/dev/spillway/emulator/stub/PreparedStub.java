package dev.spillway.emulator.stub;

import com.google.re2j.Matcher;
import dev.spillway.control.stub.Ordinals;
import dev.spillway.control.stub.StubSpec;
import dev.spillway.control.stub.StubStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A stub, made ready, and how often it was asked; safe for any number of threads.
 *
 * <p>A script begins at the first turn of the conversation that fits the condition, and goes on for
 * as many turns as it has answers; then it can begin anew. Where it is follows from the messages
 * alone.
 */
final class PreparedStub {

  /** What a request gets of a stub. */
  sealed interface Fit {

    /** Its condition does not fit. */
    record No() implements Fit {}

    /** It fits, but it is another call's turn. */
    record NotThisCall(long call) implements Fit {}

    record Yes(PreparedStub stub, PreparedAnswer answer, long call) implements Fit {}
  }

  private final StubSpec spec;
  private final String name;
  private final Clauses clauses;
  private final List<PreparedAnswer> script;
  private final AtomicLong fitted = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();

  private PreparedStub(StubSpec spec, String name, Clauses clauses, List<PreparedAnswer> script) {
    this.spec = spec;
    this.name = name;
    this.clauses = clauses;
    this.script = script;
  }

  /**
   * Makes a stub ready that has a name.
   *
   * @throws IllegalArgumentException when an expression or a template of it cannot be used
   */
  static PreparedStub of(StubSpec spec) {
    String name = Objects.requireNonNull(spec.name());
    try {
      Clauses clauses = Clauses.of(spec.condition());
      Places places = new Places(clauses.captures());
      List<PreparedAnswer> script =
          spec.script().stream().map(answer -> PreparedAnswer.of(answer, places)).toList();
      return new PreparedStub(spec, name, clauses, script);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the stub '" + name + "': " + e.getMessage(), e);
    }
  }

  StubSpec spec() {
    return spec;
  }

  String name() {
    return name;
  }

  int priority() {
    return spec.priorityOrUsual();
  }

  StubStatus status() {
    return new StubStatus(spec, fitted.get(), answered.get());
  }

  void resetCounts() {
    fitted.set(0);
    answered.set(0);
  }

  void countAnswered() {
    answered.incrementAndGet();
  }

  /** Asks it, and counts the call when it fits. */
  Fit ask(Asked asked) {
    Optional<PreparedAnswer> answer = answer(asked);
    if (answer.isEmpty()) {
      return new Fit.No();
    }
    long call = fitted.incrementAndGet();
    Ordinals calls = spec.condition().call();
    return calls == null || calls.contains(call)
        ? new Fit.Yes(this, answer.get(), call)
        : new Fit.NotThisCall(call);
  }

  private Optional<PreparedAnswer> answer(Asked asked) {
    if (script.size() == 1) {
      return clauses.fit(asked) ? Optional.of(script.getFirst()) : Optional.empty();
    }
    int next = 0;
    Optional<PreparedAnswer> answer = Optional.empty();
    for (Asked turn : asked.turns()) {
      next = next % script.size();
      boolean goesOn = next > 0 || clauses.fit(turn);
      answer = goesOn ? Optional.of(script.get(next)) : Optional.empty();
      next += goesOn ? 1 : 0;
    }
    return answer;
  }

  /** Why it does not answer, condition by condition. */
  List<String> misfits(Asked asked, Fit fit) {
    return switch (fit) {
      case Fit.No no -> clauses.misfits(asked);
      case Fit.NotThisCall other ->
          List.of("call is " + other.call() + ", not " + spec.condition().call());
      case Fit.Yes yes -> List.of();
    };
  }

  /** The condition's regular expression in this request, where it has one. */
  @Nullable Matcher groups(Asked asked) {
    return clauses.captures().size() == 1
        ? clauses.captures().getFirst().texts().apply(asked).stream()
            .flatMap(text -> clauses.captures().getFirst().test().groups(text).stream())
            .findFirst()
            .orElse(null)
        : null;
  }
}
