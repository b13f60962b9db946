package dev.spillway.router.lookahead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.lookahead.Room.TooLittle;
import dev.spillway.router.plan.TokenEstimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of a Standard deployment's tokens, and of what holds for every account. */
class AccountTest extends AccountFixture {

  @Test
  void whatNeedsMoreThanIsLeftHasNoRoomUntilTheWindowEnds() {
    serve(700, 0);

    assertThat(room(300, 10)).isEqualTo(Room.ENOUGH);
    assertThat(room(301, 10)).isEqualTo(tooLittle(301, 300, 50));
    assertThat(room(301, 60)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void aWindowBeginsWithTheFirstChargeAfterTheLastOneEnded() {
    serve(700, 0);
    serve(900, 75);

    assertThat(room(200, 134)).isEqualTo(tooLittle(200, 100, 1));
    assertThat(room(200, 135)).isEqualTo(Room.ENOUGH);
  }

  /** A request takes its time to the counter, and nobody knows how much of what it took. */
  @Test
  void aWindowIsTakenToBeginHalfASecondAfterItsFirstRequestAtMost() {
    served(charge(900, 0), 0.2);
    assertThat(room(900, 60.1)).isInstanceOf(TooLittle.class);
    assertThat(room(900, 60.2)).isEqualTo(Room.ENOUGH);

    served(charge(900, 100), 130);
    assertThat(room(900, 160.4)).isInstanceOf(TooLittle.class);
    assertThat(room(900, 160.5)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void whatIsInFlightCountsBeforeAnythingIsHeardOfIt() {
    charge(700, 0);

    assertThat(room(700, 0)).isEqualTo(tooLittle(700, 300, 60));
  }

  @Test
  void whatNeverFitsHasNoRoomUntilNothingIsInUse() {
    serve(1, 0);

    assertThat(room(1_001, 20)).isEqualTo(tooLittle(1_001, 999, 40));
  }

  /** Somebody else uses the same deployment. */
  @Test
  void theServicesWordTakesThePlaceOfOurs() {
    Meter.Hold hold = charge(100, 0);
    assertThat(room(500, 1)).isEqualTo(Room.ENOUGH);

    served(hold, 1, LEFT, "400");

    assertThat(left(1)).isEqualTo(400);
    assertThat(room(500, 60.4)).isInstanceOf(TooLittle.class);
    assertThat(room(500, 60.5)).isEqualTo(Room.ENOUGH);
  }

  /** The service charges less than documented. */
  @Test
  void theServicesWordGivesBackWhatWeChargedTooMuch() {
    served(charge(900, 0), 1, LEFT, "990");

    assertThat(room(900, 1)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void whatWasSentMeanwhileStaysOnTopOfWhatIsTold() {
    Meter.Hold first = charge(100, 0);
    Meter.Hold second = charge(200, 1);
    served(first, 2, LEFT, "800"); // 100 of somebody else

    assertThat(left(2)).isEqualTo(600);
    served(second, 3, LEFT, "600");
    assertThat(left(3)).isEqualTo(600);
  }

  /** The second answer tells of a time before the third request, and after the first. */
  @Test
  void answersMayOvertakeEachOther() {
    Meter.Hold first = charge(100, 0);
    Meter.Hold second = charge(200, 1);
    Meter.Hold third = charge(300, 2);

    served(third, 3, LEFT, "400");
    served(first, 4, LEFT, "900");
    served(second, 5, LEFT, "700");

    assertThat(left(5)).isEqualTo(400);
  }

  @Test
  void anAnswerOfAWindowThatIsOverSaysNothingAboutTheNext() {
    Meter.Hold slow = charge(900, 0);
    served(slow, 61, LEFT, "0");

    assertThat(room(1_000, 61)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void whatNeverArrivedInAWindowThatIsOverGivesNothingBackInTheNext() {
    Meter.Hold lost = charge(300, 0);
    serve(500, 60);
    account.unsent(lost, at(61));

    assertThat(left(61)).isEqualTo(500);
  }

  /** The service's window had begun before ours, and so it ends before ours. */
  @Test
  void aWindowThatWasFoundRestartedEndsAMinuteLater() {
    served(charge(600, 0), 0, LEFT, "300");
    served(charge(400, 30), 30, LEFT, "600");

    assertThat(room(950, 31)).isEqualTo(tooLittle(950, 600, 59));
  }

  @Test
  void whatNeverArrivedDoesNotHideThatAWindowRestarted() {
    account.unsent(charge(700, 0), at(0));
    served(charge(100, 0), 0, LEFT, "300");
    served(charge(100, 30), 30, LEFT, "900");

    assertThat(room(950, 31)).isEqualTo(tooLittle(950, 900, 59));
  }

  /** The second was counted before the first, and told of after it. */
  @Test
  void requestsThatOvertookEachOtherDoNotLookLikeAWindowThatRestarted() {
    Meter.Hold first = charge(500, 0);
    Meter.Hold second = charge(100, 20);
    served(first, 21, LEFT, "400");
    served(second, 21, LEFT, "900");

    assertThat(room(1_000, 61)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void aRefusalGivesTheTokensBackAndBelievesTheRefusal() {
    refused(charge(400, 0), 20, 0);

    assertThat(room(1, 19)).isEqualTo(tooLittle(1, 0, 1));
    assertThat(room(1_000, 20)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void aRefusalWithoutAWordGivesTheTokensBack() {
    account.refused(charge(400, 0), Told.NOTHING, Optional.empty(), at(0));

    assertThat(left(0)).isEqualTo(1_000);
  }

  /** It is refused for something else than the tokens of a minute. */
  @Test
  void aRefusalForLongerThanAMinuteSaysNothingOfTheMinute() {
    refused(charge(400, 0), 61, 0);
    assertThat(left(0)).isEqualTo(1_000);

    refused(charge(400, 0), 60, 0);
    assertThat(left(0)).isZero();
  }

  /** 40 come back in a second, so that there must have been 200 left of 1,000 too little. */
  @Test
  void aRefusalWhereTokensComeBackEvenlyTellsHowManyAreInUse() {
    served(charge(600, 0), 0, LIMIT, "1200", LEFT, "600", RESET, "30000");
    refused(charge(400, 0), 5, 0);

    assertThat(room(400, 0)).isEqualTo(tooLittle(400, 300, 5));
    assertThat(room(400, 5)).isEqualTo(Room.ENOUGH);
    assertThat(room(401, 5)).isInstanceOf(TooLittle.class);
  }

  @Test
  void aRefusalThatTellsWhatIsLeftIsTakenByItsWord() {
    refused(charge(400, 0), 20, 5, LEFT, "350");

    assertThat(left(5)).isEqualTo(350);
  }

  /** Nobody knows since when others have used it. */
  @Test
  void whatOthersUseIsTakenToBeginWhenItIsTold() {
    refused(charge(400, 0), 20, 5, LEFT, "350");

    assertThat(room(1_000, 64)).isEqualTo(tooLittle(1_000, 350, 1));
    assertThat(room(1_000, 65)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void whatNeverArrivedIsGivenBack() {
    account.unsent(charge(400, 0), at(1));

    assertThat(left(1)).isEqualTo(1_000);
  }

  @Test
  void aLimitThatIsToldTakesThePlaceOfTheConfiguredOne() {
    served(charge(100, 0), 0, LIMIT, "500", LEFT, "400");

    assertThat(room(401, 1)).isEqualTo(tooLittle(401, 400, 59));
  }

  @Test
  void aLimitOfNothingIsNotBelieved() {
    served(charge(100, 0), 0, LIMIT, "0", LEFT, "0");

    assertThat(limit(0)).isEqualTo(1_000);
  }

  /** The service may charge less than is expected. */
  @Test
  void aRestThatFitsTheLimitDoesNotChangeIt() {
    served(charge(500, 0), 0, LEFT, "1000");

    assertThat(limit(0)).isEqualTo(1_000);
  }

  @Test
  void aRestAboveTheLimitShowsThatTheLimitIsHigher() {
    served(charge(100, 0), 0, LEFT, "1500");

    assertThat(limit(0)).isEqualTo(1_600);
  }

  @Test
  void aLimitThatHasBeenToldOnceIsNotGuessedAnyMore() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    served(charge(100, 0), 0, LIMIT, "1000", LEFT, "900");
    served(charge(500, 60), 60, LEFT, "900");

    assertThat(limit(60)).isEqualTo(1_000);
  }

  @Test
  void limitsAreLearnedWhereNoneAreConfigured() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    assertThat(room(1_000_000, 0)).isEqualTo(Room.ENOUGH);

    served(charge(100, 0), 0, LIMIT, "1000", LEFT, "200");

    assertThat(room(201, 1)).isEqualTo(tooLittle(201, 200, 59));
  }

  /** In 2024 the limit itself was not told. */
  @Test
  void theRestAloneTellsOfTheLimitByAndBy() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    served(charge(100, 0), 0, LEFT, "200");
    assertThat(room(201, 1)).isInstanceOf(TooLittle.class);

    served(charge(100, 60), 60, LEFT, "900");

    assertThat(room(900, 61)).isEqualTo(Room.ENOUGH);
    assertThat(room(901, 61)).isInstanceOf(TooLittle.class);
  }

  /** A prompt of a million tokens is too long for a model, and costs nothing. */
  @Test
  void anErrorDoesNotTellWhatItTook() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));

    account.declined(charge(1_000_000, 0), told(LEFT, "1000"), at(0));

    assertThat(room(1_000, 1)).isEqualTo(Room.ENOUGH);
    assertThat(room(1_001, 61)).isEqualTo(tooLittle(1_001, 1_000, 0));
  }

  @Test
  void aWindowThatIsLearnedBeganWithTheRequestItWasLearnedFrom() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    served(charge(300, 0), 5, LEFT, "700");
    served(charge(300, 10), 10, LEFT, "400");

    assertThat(room(700, 60.4)).isInstanceOf(TooLittle.class);
    assertThat(room(700, 60.5)).isEqualTo(Room.ENOUGH);
  }

  /** 600 of 1,000 a minute are back in 36 s. */
  @Test
  void aResetThatFitsTellsThatTokensComeBackEvenly() {
    served(charge(600, 0), 0, LIMIT, "1000", LEFT, "400", RESET, "36000");

    assertThat(room(500, 0)).isEqualTo(tooLittle(500, 400, 6));
    assertThat(room(500, 6)).isEqualTo(Room.ENOUGH);
    assertThat(room(501, 6)).isInstanceOf(TooLittle.class);
  }

  @Test
  void aResetThatDoesNotFitLeavesTheWindowTumbling() {
    served(charge(600, 0), 0, LIMIT, "1000", LEFT, "400", RESET, "59");

    assertThat(room(500, 30)).isEqualTo(tooLittle(500, 400, 30));
  }

  @Test
  void somebodyMakesWayFromACertainShareOn() {
    serve(700, 0);

    assertThat(account.room(() -> tokenCharge(10), 71, at(1))).isEqualTo(Room.ENOUGH);
    assertThat(account.room(() -> tokenCharge(10), 70, at(1))).isEqualTo(new Room.Spilling(70, 70));
  }

  @Test
  void nothingIsKeptAfterAReset() {
    Meter.Hold old = charge(900, 0);
    account.reset(at(1));
    served(old, 2, LIMIT, "500", LEFT, "100");

    assertThat(left(2)).isEqualTo(1_000);
  }

  @Test
  void whatIsLeftIsShownWithTheTimeUntilNothingIsInUse() {
    assertThat(account.headRoom(at(0)).tokens())
        .isEqualTo(new HeadRoom.Left(1_000, 1_000, Duration.ZERO));
    serve(700, 0);

    assertThat(account.headRoom(at(10)).tokens())
        .isEqualTo(new HeadRoom.Left(1_000, 300, Duration.ofSeconds(50)));
  }

  /** Reading a long body takes its time, in which others ask the same account. */
  @ParameterizedTest
  @MethodSource("limited")
  void nobodyWaitsWhileARequestIsRead(Account account) {
    AtomicInteger readers = new AtomicInteger();
    Supplier<TokenEstimate> body =
        () -> {
          assertThat(Thread.holdsLock(account)).isFalse();
          readers.incrementAndGet();
          return tokenCharge(1);
        };
    Room unused = account.room(body, NEVER, at(0));
    account.unsent(account.charge(body, at(0)), at(0));
    account.unsent(account.chargeIfRoom(body, NEVER, at(0)).orElseThrow(), at(0));

    assertThat(readers).hasPositiveValue();
  }

  /** Also where nothing is known of tokens until an answer tells of them. */
  @Test
  void nobodyWaitsWhileARequestIsReadForWhatItsAnswerTells() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    served(account.charge(unread(), at(0)), 0, LEFT, "900");
    assertThat(left(0)).isEqualTo(900);

    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    Meter.Hold refused = account.charge(unread(), at(0));
    served(account.charge(unread(), at(0)), 0, LIMIT, "1000", LEFT, "900");
    refused(refused, 20, 0);
    assertThat(left(0)).isZero();
  }

  /** A request of 100 whose body is read once, when somebody asks. */
  private Supplier<TokenEstimate> unread() {
    Account asked = account;
    AtomicReference<TokenEstimate> known = new AtomicReference<>();
    return () -> {
      if (known.get() == null) {
        assertThat(Thread.holdsLock(asked)).isFalse();
        known.set(tokenCharge(100));
      }
      return known.get();
    };
  }

  private static Stream<Account> limited() {
    return Stream.of(tokens(1_000), provisioned(60_000L), provisioned(null));
  }

  @Test
  void nobodyIsReadForAQuotaThatKnowsNoTokens() {
    account = requests(10, TEN_SECONDS);
    Supplier<TokenEstimate> body =
        () -> {
          throw new AssertionError("was read");
        };

    assertThat(account.room(body, NEVER, at(0))).isEqualTo(Room.ENOUGH);
    assertThat(account.chargeIfRoom(body, NEVER, at(0))).isPresent();
  }

  @Test
  void ofManyAtTheSameMomentNoMoreThanFitFindRoom() throws Exception {
    AtomicInteger found = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            awaitQuietly(start);
            account
                .chargeIfRoom(() -> tokenCharge(100), NEVER, at(0))
                .ifPresent(hold -> found.incrementAndGet());
          }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(found).hasValue(10);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
