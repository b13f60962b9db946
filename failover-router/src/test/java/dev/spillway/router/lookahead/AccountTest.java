package dev.spillway.router.lookahead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.lookahead.Room.Of;
import dev.spillway.router.lookahead.Room.TooLittle;
import dev.spillway.router.plan.TokenEstimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Times are seconds from a beginning; a request of 100 is one that is charged 100 tokens. */
class AccountTest {

  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final String LIMIT = "x-ratelimit-limit-tokens";
  private static final String LEFT = "x-ratelimit-remaining-tokens";
  private static final String RESET = "x-ratelimit-reset-tokens";
  private static final String UTILIZATION = "azure-openai-deployment-utilization";

  private Account account = tokens(1_000);

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
    assertThat(room(500, 1)).isInstanceOf(TooLittle.class);
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
    served(slow, 61, LEFT, "100");

    assertThat(room(900, 61)).isEqualTo(Room.ENOUGH);
  }

  /** The service's window had begun before ours, and so it ends before ours. */
  @Test
  void aWindowThatWasFoundRestartedEndsAMinuteLater() {
    served(charge(100, 0), 0, LEFT, "300");
    served(charge(100, 30), 30, LEFT, "900");

    assertThat(room(950, 31)).isEqualTo(tooLittle(950, 900, 59));
  }

  @Test
  void aRefusalGivesTheTokensBackAndBelievesTheRefusal() {
    refused(charge(400, 0), 20, 0);

    assertThat(room(1, 19)).isEqualTo(tooLittle(1, 0, 1));
    assertThat(room(1_000, 20)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void aRefusalThatTellsWhatIsLeftIsTakenByItsWord() {
    refused(charge(400, 0), 20, 0, LEFT, "350");

    assertThat(left(0)).isEqualTo(350);
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
  void anErrorDoesNotTellTheWorthOfAToken() {
    account = provisioned(null);
    serveProvisioned(100, 0, "10");
    account.declined(charge(1_000_000, 0), told(UTILIZATION, "20"), at(0));
    serveProvisioned(100, 0, "30");

    charge(100, 0);

    assertThat(utilization(0)).isEqualTo(40);
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
  void requestsOfOlderModelsComeBackTenSecondsAfterEach() {
    account = requests(12, TEN_SECONDS);
    serve(1, 0);
    serve(1, 4);

    assertThat(room(1, 9)).isEqualTo(new TooLittle(Of.REQUESTS, 1, 0, Duration.ofSeconds(1)));
    assertThat(room(1, 10)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void theRequestsOfAMinuteAreKnownByTheirLimit() {
    account = requests(12, TEN_SECONDS);
    served(charge(1, 0), 0, "x-ratelimit-limit-requests", "12");

    for (int i = 0; i < 12; i++) {
      assertThat(room(1, i)).isEqualTo(Room.ENOUGH);
      serve(1, i);
    }
    assertThat(room(1, 12)).isEqualTo(new TooLittle(Of.REQUESTS, 1, 0, Duration.ofSeconds(48)));
  }

  @Test
  void aRefusalCostsARequest() {
    account = requests(6, TEN_SECONDS);
    refused(charge(1, 0), 5, 0);

    assertThat(room(1, 1)).isInstanceOf(TooLittle.class);
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
  void somebodyMakesWayFromACertainShareOn() {
    serve(700, 0);

    assertThat(account.room(() -> tokenCharge(10), 71, at(1))).isEqualTo(Room.ENOUGH);
    assertThat(account.room(() -> tokenCharge(10), 70, at(1))).isEqualTo(new Room.Spilling(70, 70));
  }

  @Test
  void nothingIsKeptAfterAReset() {
    Meter.Hold old = charge(900, 0);
    account.reset(at(1));
    served(old, 2, LEFT, "100");

    assertThat(left(2)).isEqualTo(1_000);
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

  private static Account tokens(long perMinute) {
    return new Account(new DeploymentLimits.Standard(perMinute, null, TEN_SECONDS), at(0));
  }

  private static Account requests(long perMinute, Duration window) {
    return new Account(new DeploymentLimits.Standard(null, perMinute, window), at(0));
  }

  private static Account provisioned(@Nullable Long tokensPerMinute) {
    return new Account(new DeploymentLimits.Provisioned(tokensPerMinute, 4), at(0));
  }

  private static TooLittle tooLittle(long needs, long left, long seconds) {
    return new TooLittle(Of.TOKENS, needs, left, Duration.ofSeconds(seconds));
  }

  private Room room(long tokens, double at) {
    return account.room(() -> tokenCharge(tokens), NEVER, at(at));
  }

  private long left(double at) {
    return Objects.requireNonNull(account.headRoom(at(at)).tokens()).left();
  }

  private double utilization(double at) {
    Double percent = Objects.requireNonNull(account.headRoom(at(at)).utilization());
    return Math.round(percent * 1e6) / 1e6;
  }

  private void serve(long tokens, double at) {
    served(charge(tokens, at), at);
  }

  private void serveProvisioned(long tokens, double at, String utilization) {
    served(charge(new TokenEstimate(tokens, 0L, 1), at), at, UTILIZATION, utilization);
  }

  private Meter.Hold charge(long tokens, double at) {
    return charge(tokenCharge(tokens), at);
  }

  private Meter.Hold charge(TokenEstimate charge, double at) {
    return account.charge(() -> charge, at(at));
  }

  private static TokenEstimate tokenCharge(long tokens) {
    return new TokenEstimate(tokens, 0L, 1);
  }

  private void served(Meter.Hold hold, double at, String... headers) {
    account.served(hold, told(headers), at(at));
  }

  private void refused(Meter.Hold hold, long seconds, double at, String... headers) {
    account.refused(hold, told(headers), Optional.of(Duration.ofSeconds(seconds)), at(at));
  }

  private static Told told(String... headers) {
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      byName.put(headers[i], headers[i + 1]);
    }
    return Told.of(byName::get);
  }

  private static long at(double seconds) {
    return 5_000_000_000L + (long) (seconds * 1e9);
  }
}
