package dev.spillway.router.lookahead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.lookahead.Room.Of;
import dev.spillway.router.lookahead.Room.TooLittle;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a Standard deployment's requests. */
class RequestAccountTest extends AccountFixture {

  private static final Duration MINUTE = Duration.ofMinutes(1);

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

  /** A refusal and an error cost a request, whoever else is told about. */
  @Test
  void whateverCostARequestBeganItsMinuteOnItsWay() {
    account = requests(1, MINUTE);
    served(charge(1, 0), 0.2);
    assertBackAt(60.2);

    account.declined(charge(1, 100), Told.NOTHING, at(100.3));
    assertBackAt(160.3);

    refused(charge(1, 200), 5, 200.4);
    assertBackAt(260.4);
  }

  private void assertBackAt(double seconds) {
    assertThat(room(1, seconds - 0.01)).isInstanceOf(TooLittle.class);
    assertThat(room(1, seconds)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void aRequestThatNeverArrivedIsGivenBack() {
    account = requests(6, TEN_SECONDS);
    account.unsent(charge(1, 0), at(0));

    assertThat(room(1, 0)).isEqualTo(Room.ENOUGH);
  }

  /** Of two the later one, as nobody knows better. */
  @Test
  void aRequestThatNeverArrivedIsGivenBackInAMinuteOfRequestsToo() {
    account = requests(2, MINUTE);
    serve(1, 0);
    account.unsent(charge(1, 1), at(2));

    assertThat(room(1, 2)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void requestsOfOthersComeBackAsIfTheyWereMadeWhenTheyWereTold() {
    account = requests(60, TEN_SECONDS);
    served(charge(1, 0), 1, "x-ratelimit-remaining-requests", "4");

    Duration andItsWay = TEN_SECONDS.plusMillis(500);
    assertThat(account.headRoom(at(1)).requests()).isEqualTo(new HeadRoom.Left(10, 4, andItsWay));
    assertThat(requestsLeft(10.5)).isEqualTo(5);
    assertThat(requestsLeft(11.5)).isEqualTo(10);
  }

  @Test
  void thereIsAllOfAWindowThatNobodyHasUsed() {
    account = requests(60, TEN_SECONDS);

    assertThat(account.headRoom(at(0)).requests())
        .isEqualTo(new HeadRoom.Left(10, 10, Duration.ZERO));
  }

  /** Beyond ten thousand they are not remembered one by one, and come back together. */
  @ParameterizedTest
  @CsvSource({"60000, 9999", "60001, 10001"})
  void moreThanTenThousandRequestsComeBackTogether(long perMinute, long leftAfterTenSeconds) {
    account = requests(perMinute, TEN_SECONDS);
    serve(1, 0);
    serve(1, 4);

    assertThat(requestsLeft(10)).isEqualTo(leftAfterTenSeconds);
  }

  @Test
  void requestsInFlightStayOnTopOfWhatIsTold() {
    account = requests(10, MINUTE);
    Meter.Hold first = charge(1, 0);
    charge(1, 0);
    served(first, 0, "x-ratelimit-remaining-requests", "9");

    assertThat(requestsLeft(0)).isEqualTo(8);
  }

  @Test
  void theLengthOfAWindowIsTold() {
    account = requests(10, MINUTE);
    served(
        charge(1, 0),
        0,
        "x-ratelimit-remaining-requests",
        "0",
        "x-ratelimit-renewalperiod-requests",
        "5");

    assertThat(room(1, 4)).isEqualTo(new TooLittle(Of.REQUESTS, 1, 0, Duration.ofSeconds(1)));
    assertThat(room(1, 5)).isEqualTo(Room.ENOUGH);
  }

  @Test
  void theRestAloneTellsTheLimitOfRequestsToo() {
    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    served(charge(1, 0), 0, "x-ratelimit-remaining-requests", "9");
    assertThat(requestLimit(0)).isEqualTo(10);

    served(charge(1, 11), 11, "x-ratelimit-remaining-requests", "19");

    assertThat(requestLimit(11)).isEqualTo(20);
  }

  @Test
  void aLimitOfRequestsThatIsKnownIsNotGuessed() {
    account = requests(10, MINUTE);
    served(charge(1, 0), 0, "x-ratelimit-remaining-requests", "10");
    assertThat(requestLimit(0)).isEqualTo(10);

    account = new Account(DeploymentLimits.UNKNOWN, at(0));
    served(
        charge(1, 0), 0, "x-ratelimit-limit-requests", "10", "x-ratelimit-remaining-requests", "9");
    served(charge(1, 11), 11, "x-ratelimit-remaining-requests", "10");
    assertThat(requestLimit(11)).isEqualTo(10);
  }

  private long requestLimit(double at) {
    return Objects.requireNonNull(account.headRoom(at(at)).requests()).limit();
  }

  private long requestsLeft(double at) {
    return Objects.requireNonNull(account.headRoom(at(at)).requests()).left();
  }
}
