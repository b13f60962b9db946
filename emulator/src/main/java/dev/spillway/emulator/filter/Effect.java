package dev.spillway.emulator.filter;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a trigger or a marker makes of a call. */
public sealed interface Effect {

  /** The filter is down: nothing is filtered. */
  record Down() implements Effect {}

  /** No category and no list is looked for. */
  record Off() implements Effect {}

  /** A stream is filtered after it was sent. */
  record Asynchronous() implements Effect {}

  /** A text is found guilty. */
  sealed interface Guilt extends Effect {
    Side side();

    /** Which of the completions; null for each of them. */
    @Nullable Integer choice();

    default boolean concerns(int completion) {
      Integer only = choice();
      return side() == Side.COMPLETION && (only == null || only == completion);
    }
  }

  /**
   * A category is found.
   *
   * @param instead what to do about it, whatever the policy says; null for what the policy says
   */
  record Found(
      Side side,
      @Nullable Integer choice,
      FilterCategory category,
      Severity severity,
      @Nullable Rule instead)
      implements Guilt {

    public static Found in(Side side, FilterCategory category, Severity severity) {
      return new Found(side, null, category, severity, null);
    }

    /** What is done about it; nothing at all when the policy leaves the category off. */
    Optional<Rule> rule(Rule ofPolicy) {
      Rule rule = instead == null ? ofPolicy : instead;
      return rule == Rule.OFF ? Optional.empty() : Optional.of(rule);
    }
  }

  /** A term of a blocklist is found. */
  record Listed(Side side, @Nullable Integer choice, String blocklist) implements Guilt {}
}
