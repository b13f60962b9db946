package dev.spillway.router.lookahead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.plan.TokenEstimate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of a provisioned deployment. */
class ProvisionedAccountTest extends AccountFixture {

  @Test
  void anErrorDoesNotTellTheWorthOfAToken() {
    account = provisioned(null);
    serveProvisioned(100, 0, "10");
    account.declined(charge(1_000_000, 0), told(UTILIZATION, "20"), at(0));
    serveProvisioned(100, 0, "30");

    charge(100, 0);

    assertThat(utilization(0)).isEqualTo(40);
  }

  @Test
  void aProvisionedDeploymentLetsInWhateverComesUntilAllOfItIsInUse() {
    account = provisioned(60_000L);
    charge(new TokenEstimate(54_000, 0L, 1), 0);
    assertThat(room(50_000, 0)).isEqualTo(Room.ENOUGH);

    charge(new TokenEstimate(12_000, 0L, 1), 0);

    assertThat(room(1, 0)).isEqualTo(new Room.Full(110, Duration.ofSeconds(6)));
    assertThat(room(1, 6)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void whatAnAnswerReallyUsedTakesThePlaceOfTheEstimate() {
    account = provisioned(60_000L);
    Meter.Hold hold = charge(new TokenEstimate(6_000, 9_000L, 1), 0);
    assertThat(utilization(0)).isEqualTo(70);

    served(hold, 0, UTILIZATION, "70%");
    account.used(hold, new Used(6_000, 1_500), at(0));

    assertThat(utilization(0)).isEqualTo(20);
  }

  /** Threads that looked at their clocks before others come after them. */
  @Test
  void noMomentComesBackTwice() {
    account = provisioned(60_000L);
    charge(new TokenEstimate(60_000, 0L, 1), 0);
    for (int i = 0; i < 100; i++) {
      assertThat(utilization(6)).isEqualTo(90);
      assertThat(utilization(0)).isEqualTo(90);
    }
  }

  @Test
  void aDeploymentThatTellsItsUtilizationIsProvisioned() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    served(charge(100, 0), 0, UTILIZATION, "40.0%");
    served(charge(100, 3), 3, UTILIZATION, "103.5%");

    assertThat(utilization(3)).isEqualTo(103.5);
    assertThat(room(1, 3)).isInstanceOf(Room.Full.class);
    assertThat(utilization(33)).isEqualTo(53.5);
  }

  @Test
  void theAnswerThatShowsItIsBelievedAtOnce() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    served(charge(100, 0), 0, UTILIZATION, "103.5%");

    assertThat(utilization(0)).isEqualTo(103.5);
    assertThat(room(1, 0)).isInstanceOf(Room.Full.class);
    assertThat(room(1, 3)).isEqualTo(Room.ENOUGH);
  }

  /** 3 % drain in the two seconds between. */
  @Test
  void theWorthOfATokenIsLearnedFromTheGrowth() {
    account = provisioned(null);
    serveProvisioned(1_000, 0, "50%");
    serveProvisioned(1_000, 1.8, "57%"); // 10 % for 1,000

    for (int i = 0; i < 5; i++) {
      assertThat(room(1_000, 1.8)).isEqualTo(Room.ENOUGH);
      charge(new TokenEstimate(1_000, 0L, 1), 1.8);
    }

    assertThat(room(1_000, 1.8)).isInstanceOf(Room.Full.class);
  }

  @Test
  void somebodyMakesWayAtAProvisionedDeploymentToo() {
    account = provisioned(60_000L);
    serveProvisioned(100, 0, "80%");

    assertThat(account.room(() -> tokenCharge(1), 80, at(0))).isEqualTo(new Room.Spilling(80, 80));
    assertThat(account.room(() -> tokenCharge(1), 81, at(0))).isEqualTo(Room.ENOUGH);
  }

