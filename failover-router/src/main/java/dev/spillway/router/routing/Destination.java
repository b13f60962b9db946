package dev.spillway.router.routing;

import dev.spillway.router.backend.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where the requests of one route go: by the first rule that fits, else to the default. Nothing is
 * guessed: what cannot be told of a request fits no rule. From there it goes on only where there is
 * a fallback.
 */
public record Destination(List<Rule> rules, Pool otherwise, Fallbacks fallbacks) {

  private static final String DEFAULT = "default (no rule fits)";

  /**
   * A rule that no request ever comes to.
   *
   * @param by the earlier one, which takes all that it could have had
   */
  public record Shadowed(Rule rule, Rule by) {}

  /** Without fallbacks. */
  public Destination(List<Rule> rules, Pool otherwise) {
    this(rules, otherwise, Fallbacks.NONE);
  }

  /** The same pool for all of them. */
  public static Destination of(Pool pool) {
    return new Destination(List.of(), pool);
  }

  public Choice choose(Inquiry request) {
    for (Rule rule : rules) {
      Optional<String> why = rule.fits(request);
      if (why.isPresent()) {
        return new Choice(rule.pool(), why.get());
      }
    }
    return new Choice(otherwise, rules.isEmpty() ? null : DEFAULT);
  }

  /** Every pool that a request can come to: those of rules, the default, and the fallbacks. */
  public List<Pool> pools() {
    return Stream.of(rules.stream().map(Rule::pool), Stream.of(otherwise), fallbacks.pools())
        .flatMap(Function.identity())
        .distinct()
        .toList();
  }

  /** The rules that can never fire because of an earlier one. */
  public List<Shadowed> shadowed() {
    List<Shadowed> shadowed = new ArrayList<>();
    for (int i = 1; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      rules.subList(0, i).stream()
          .filter(earlier -> earlier.covers(rule))
          .findFirst()
          .ifPresent(by -> shadowed.add(new Shadowed(rule, by)));
    }
    return shadowed;
  }
}
