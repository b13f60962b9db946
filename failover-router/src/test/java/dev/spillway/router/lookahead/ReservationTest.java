package dev.spillway.router.lookahead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.spillway.router.attempt.Fixtures;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.plan.CallPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each call is charged 16 of 100 tokens. */
class ReservationTest {

  private static final Backend MICRO = limited(100);
  private static final Function<String, @Nullable String> SILENT = Map.<String, String>of()::get;
  private static final Function<String, @Nullable String> THIRTY_LEFT =
      Map.of("x-ratelimit-remaining-tokens", "30")::get;
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private LookAhead lookAhead = new LookAhead(List.of(MICRO), true, at(0));

  @Test
  void whatIsReservedIsTakenFromWhatIsLeft() {
    reserve();

    assertThat(left(0)).isEqualTo(84);
  }

  @Test
  void whatWasLetInStaysChargedAndTheAnswerIsBelieved() {
    reserve().served(SILENT, at(0));
    assertThat(left(0)).isEqualTo(84);

    reserve().served(THIRTY_LEFT, at(0));
    assertThat(left(0)).isEqualTo(30);
  }

  @Test
  void whatWasDeclinedStaysChargedAndTheAnswerIsBelieved() {
    reserve().declined(SILENT, at(0));
    assertThat(left(0)).isEqualTo(84);

    reserve().declined(THIRTY_LEFT, at(0));
    assertThat(left(0)).isEqualTo(30);
  }

  @Test
  void whatWasRefusedIsGivenBackAndTheAnswerIsBelieved() {
    reserve().refused(SILENT, () -> "", Optional.empty(), at(0));
    assertThat(left(0)).isEqualTo(100);

    reserve().refused(THIRTY_LEFT, () -> "", Optional.empty(), at(0));
    assertThat(left(0)).isEqualTo(30);
  }

  @Test
  void whatWasNeverSentIsGivenBack() {
    reserve().unsent(at(0));

    assertThat(left(0)).isEqualTo(100);
  }

  /** It counts from its way to the service on, as one that was answered. */
  @Test
  void whatNobodyKnowsOfStaysCharged() {
    reserve().unknown(at(0.4));

    assertThat(left(60.3)).isEqualTo(84);
    assertThat(left(60.4)).isEqualTo(100);
  }

  @Test
  void onlyTheFirstSettlingIsHeard() {
    Reservation reservation = reserve();
    reservation.served(SILENT, at(0));
    reservation.unsent(at(0));
    reservation.refused(THIRTY_LEFT, () -> "", Optional.of(Duration.ofSeconds(20)), at(0));

    assertThat(left(0)).isEqualTo(84);
  }

  @Test
  void whatAnAnswerUsedIsHeardAfterItWasLetIn() {
    Backend provisioned = MICRO.with(new DeploymentLimits.Provisioned(1_000L, 4));
    lookAhead = new LookAhead(List.of(provisioned), true, at(0));
    Reservation reservation = lookAhead.reserve(provisioned, Fixtures.call(), at(0));
    reservation.served(SILENT, at(0));
    reservation.used(new Used(100, 25), at(0));

    assertThat(lookAhead.headRoom(provisioned, at(0)).utilization()).isEqualTo(20);
  }

  @Test
  void whatNoAccountIsKeptOfMayBeSettledAllTheSame() {
    assertThatNoException()
        .isThrownBy(() -> {
          Reservation.NONE.served(THIRTY_LEFT, at(0));
          Reservation.NONE.used(new Used(1, 1), at(0));
        });
  }

  @Test
  void onlyWhatIsAskedOfAModelIsCounted() {
    CallPlan listing = Fixtures.callBy("GET");
    lookAhead.reserve(MICRO, listing, at(0));
    assertThat(lookAhead.reserveIfRoom(MICRO, listing, NEVER, at(0))).hasValue(Reservation.NONE);
    assertThat(left(0)).isEqualTo(100);
    for (int i = 0; i < 6; i++) {
      reserve();
    }

    assertThat(lookAhead.room(MICRO, Fixtures.call(), NEVER, at(0)))
        .isInstanceOf(Room.TooLittle.class);
    assertThat(lookAhead.reserveIfRoom(MICRO, Fixtures.call(), NEVER, at(0))).isEmpty();
    assertThat(lookAhead.room(MICRO, listing, NEVER, at(0))).isEqualTo(Room.ENOUGH);
  }

  @Test
  void nothingIsExpectedWhereItIsSwitchedOff() {
    lookAhead = new LookAhead(List.of(MICRO), false, at(0));
    for (int i = 0; i < 9; i++) {
      reserve().served(THIRTY_LEFT, at(0));
    }

    assertThat(lookAhead.room(MICRO, Fixtures.call(), NEVER, at(0))).isEqualTo(Room.ENOUGH);
    assertThat(lookAhead.headRoom(MICRO, at(0))).isEqualTo(HeadRoom.UNKNOWN);
  }

  @Test
  void aResetForgetsWhatWasCharged() {
    reserve();
    lookAhead.reset(MICRO, at(0));

    assertThat(left(0)).isEqualTo(100);
  }

  @Test
  void anAccountOutlivesAReloadWhileItsLimitsStay() {
    reserve();

    lookAhead = lookAhead.followedBy(List.of(limited(100)), true, at(0));
    assertThat(left(0)).isEqualTo(84);

    lookAhead = lookAhead.followedBy(List.of(limited(200)), true, at(0));
    assertThat(left(0)).isEqualTo(200);
  }

  private Reservation reserve() {
    return lookAhead.reserve(MICRO, Fixtures.call(), at(0));
  }

  private long left(double at) {
    return Objects.requireNonNull(lookAhead.headRoom(MICRO, at(at)).tokens()).left();
  }

  private static Backend limited(long tokensPerMinute) {
    return Fixtures.backend("micro")
        .with(new DeploymentLimits.Standard(tokensPerMinute, null, Duration.ofSeconds(10)));
  }

  private static long at(double seconds) {
    return (long) (seconds * 1e9);
  }
}
