package dev.spillway.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * How long a deployment's answers take; what is null is as in the preset, and without one nothing.
 *
 * <p>In JSON and YAML an object with these members in small letters and hyphens, such as {@code
 * time-per-token: 20ms}, or only the name of a preset.
 *
 * @param preset whose figures are meant where nothing else is said: a model of which some are
 *     known, {@link #MODEL} or {@link #OFF}
 * @param timeToFirstToken from a call's arrival to the first token of the answer to an empty prompt
 * @param timePerPromptToken more of it for each token of the prompt that is not cached
 * @param timePerToken from one token of an answer to the next
 * @param jitter how single times differ from these
 * @param spread by how much, in percent
 * @param loadFactor how many times as long everything takes with {@code loadCalls} under way; fewer
 *     slow down in proportion, more no further
 * @param loadCalls how many that are
 * @param utilizationFactor how many times as long everything takes on a provisioned deployment in
 *     use to 100 %; less slows down in proportion, more no further
 * @param delivery how a stream's tokens are sent; null for as the content filter lets them
 * @param burstInterval from one burst to the next
 * @param whileFrozen what becomes of it while the clock stands still
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
public record LatencySpec(
    @Nullable String preset,
    @JsonSerialize(using = DurationText.Writer.class)
        @JsonDeserialize(using = DurationText.Reader.class)
        @Nullable Duration timeToFirstToken,
    @JsonSerialize(using = DurationText.Writer.class)
        @JsonDeserialize(using = DurationText.Reader.class)
        @Nullable Duration timePerPromptToken,
    @JsonSerialize(using = DurationText.Writer.class)
        @JsonDeserialize(using = DurationText.Reader.class)
        @Nullable Duration timePerToken,
    @Nullable Jitter jitter,
    @Nullable Integer spread,
    @Nullable Double loadFactor,
    @Nullable Integer loadCalls,
    @Nullable Double utilizationFactor,
    @Nullable Delivery delivery,
    @JsonSerialize(using = DurationText.Writer.class)
        @JsonDeserialize(using = DurationText.Reader.class)
        @Nullable Duration burstInterval,
    @Nullable WhileFrozen whileFrozen) {

  /** The preset of answers that take no time. */
  public static final String OFF = "off";

  /** The preset that belongs to a deployment's own model. */
  public static final String MODEL = "model";

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final double MOST_TIMES = 1_000;

  /** How single times differ from what is usual. */
  public enum Jitter {
    /** Not at all. */
    CONSTANT,
    /** By any share up to the spread, more or less. */
    UNIFORM,
    /** Mostly a little less and now and then much more; the spread is the standard deviation. */
    LOG_NORMAL;

    @JsonValue
    public String label() {
      return LatencySpec.label(this);
    }
  }

  /** How the tokens of a stream are sent. */
  public enum Delivery {
    /** Each as soon as it is there. */
    TOKENS,
    /** Those of an interval together, as the content filter lets them pass. */
    BURSTS;

    @JsonValue
    public String label() {
      return LatencySpec.label(this);
    }
  }

  /** What becomes of a wait while the clock stands still. */
  public enum WhileFrozen {
    /** There is none. */
    SKIP,
    /** It lasts until somebody moves the clock. */
    WAIT;

    @JsonValue
    public String label() {
      return LatencySpec.label(this);
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public LatencySpec {
    checkTime("time-to-first-token", timeToFirstToken);
    checkTime("time-per-prompt-token", timePerPromptToken);
    checkTime("time-per-token", timePerToken);
    checkTime("burst-interval", burstInterval);
    checkFactor("load-factor", loadFactor);
    checkFactor("utilization-factor", utilizationFactor);
    checkCount("spread", spread, 0, 100);
    checkCount("load-calls", loadCalls, 2, 1_000_000);
    if (burstInterval != null && burstInterval.isZero()) {
      throw new IllegalArgumentException("'burst-interval' is more than no time");
    }
    boolean times = timeToFirstToken != null || timePerPromptToken != null || timePerToken != null;
    if (OFF.equals(preset)
        && (times || jitter != null || loadFactor != null || utilizationFactor != null)) {
      throw new IllegalArgumentException("a latency that is off has no times");
    }
    if (preset == null && !times) {
      throw new IllegalArgumentException(
          "a latency has a 'preset', a 'time-to-first-token', a 'time-per-prompt-token' or a"
              + " 'time-per-token'");
    }
  }

  /** The figures of a preset as they are. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static LatencySpec preset(String name) {
    return new LatencySpec(name, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** Answers that take no time, whatever the resource's other deployments do. */
  public static LatencySpec off() {
    return preset(OFF);
  }

  /** The same times for every call. */
  public static LatencySpec of(Duration timeToFirstToken, Duration timePerToken) {
    return new LatencySpec(
        null, timeToFirstToken, null, timePerToken, null, null, null, null, null, null, null, null);
  }

  @JsonIgnore
  public boolean isOff() {
    return OFF.equals(preset);
  }

  /** The same, with what it leaves open as in {@code base}. */
  public LatencySpec over(LatencySpec base) {
    return new LatencySpec(
        preset,
        or(timeToFirstToken, base.timeToFirstToken),
        or(timePerPromptToken, base.timePerPromptToken),
        or(timePerToken, base.timePerToken),
        or(jitter, base.jitter),
        or(spread, base.spread),
        or(loadFactor, base.loadFactor),
        or(loadCalls, base.loadCalls),
        or(utilizationFactor, base.utilizationFactor),
        or(delivery, base.delivery),
        or(burstInterval, base.burstInterval),
        or(whileFrozen, base.whileFrozen));
  }

  /** So much more for each token of a prompt. */
  public LatencySpec withTimePerPromptToken(Duration time) {
    return with(time, null, null, null, null, null, null, null);
  }

  public LatencySpec withJitter(Jitter kind, int percent) {
    return with(null, kind, percent, null, null, null, null, null);
  }

  /** So many times as long with so many calls under way. */
  public LatencySpec withLoad(double factor, int calls) {
    return with(null, null, null, factor, calls, null, null, null);
  }

  /** So many times as long on a provisioned deployment in use to 100 %. */
  public LatencySpec withUtilization(double factor) {
    return with(null, null, null, null, null, factor, null, null);
  }

  public LatencySpec withDelivery(Delivery how) {
    return with(null, null, null, null, null, null, how, null);
  }

  public LatencySpec whileFrozen(WhileFrozen what) {
    return with(null, null, null, null, null, null, null, what);
  }

  private LatencySpec with(
      @Nullable Duration perPromptToken,
      @Nullable Jitter kind,
      @Nullable Integer percent,
      @Nullable Double load,
      @Nullable Integer calls,
      @Nullable Double utilization,
      @Nullable Delivery how,
      @Nullable WhileFrozen what) {
    return new LatencySpec(
            preset,
            timeToFirstToken,
            or(perPromptToken, timePerPromptToken),
            timePerToken,
            kind,
            percent,
            load,
            calls,
            utilization,
            how,
            null,
            what)
        .over(this);
  }

  private static <T> @Nullable T or(@Nullable T value, @Nullable T otherwise) {
    return value != null ? value : otherwise;
  }

  private static void checkTime(String name, @Nullable Duration time) {
    if (time != null && (time.isNegative() || time.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException("'" + name + "' is a time from 0ms to 1h, not " + time);
    }
  }

  private static void checkFactor(String name, @Nullable Double factor) {
    if (factor != null && !(factor >= 1 && factor <= MOST_TIMES)) {
      throw new IllegalArgumentException(
          "'" + name + "' is a number from 1 to 1000, not " + factor);
    }
  }

  private static void checkCount(String name, @Nullable Integer count, int least, int most) {
    if (count != null && (count < least || count > most)) {
      throw new IllegalArgumentException(
          "'%s' is a whole number from %d to %d, not %d".formatted(name, least, most, count));
    }
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
