package dev.spillway.emulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.spillway.control.FaultMatch;
import dev.spillway.control.FaultPreset;
import dev.spillway.control.FaultSpec;
import dev.spillway.control.FaultStatus;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which faults strike which calls. */
class FaultsTest {

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-02T03:04:05Z"));
  private final Faults faults = new Faults(clock, Set.of("with-port"), List.of());

  private static Facts call(int number) {
    return new Facts(
        "contoso",
        "eastus",
        "chat/completions",
        "key1",
        Map.of("x-test", "yes")::get,
        () -> "{\"messages\":[\"a long story\"]}",
        purpose -> new SplittableRandom(number * 31L + purpose.hashCode()).nextDouble());
  }

  private List<String> struck(int number) {
    return faults.of(call(number), null).arriving().stream().map(Hit::reason).toList();
  }

  /** The numbers of those of 12 calls that are struck. */
  private List<Integer> ofTwelve() {
    return IntStream.rangeClosed(1, 12).filter(i -> !struck(i).isEmpty()).boxed().toList();
  }

  private void set(FaultSpec fault) {
    FaultStatus unused = faults.set(fault);
  }

  @Test
  void strikesTheFirstNOfTheCallsThatMatch() {
    set(FaultSpec.of("two", "reset").first(2));

    assertThat(ofTwelve()).containsExactly(1, 2);
    assertThat(faults.all())
        .extracting(FaultStatus::matched, FaultStatus::used)
        .containsExactly(org.assertj.core.api.Assertions.tuple(12L, 2L));
  }

  @Test
  void strikesEachNthAndNoMoreThanTheFirstOfThem() {
    set(FaultSpec.of("thirds", "reset").every(3));
    assertThat(ofTwelve()).containsExactly(3, 6, 9, 12);

    set(FaultSpec.of("thirds", "reset").every(3).first(2));
    assertThat(ofTwelve()).containsExactly(3, 6);
  }

  @Test
  void strikesWithAProbabilityThatFollowsFromTheCall() {
    set(FaultSpec.of("half", "reset").withProbability(0.5));
    List<Integer> once = ofTwelve();

    assertThat(once).hasSizeBetween(2, 10);
    assertThat(ofTwelve()).isEqualTo(once);
    set(FaultSpec.of("half", "reset").withProbability(0));
    assertThat(ofTwelve()).isEmpty();
    set(FaultSpec.of("half", "reset").withProbability(1));
    assertThat(ofTwelve()).hasSize(12);
  }

  @Test
  void aProbabilityIsTheShareOfManyCalls() {
    set(FaultSpec.of("some", "reset").withProbability(0.2));

    long struck = IntStream.range(0, 2_000).filter(i -> !struck(i).isEmpty()).count();

    assertThat(struck).isBetween(320L, 480L);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "9999, false", "10000, true", "39999, true", "40000, false"})
  void strikesInItsTimeCountedFromWhenItWasSet(long millis, boolean strikes) {
    clock.advance(Duration.ofMinutes(5));
    set(FaultSpec.of("later", "reset").between(Duration.ofSeconds(10), Duration.ofSeconds(40)));

    clock.advance(Duration.ofMillis(millis));

    assertThat(struck(1)).hasSize(strikes ? 1 : 0);
  }

  @Test
  void whatIsAskedOfACallMustAllHold() {
    FaultMatch all =
        FaultMatch.ANY
            .withResource("contoso")
            .withRegion("eastus")
            .withOperation("chat/completions")
            .withCaller("key1")
            .withHeaders(Map.of("x-test", "yes"))
            .withBody("long story")
            .withBodyRegex("l.ng");
    List<FaultMatch> others =
        List.of(
            all.withResource("other"),
            all.withRegion("westus"),
            all.withOperation("embeddings"),
            all.withCaller("key2"),
            all.withHeaders(Map.of("x-test", "no")),
            all.withHeaders(Map.of("x-other", "")),
            all.withBody("short story"),
            all.withBodyRegex("l.g"),
            all.withDeployment("micro"),
            all.withStream(true));
    for (FaultMatch other : others) {
      set(FaultSpec.of("not this", "reset").matching(other));
      assertThat(struck(1)).as(other.toString()).isEmpty();
    }

    set(FaultSpec.of("this", "reset").matching(all.withHeaders(Map.of("x-test", ""))));
    assertThat(struck(1)).containsExactly("this");
  }

  @Test
  void allPausesStrikeAndThenTheFirstOfTheOthersAsTheyWereSet() {
    set(FaultSpec.of("a", "delay 1s"));
    set(FaultSpec.of("b", "delay 2s"));
    set(FaultSpec.of("c", "reset"));
    set(FaultSpec.of("d", "status 503"));

    assertThat(struck(1)).containsExactly("a", "b", "c");
    assertThat(faults.all().getLast().used()).isZero();
  }

  @Test
  void oneOfTheSameNameTakesItsPlaceAndCountsAfresh() {
    set(FaultSpec.of("a", "status 500").first(1));
    set(FaultSpec.of("b", "reset"));
    assertThat(struck(1)).containsExactly("a");
    assertThat(struck(2)).containsExactly("b");

    set(FaultSpec.of("a", "status 503").first(1));

    assertThat(struck(3)).containsExactly("a");
    assertThat(faults.remove("a")).isTrue();
    assertThat(faults.remove("a")).isFalse();
    assertThat(struck(4)).containsExactly("b");
  }

  @Test
  void aCallThatAsksForFaultsItselfHasThemBeforeOthers() {
    set(FaultSpec.of("a", "reset"));

    assertThat(faults.of(call(1), "delay 1s; status 503 at before").arriving())
        .extracting(Hit::reason)
        .containsExactly("delay 1s at before", "status 503 at before");
    assertThat(faults.of(call(1), "refused").complaint()).isPresent();
    assertThat(faults.of(call(1), "resett").complaint().orElseThrow())
        .startsWith("there is no fault and no preset 'resett'; there is status, error, preset,");
  }

  @Test
  void theFirstTokenIsAsSlowAsAllThatSlowItDown() {
    set(FaultSpec.of("a", "slow-first-token 5").onRegion("eastus"));
    set(
        FaultSpec.of("b", "slow-first-token 2")
            .onDeployment("micro")
            .between(Duration.ZERO, Duration.ofSeconds(1)));

    assertThat(faults.slowdown("eastus", new DeploymentId("contoso", "micro"))).isEqualTo(10);
    assertThat(faults.slowdown("eastus", new DeploymentId("contoso", "other"))).isEqualTo(5);
    assertThat(faults.slowdown("westus", new DeploymentId("contoso", "other"))).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(faults.slowdown("eastus", new DeploymentId("contoso", "micro"))).isEqualTo(5);
  }

  @Test
  void whatDoesNotExistCannotBeSet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.set(FaultSpec.of("a", "preset nothing")))
        .withMessageStartingWith("there is no fault and no preset 'nothing'; there is status,");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            faults.set(
                FaultSpec.parse(
                    "refused",
                    FaultMatch.ANY.withResource("other"),
                    dev.spillway.control.FaultSchedule.ALWAYS)))
        .withMessage("'refused' is of a resource with a port of its own, which 'other' is not");
    assertThat(faults.all()).isEmpty();
  }

  @Test
  void everyPresetNamesTheThreadItComesFrom() {
    assertThat(faults.presets())
        .hasSizeGreaterThanOrEqualTo(15)
        .allSatisfy(preset -> assertThat(preset.threads()).isNotEmpty())
        .extracting(FaultPreset::name)
        .doesNotHaveDuplicates();
  }
}
