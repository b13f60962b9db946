package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A fault: where and what, of which calls and when.
 *
 * <pre>{@code
 * control.inject(FaultSpec.of("cut", "reset").at("chunk 3").onDeployment("micro").first(2));
 * }</pre>
 *
 * @param name by which it is shown, replaced and removed, and which the journal gives as the reason
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FaultSpec(
    String name, FaultMatch match, FaultPlace at, FaultAction what, FaultSchedule when) {

  public FaultSpec {
    if (name.isBlank() || name.length() > 128 || name.contains("/")) {
      throw new IllegalArgumentException(
          "a fault's name has 1 to 128 characters, and no '/'; not '" + name + "'");
    }
    FaultKind kind = what.kind();
    kind.checkPlace(at);
    if (kind.isState() && !(match.isOfAPlace() && when.isOfTime())) {
      throw new IllegalArgumentException(
          "'%s' strikes no single calls: it takes a resource, a region or a deployment, 'from' and"
                  .formatted(kind.label())
              + " 'to', and nothing else");
    }
    if (kind == FaultKind.REFUSED && (match.resource() == null || match.deployment() != null)) {
      throw new IllegalArgumentException(
          "'refused' is of a resource with a port of its own, which 'match' must name");
    }
    if (Boolean.FALSE.equals(match.stream()) && isOfStreams(kind, at)) {
      throw new IllegalArgumentException(
          "'%s' at %s strikes streams only, and 'match' wants none"
              .formatted(kind.label(), at.text()));
    }
  }

  private static boolean isOfStreams(FaultKind kind, FaultPlace at) {
    return kind.isOfStreams() || at.phase() == FaultPlace.Phase.CHUNK;
  }

  /**
   * Reads one as people write it: only {@code what} must be there.
   *
   * @throws IllegalArgumentException when it cannot be
   */
  @JsonCreator
  public static FaultSpec of(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("match") @Nullable FaultMatch match,
      @JsonProperty("at") @Nullable FaultPlace at,
      @JsonProperty("what") @Nullable FaultAction what,
      @JsonProperty("when") @Nullable FaultSchedule when) {
    if (what == null) {
      throw new IllegalArgumentException("'what' is missing");
    }
    FaultPlace place = at == null ? what.kind().usualPlace() : at;
    return new FaultSpec(
        name == null ? what.text() + " at " + place.text() : name,
        match == null ? FaultMatch.ANY : match,
        place,
        what,
        when == null ? FaultSchedule.ALWAYS : when);
  }

  /** One that strikes every call where it usually strikes. */
  public static FaultSpec of(String name, FaultAction what) {
    return of(name, null, null, what, null);
  }

  /** One that strikes every call, in words: {@code delay 2s}. */
  public static FaultSpec of(String name, String what) {
    return of(name, FaultAction.parse(what));
  }

  /**
   * Reads {@code reset at chunk 3}; it is called so, too.
   *
   * @throws IllegalArgumentException when it cannot be
   */
  public static FaultSpec parse(String words) {
    return parse(words, FaultMatch.ANY, FaultSchedule.ALWAYS);
  }

  /**
   * Reads {@code reset at chunk 3}, of these calls at this time.
   *
   * @throws IllegalArgumentException when it cannot be
   */
  public static FaultSpec parse(String words, FaultMatch match, FaultSchedule when) {
    String text = words.strip();
    int at = text.lastIndexOf(" at ");
    return at < 0
        ? of(null, match, null, FaultAction.parse(text), when)
        : of(
            null,
            match,
            FaultPlace.parse(text.substring(at + 4).strip()),
            FaultAction.parse(text.substring(0, at)),
            when);
  }

  public FaultSpec named(String other) {
    return new FaultSpec(other, match, at, what, when);
  }

  public FaultSpec at(FaultPlace place) {
    return new FaultSpec(name, match, place, what, when);
  }

  /** At {@code headers}, {@code chunk 3}, ... */
  public FaultSpec at(String place) {
    return at(FaultPlace.parse(place));
  }

  public FaultSpec matching(FaultMatch calls) {
    return new FaultSpec(name, calls, at, what, when);
  }

  /** The same of narrower or other calls. */
  public FaultSpec matching(UnaryOperator<FaultMatch> change) {
    return matching(change.apply(match));
  }

  public FaultSpec onResource(String resource) {
    return matching(match.withResource(resource));
  }

  public FaultSpec onRegion(String region) {
    return matching(match.withRegion(region));
  }

  public FaultSpec onDeployment(String deployment) {
    return matching(match.withDeployment(deployment));
  }

  public FaultSpec onStreams(boolean streams) {
    return matching(match.withStream(streams));
  }

  public FaultSpec scheduled(FaultSchedule schedule) {
    return new FaultSpec(name, match, at, what, schedule);
  }

  public FaultSpec first(long calls) {
    return scheduled(when.withFirst(calls));
  }

  public FaultSpec every(int calls) {
    return scheduled(when.withEvery(calls));
  }

  public FaultSpec withProbability(double share) {
    return scheduled(when.withProbability(share));
  }

  /** By the emulator's clock, counted from when it is set. */
  public FaultSpec between(Duration from, Duration to) {
    return scheduled(when.withWindow(from, to));
  }

  /**
   * Whether it waits until it is known which deployment is asked for what. Errors of the service
   * do, since a deployment answers with them.
   */
  public boolean asksForTheDeployment() {
    return match.deployment() != null
        || match.stream() != null
        || what.kind() == FaultKind.ERROR
        || what.kind() == FaultKind.PRESET;
  }

  /** Whether an answer that is streamed, or is not, can have it. */
  public boolean suits(boolean streamed) {
    boolean isOfWhole =
        at.phase() == FaultPlace.Phase.BYTE
            || (what.kind() == FaultKind.WRONG_LENGTH && at.phase() == FaultPlace.Phase.HEADERS);
    return streamed ? !isOfWhole : !isOfStreams(what.kind(), at);
  }
}
