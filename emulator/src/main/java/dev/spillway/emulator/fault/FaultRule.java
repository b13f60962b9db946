package dev.spillway.emulator.fault;

import dev.spillway.control.FaultMatch;
import dev.spillway.control.FaultSchedule;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.FaultStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fault that is set, and how often it has struck. Safe for any number of threads. */
final class FaultRule {

  private final FaultSpec spec;
  private final Hit hit;
  private final Instant since;
  private final @Nullable Pattern bodyRegex;
  private long matched;
  private long used;

  /**
   * @param reason what the journal says of it
   * @param since when it was set
   */
  FaultRule(FaultSpec spec, String reason, @Nullable Preset preset, Instant since) {
    this.spec = spec;
    this.hit = new Hit(reason, spec.at(), spec.what(), preset);
    this.since = since;
    String regex = spec.match().bodyRegex();
    this.bodyRegex = regex == null ? null : Pattern.compile(regex);
  }

  FaultSpec spec() {
    return spec;
  }

  Hit hit() {
    return hit;
  }

  synchronized FaultStatus status() {
    return new FaultStatus(spec, matched, used);
  }

  /** How many calls it may still strike; the largest number for any number of them. */
  synchronized long left() {
    Long first = spec.when().first();
    return first == null ? Long.MAX_VALUE : first - used;
  }

  /** When its time begins and ends. */
  Stream<Instant> edges() {
    return Stream.of(Optional.ofNullable(spec.when().from()), Optional.ofNullable(spec.when().to()))
        .flatMap(Optional::stream)
        .map(since::plus);
  }

  boolean isItsTime(Instant now) {
    return spec.when().includes(Duration.between(since, now));
  }

  /** Whether it is of this place, whatever the call. */
  boolean isOf(@Nullable String resource, @Nullable String region, @Nullable String deployment) {
    FaultMatch match = spec.match();
    return is(match.resource(), resource)
        && is(match.region(), region)
        && is(match.deployment(), deployment);
  }

  /**
   * Whether it strikes this call; each call is asked once.
   *
   * @param asked what the call wants of which deployment; null while that is not known
   */
  boolean strikes(Facts facts, @Nullable Asked asked, Instant now) {
    return isItsTime(now) && matches(facts, asked) && count(facts);
  }

  private boolean matches(Facts facts, @Nullable Asked asked) {
    FaultMatch match = spec.match();
    return isOf(facts.resource(), facts.region(), asked == null ? null : asked.deployment())
        && is(match.operation(), facts.operation())
        && is(match.stream(), asked == null ? null : asked.stream())
        && is(match.caller(), facts.caller())
        && Objects.requireNonNull(match.headers()).entrySet().stream()
            .allMatch(header -> hasHeader(facts, header))
        && isInBody(facts, match);
  }

  private boolean isInBody(Facts facts, FaultMatch match) {
    String contained = match.body();
    return (contained == null || facts.body().get().contains(contained))
        && (bodyRegex == null || bodyRegex.matcher(facts.body().get()).find());
  }

  private static boolean hasHeader(Facts facts, Map.Entry<String, String> wanted) {
    String value = facts.header().apply(wanted.getKey());
    return value != null && (wanted.getValue().isEmpty() || wanted.getValue().equals(value));
  }

  private static boolean is(@Nullable Object wanted, @Nullable Object given) {
    return wanted == null || wanted.equals(given);
  }

  private synchronized boolean count(Facts facts) {
    FaultSchedule when = spec.when();
    matched++;
    boolean struck =
        left() > 0
            && (when.every() == null || matched % when.every() == 0)
            && (when.probability() == null
                || facts.chance().applyAsDouble(spec.name()) < when.probability());
    if (struck) {
      used++;
    }
    return struck;
  }
}
