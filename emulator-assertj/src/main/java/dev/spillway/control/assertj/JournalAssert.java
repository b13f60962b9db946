package dev.spillway.control.assertj;

import dev.spillway.control.JournalEntry;
import dev.spillway.control.SeenCall;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on the calls that an emulator saw, oldest first. Each fails with the calls that it is
 * about, and only {@link #isEmpty} and {@link #hasSize} hold for none.
 *
 * <p>A deployment is named as it is called ({@code micro}), or with its resource before it ({@code
 * contoso-eastus/micro}) where several have one of that name.
 */
public final class JournalAssert extends AbstractAssert<JournalAssert, List<JournalEntry>> {

  private static final int SHOWN = 50;

  private final List<JournalEntry> seen;
  private final String which;

  JournalAssert(List<JournalEntry> calls) {
    this(calls, calls, "calls");
  }

  private JournalAssert(List<JournalEntry> calls, List<JournalEntry> seen, String which) {
    super(calls, JournalAssert.class);
    this.seen = seen;
    this.which = which;
  }

  /** Only those that a deployment answered, or that another one answered in its place. */
  public JournalAssert onDeployment(String name) {
    return only(
        "on '" + name + "'",
        call -> is(call, call.deployment(), name) || is(call, call.spilledFrom(), name));
  }

  public JournalAssert onResource(String name) {
    return only("on the resource '" + name + "'", call -> name.equals(call.resource()));
  }

  /** Only those of a caller, as the journal names it: {@code key1}. */
  public JournalAssert ofCaller(String name) {
    return only("of '" + name + "'", call -> name.equals(call.caller()));
  }

  public JournalAssert withStatus(int status) {
    return only("with status " + status, call -> call.status() == status);
  }

  /**
   * Only those that fit.
   *
   * @param words what follows on "the calls" in a failure: {@code that were streamed}
   */
  public JournalAssert only(String words, Predicate<JournalEntry> fitting) {
    isNotNull();
    List<JournalEntry> fit = actual.stream().filter(fitting).toList();
    return new JournalAssert(fit, seen, which + " " + words);
  }

  public JournalAssert isEmpty() {
    return hasSize(0);
  }

  public JournalAssert isNotEmpty() {
    mustBeThere();
    return this;
  }

  public JournalAssert hasSize(int size) {
    isNotNull();
    if (actual.size() != size) {
      fails("expected %d %s, but there were %d".formatted(size, which, actual.size()), actual);
    }
    return this;
  }

  /** These statuses and no others, in the order of the calls. */
  public JournalAssert hasStatuses(Integer... statuses) {
    return are("statuses", JournalEntry::status, List.of(statuses));
  }

  /** These reasons for being refused and no others, in the order of the calls that had any. */
  public JournalAssert hasReasons(String... reasons) {
    mustBeThere();
    List<String> found =
        actual.stream().map(JournalEntry::reason).filter(Objects::nonNull).toList();
    equal("reasons", found, List.of(reasons));
    return this;
  }

  /** Each call asked one of these deployments, in this order, and there were no others. */
  public JournalAssert inOrder(String... deployments) {
    mustBeThere();
    boolean same =
        actual.size() == deployments.length
            && IntStream.range(0, deployments.length)
                .allMatch(i -> is(actual.get(i), asked(actual.get(i)), deployments[i]));
    if (!same) {
      differ(
          "deployments asked",
          actual.stream().map(call -> String.valueOf(asked(call))).toList(),
          List.of(deployments));
    }
    return this;
  }

  /** Every call that was served was served by one of these deployments, and each served any. */
  public JournalAssert wereServedBy(String... deployments) {
    mustBeThere();
    List<JournalEntry> served = actual.stream().filter(JournalAssert::isServed).toList();
    boolean same =
        served.stream().allMatch(call -> isAny(call, deployments))
            && Stream.of(deployments)
                .allMatch(
                    name -> served.stream().anyMatch(call -> is(call, call.deployment(), name)));
    if (!same) {
      differ(
          "deployments that served",
          served.stream().map(call -> String.valueOf(call.deployment())).distinct().toList(),
          List.of(deployments));
    }
    return this;
  }

  /**
   * At least one call is so.
   *
   * @param words what follows on "a call" in a failure: {@code that was left}
   */
  public JournalAssert anyMatch(String words, Predicate<JournalEntry> fitting) {
    isNotNull();
    if (actual.stream().noneMatch(fitting)) {
      fails("expected a call %s among the %s, but there was none".formatted(words, which), actual);
    }
    return this;
  }

  /** Every call is so, and there are some. */
  public JournalAssert allMatch(String words, Predicate<JournalEntry> fitting) {
    mustBeThere();
    List<JournalEntry> others = actual.stream().filter(fitting.negate()).toList();
    if (!others.isEmpty()) {
      fails(
          "expected all %s to be %s, but %d were not".formatted(which, words, others.size()),
          others);
    }
    return this;
  }

  /** Prompts and completions together were billed at most so many tokens. */
  public JournalAssert usedTokensAtMost(long most) {
    mustBeThere();
    long used = actual.stream().mapToLong(JournalAssert::tokens).sum();
    if (used > most) {
      fails(
          "expected the %s to use at most %d tokens, but they used %d".formatted(which, most, used),
          actual);
    }
    return this;
  }

  private <T> JournalAssert are(
      String what, Function<JournalEntry, T> of, List<? extends T> expected) {
    mustBeThere();
    equal(what, actual.stream().map(of).toList(), expected);
    return this;
  }

  private void equal(String what, List<?> found, List<?> expected) {
    if (!found.equals(expected)) {
      differ(what, found, expected);
    }
  }

  private void differ(String what, List<?> found, List<?> expected) {
    fails(
        "expected the %s of the %s to be %s, but they were %s"
            .formatted(what, which, expected, found),
        actual);
  }

  private void mustBeThere() {
    isNotNull();
    if (actual.isEmpty()) {
      fails("expected %s, but there were none".formatted(which), seen);
    }
  }

  private void fails(String message, List<JournalEntry> shown) {
    throw failure("%s%s", message, shown.isEmpty() ? "" : lines(shown));
  }

  private static String lines(List<JournalEntry> calls) {
    Stream<String> lines = SeenCall.of(calls).stream().limit(SHOWN).map(call -> "  " + call.line());
    Stream<String> rest =
        calls.size() > SHOWN
            ? Stream.of("  and %d more".formatted(calls.size() - SHOWN))
            : Stream.empty();
    return Stream.concat(lines, rest).collect(Collectors.joining("\n", ":\n", ""));
  }

  private static boolean isServed(JournalEntry call) {
    return call.status() >= 200 && call.status() < 300;
  }

  private static boolean isAny(JournalEntry call, String... names) {
    return Stream.of(names).anyMatch(name -> is(call, call.deployment(), name));
  }

  private static boolean is(JournalEntry call, @Nullable String deployment, String name) {
    return name.equals(deployment) || name.equals(call.resource() + "/" + deployment);
  }

  private static @Nullable String asked(JournalEntry call) {
    return call.spilledFrom() == null ? call.deployment() : call.spilledFrom();
  }

  private static long tokens(JournalEntry call) {
    return orZero(call.promptTokens()) + orZero(call.completionTokens());
  }

  private static long orZero(@Nullable Integer tokens) {
    return tokens == null ? 0 : tokens;
  }
}
