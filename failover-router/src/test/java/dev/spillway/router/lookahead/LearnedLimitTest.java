package dev.spillway.router.lookahead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.lookahead.Room.TooLittle;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made of answers and refusals when a limit is not what it was. */
class LearnedLimitTest extends AccountFixture {

  private static final String TOKENS = "DeploymentRatelimit-Token";
  private static final String CALLS = "DeploymentRatelimit-Call";

  /** In 2024 answers told what was left, and not of how much. */
  @Test
  void theFirstAnswerOfAWindowShowsThatAGuessedLimitIsLessThanItWas() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    served(charge(100, 0), 0, LEFT, "900");
    served(charge(100, 60), 60, LEFT, "300");

    assertThat(limit(60)).isEqualTo(400);
    assertThat(room(301, 119)).isEqualTo(tooLittle(301, 300, 1));
    assertThat(room(400, 120)).isEqualTo(Room.ENOUGH);
    assertThat(room(401, 120)).isEqualTo(tooLittle(401, 400, 0));
  }

  @Test
  void aLaterAnswerShowsOnlyThatAGuessedLimitIsMore() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    served(charge(100, 0), 0, LEFT, "900");
    served(charge(100, 1), 1, LEFT, "700");
    assertThat(limit(1)).isEqualTo(1_000);

    served(charge(100, 2), 2, LEFT, "1400");
    assertThat(limit(2)).isEqualTo(1_500);
  }

  /** Somebody else may have used up what was missing. */
  @Test
  void aGuessedLimitIsBelievedToBeLessForTwoMinutes() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    served(charge(100, 0), 0, LEFT, "900");
    served(charge(100, 60), 60, LEFT, "300");

    assertThat(room(900, 180)).isInstanceOf(TooLittle.class);
    assertThat(room(900, 181)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void whatATooSmallConfiguredLimitHasLeftShowsThatItIsMore() {
    served(charge(100, 0), 0, LEFT, "1900");

    assertThat(limit(0)).isEqualTo(2_000);
  }

  @Test
  void tokensComeBackAsFastAsTheLimitThatIsTold() {
    served(charge(600, 0), 0, LIMIT, "1000", LEFT, "400", RESET, "36000");
    served(charge(100, 10), 10, LIMIT, "600", LEFT, "0");

    assertThat(room(300, 10)).isEqualTo(tooLittle(300, 0, 30));
  }

  /** 100 of 1,000 a minute come back in 6 s, in half a second no more than 8. */
  @Test
  void whatComesBackOnARequestsWayIsNotBelievedToBeThereTwice() {
    served(charge(600, 0), 0, LIMIT, "1000", LEFT, "400", RESET, "36000");
    Meter.Hold hold = charge(100, 0);
    served(hold, 6, LIMIT, "1000", LEFT, "305");
    assertThat(left(6)).isEqualTo(400);

    served(charge(100, 6), 6, LIMIT, "1000", LEFT, "400");
    assertThat(left(6)).isEqualTo(400);
  }

  /** The second overtakes the first, whose charge its answer knows nothing of. */
  @Test
  void whoeverIsOvertakenIsStillCharged() {
    served(charge(600, 0), 0, LIMIT, "1000", LEFT, "400", RESET, "36000");
    Meter.Hold unused = charge(200, 0);
    served(charge(100, 0), 0, LIMIT, "1000", LEFT, "300");

    assertThat(left(0)).isEqualTo(100);
  }

  @Test
  void whereOnlyRefusalsTellNoMoreIsExpectedThanWasLetInBefore() {
    serve(400, 0);
    refusedFor(TOKENS, 300, 30, 30);
    assertThat(room(1, 59)).isInstanceOf(TooLittle.class);

    // whether it was for once is tried in the next minute
    serve(400, 60);
    refusedFor(TOKENS, 300, 30, 90);
    assertThat(room(400, 120)).isEqualTo(Room.ENOUGH);
    assertThat(room(401, 120)).isEqualTo(tooLittle(401, 400, 0));
  }

  @Test
  void whetherItIsMoreByNowIsTriedEverLessOften() {
    double window = 0;
    for (int pause : new int[] {0, 1, 2, 4, 4}) {
      serve(400, window);
      refusedFor(TOKENS, 300, 30, window + 30);
      double tried = window + 60 + 60 * pause;

      assertThat(room(900, tried)).isEqualTo(Room.ENOUGH);
      assertThat(room(900, tried - 1)).isInstanceOf(TooLittle.class);
      window = tried;
    }
  }

  @Test
  void whatWasOnItsWayWhenOneWasRefusedWasNotLetInEither() {
    serve(400, 0);
    Meter.Hold second = charge(200, 20);
    refusedFor(TOKENS, 100, 40, 20);
    refusedFor(TOKENS, second, 40, 20);
    serve(400, 60);
    refusedFor(TOKENS, 100, 60, 60);

    assertThat(room(400, 120)).isEqualTo(Room.ENOUGH);
    assertThat(room(401, 120)).isInstanceOf(TooLittle.class);
  }

  @Test
  void whereNothingIsConfiguredARefusalForTokensIsWhereCountingBegins() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    refusedFor(TOKENS, 100, 30, 0);
    assertThat(account.headRoom(at(1)).tokens()).isNull();
    serve(400, 30);
    refusedFor(TOKENS, 100, 60, 30);
    assertThat(room(1, 31)).isInstanceOf(TooLittle.class);

    serve(400, 90);
    refusedFor(TOKENS, 100, 60, 90);
    assertThat(room(400, 150)).isEqualTo(Room.ENOUGH);
    assertThat(room(401, 150)).isInstanceOf(TooLittle.class);
  }

  @Test
  void aRefusalForCallsTellsNothingOfTokens() {
    serve(400, 0);
    refusedFor(CALLS, 300, 30, 30);

    assertThat(room(600, 31)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void whereAnswersTellTheLimitARefusalIsBelievedForItsMinuteAlone() {
    served(charge(400, 0), 0, LIMIT, "1000", LEFT, "600");
    refusedFor(TOKENS, 300, 30, 30);
    assertThat(room(1, 59)).isInstanceOf(TooLittle.class);
    serve(400, 60);
    refusedFor(TOKENS, 300, 30, 90);

    assertThat(room(1_000, 120)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void aRefusalForCallsCostsNone() {
    account = requests(12, TEN_SECONDS);
    serve(1, 0);
    refusedFor(CALLS, 1, 5, 4);

    assertThat(requestsLeft(4)).isEqualTo(1);
    assertThat(requestsLeft(10)).isEqualTo(2);
  }

  /** It was made when it arrived, and nobody knows when that was. */
  @Test
  void requestsAreKeptForAsMuchLongerAsTheSlowestMayHaveTaken() {
    account = requests(6, TEN_SECONDS);
    served(charge(1, 0), 0.3);

    assertThat(requestsLeft(10.2)).isZero();
    assertThat(requestsLeft(10.3)).isEqualTo(1);
  }

  @Test
  void whatIsToldToBeBackIsTheOldest() {
    account = requests(12, TEN_SECONDS);
    served(charge(1, 0), 0.3);
    served(charge(1, 10.1), 10.2, "x-ratelimit-remaining-requests", "1");

    assertThat(requestsLeft(10.2)).isEqualTo(1);
    assertThat(requestsLeft(20.3)).isEqualTo(1);
    assertThat(requestsLeft(20.4)).isEqualTo(2);
  }

  @Test
  void whatHasComeBackMeanwhileIsNotTakenOffAgain() {
    account = requests(12, TEN_SECONDS);
    serve(1, 0);
    served(charge(1, 9.9), 10, "x-ratelimit-remaining-requests", "1");

    assertThat(requestsLeft(10)).isEqualTo(1);
  }

  @Test
  void oneRequestInTenSecondsIsNotOneInAMinute() {
    account = requests(1, TEN_SECONDS);
    served(charge(1, 0), 0, "x-ratelimit-limit-requests", "1");

    assertThat(requestsLeft(10)).isEqualTo(1);
  }

  /** By the service's clock the window of before had ended when the request came. */
  @Test
  void whoeverIsLetInWhenAWindowIsAboutToEndHasBegunTheNext() {
    served(charge(900, 0), 0.4);
    served(charge(300, 60.1), 60.2);
    assertThat(room(700, 60.3)).isEqualTo(Room.ENOUGH);
    assertThat(room(701, 120.1)).isInstanceOf(TooLittle.class);
    assertThat(room(701, 120.2)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void theSameHoldsWhereOursHadEndedBeforeTheAnswerCame() {
    served(charge(900, 0), 0.4);
    served(charge(300, 60.3), 60.5);

    assertThat(room(701, 60.5)).isEqualTo(tooLittle(701, 700, 60));
  }

  @Test
  void whoeverIsLetInEarlierHasNotBegunAnother() {
    served(charge(900, 0), 0);
    served(charge(300, 30), 30);

    assertThat(room(1, 31)).isInstanceOf(TooLittle.class);
  }

  /** 8 of 1,000 a minute come back in half a second. */
  @Test
  void nothingComesBackBeforeItCanHaveArrived() {
    served(charge(600, 0), 0, LIMIT, "1000", LEFT, "400", RESET, "36000");
    served(charge(600, 36), 36.5);

    assertThat(left(36.5)).isEqualTo(400);
  }

  /** What is left is told in whole numbers: here there was half a request more. */
  @Test
  void aPartOfARequestIsNoNews() {
    account = requests(1, Duration.ofMinutes(1));
    served(
        charge(1, 0),
        0,
        LIMIT,
        "1000",
        LEFT,
        "900",
        RESET,
        "6000",
        "x-ratelimit-limit-requests",
        "1",
        "x-ratelimit-remaining-requests",
        "0");
    Meter.Hold hold = charge(1, 30);
    Told told =
        Told.ofRefusal(
            name -> name.equals("x-ratelimit-remaining-requests") ? "0" : null,
            () -> "exceeded call rate limit");
    account.refused(hold, told, Optional.of(Duration.ofSeconds(30)), at(30));

    assertThat(account.room(() -> tokenCharge(1), NEVER, at(60))).isEqualTo(Room.ENOUGH);
  }

  private long requestsLeft(double at) {
    return Objects.requireNonNull(account.headRoom(at(at)).requests()).left();
  }

  @Test
  void thePolicyOrElseTheTextNamesWhatWasExceeded() {
    assertThat(named(TOKENS, "")).isEqualTo(Room.Of.TOKENS);
    assertThat(named(CALLS, "token rate limit")).isEqualTo(Room.Of.REQUESTS);
    assertThat(named(null, "have exceeded token rate limit of")).isEqualTo(Room.Of.TOKENS);
    assertThat(named(null, "exceeded the call rate limit for")).isEqualTo(Room.Of.REQUESTS);
    assertThat(named(null, "Too many tokens.")).isNull();
    assertThat(named("", "token rate limit")).isNull();
  }

  private static Room.@Nullable Of named(@Nullable String policy, String text) {
    return Told.ofRefusal(name -> name.equals("policy-id") ? policy : null, () -> text).refused();
  }

  private void refusedFor(String policy, long tokens, long seconds, double at) {
    refusedFor(policy, charge(tokens, at), seconds, at);
  }

  private void refusedFor(String policy, Meter.Hold hold, long seconds, double at) {
    Told told = Told.ofRefusal(name -> name.equals("policy-id") ? policy : null, () -> "");
    account.refused(hold, told, Optional.of(Duration.ofSeconds(seconds)), at(at));
  }
}