  /** Whatever it is charged, it is let in while there is room at all. */
  @Test
  void aRequestIsNotReadToKnowWhetherThereIsRoom() {
    account = provisioned(60_000L);

    assertThat(
            account.room(
                () -> {
                  throw new AssertionError("was read");
                },
                NEVER,
                at(0)))
        .isEqualTo(Room.ENOUGH);
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void whateverTellsAUtilizationIsOfAProvisionedDeployment(
      BiConsumer<Account, Meter.Hold> outcome) {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    outcome.accept(account, charge(100, 0));

    assertThat(utilization(0)).isEqualTo(104);
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void whateverTellsTheUtilizationIsBelieved(BiConsumer<Account, Meter.Hold> outcome) {
    account = provisioned(60_000L);
    outcome.accept(account, charge(30_000, 0));

    assertThat(utilization(0)).isEqualTo(104);
  }

  private static Stream<BiConsumer<Account, Meter.Hold>> outcomes() {
    Told told = told(UTILIZATION, "104%");
    return Stream.of(
        (account, hold) -> account.served(hold, told, at(0)),
        (account, hold) -> account.declined(hold, told, at(0)),
        (account, hold) -> account.refused(hold, told, Optional.empty(), at(0)));
  }

  @Test
  void aRefusalIsGivenBackAndBelieved() {
    account = provisioned(60_000L);
    refused(charge(30_000, 0), 6, 0);

    assertThat(room(1, 0)).isEqualTo(new Room.Full(110, Duration.ofSeconds(6)));
    assertThat(room(1, 6)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void aRefusalForLongerThanAMinuteSaysNothingOfTheMinute() {
    account = provisioned(60_000L);
    refused(charge(30_000, 0), 61, 0);
    assertThat(utilization(0)).isZero();

    refused(charge(30_000, 0), 60, 0);
    assertThat(utilization(0)).isEqualTo(200);
  }

  @Test
  void whatNeverArrivedIsGivenBack() {
    account = provisioned(60_000L);
    account.unsent(charge(30_000, 0), at(0));

    assertThat(utilization(0)).isZero();
  }

  /** Between two answers 1,000 tokens were sent, and 10 % more were in use. */
  @Test
  void whatWasNotLetInDoesNotCountForTheWorthOfAToken() {
    account = provisioned(null);
    serveProvisioned(1_000, 0, "10%");
    account.refused(charge(5_000, 0), Told.NOTHING, Optional.empty(), at(0));
    account.unsent(charge(5_000, 0), at(0));
    serveProvisioned(1_000, 0, "20%");

    charge(1_000, 0);

    assertThat(utilization(0)).isEqualTo(30);
  }

  /** 3,000 instead of the first one's 1,000, and 1,000 of the second, were 30 %. */
  @Test
  void whatWasReallyUsedCountsForTheWorthOfAToken() {
    account = provisioned(null);
    Meter.Hold first = charge(1_000, 0);
    served(first, 0, UTILIZATION, "10%");
    account.used(first, new Used(3_000, 0), at(0));
    serveProvisioned(1_000, 0, "40%");

    charge(1_000, 0);

    assertThat(utilization(0)).isEqualTo(50);
  }

  @Test
  void aStrangeGrowthChangesTheWorthOfATokenByThreeTenthsOfTheDifference() {
    account = provisioned(null);
    serveProvisioned(1_000, 0, "0%");
    serveProvisioned(1_000, 0, "10%");
    serveProvisioned(1_000, 0, "30%");

    charge(1_000, 0);

    assertThat(utilization(0)).isEqualTo(43);
  }

  /** At 30 s all of the first is back: the second stands for itself. */
  @Test
  void theWorthOfATokenIsLearnedUpToTheMomentWhenAllIsBack() {
    account = provisioned(null);
    serveProvisioned(1_000, 0, "50%");
    serveProvisioned(1_000, 30, "10%");
    charge(1_000, 30);
    assertThat(utilization(30)).isEqualTo(20);

    account = provisioned(null);
    serveProvisioned(1_000, 0, "50%");
    serveProvisioned(1_000, 31, "10%");
    charge(1_000, 31);
    assertThat(utilization(31)).isEqualTo(10);
  }

  @Test
  void aGrowthThatNoTokensExplainTeachesNothing() {
    account = provisioned(null);
    serveProvisioned(0, 0, "10%");
    serveProvisioned(0, 0, "20%");

    charge(1_000, 0);

    assertThat(utilization(0)).isEqualTo(20);
  }

  /** What is told is rounded, and others' answers are over meanwhile. */
  @Test
  void tokensThatLetNothingGrowTeachNothing() {
    account = provisioned(null);
    serveProvisioned(1_000, 0, "0%");
    serveProvisioned(1_000, 0, "10%");
    serveProvisioned(1_000, 0, "10%");

    charge(1_000, 0);

    assertThat(utilization(0)).isEqualTo(20);
  }

  /** The first one was sent with more tokens than turned out to be let in by the second's time. */
  @Test
  void anAnswerToAnEarlierRequestTeachesNothing() {
    account = provisioned(null);
    Meter.Hold refused = charge(9_000, 0);
    Meter.Hold first = charge(1_000, 0);
    account.refused(refused, Told.NOTHING, Optional.empty(), at(0));
    serveProvisioned(1_000, 1, "50%");
    served(first, 1, UTILIZATION, "90%");
    double believed = utilization(1);

    charge(1_000, 1);

    assertThat(utilization(1)).isEqualTo(believed);
  }

  @Test
  void whatWasInFlightAtAResetTeachesNothing() {
    account = provisioned(null);
    Meter.Hold old = charge(1_000, 0);
    account.reset(at(0));
    served(old, 0, UTILIZATION, "50%");
    serveProvisioned(2_000, 0, "60%");

    charge(1_000, 0);

    assertThat(utilization(0)).isEqualTo(60);
  }
}
