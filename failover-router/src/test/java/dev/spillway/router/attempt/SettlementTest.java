package dev.spillway.router.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.lookahead.LookAhead;
import dev.spillway.router.lookahead.Reservation;
import dev.spillway.router.plan.Header;
import dev.spillway.router.trace.Spent;
import dev.spillway.router.trace.Usage;
import dev.spillway.router.upstream.Answer;
import dev.spillway.router.upstream.AnswerBody;
import dev.spillway.router.upstream.AttemptResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attempt has cost of 100 tokens when it was charged 16 in advance. */
class SettlementTest {

  private static final Backend MICRO =
      Fixtures.MICRO.with(new DeploymentLimits.Standard(100L, null, Duration.ofSeconds(10)));
  private static final Duration WAIT = Duration.ofSeconds(7);
  private static final long ANSWERED = Duration.ofMillis(400).toNanos();
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final LookAhead lookAhead = new LookAhead(List.of(MICRO), true, 0);

  /** An answer that tells that 30 are left is believed. */
  static Stream<Arguments> told() {
    return Stream.of(
        arguments("200", new AttemptResult.Succeeded(thirtyLeft(200))),
        arguments("400", new AttemptResult.Refused(thirtyLeft(400))),
        arguments("500", new AttemptResult.Failed(thirtyLeft(500))),
        arguments("429", new AttemptResult.Throttled(thirtyLeft(429), Optional.of(WAIT))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("told")
  void anAnswerIsBelieved(String name, AttemptResult result) {
    settle(result);

    assertThat(left(ANSWERED)).isEqualTo(30);
  }

  /** The deployment's counters have not seen the request, or have given its tokens back. */
  static Stream<Arguments> free() {
    return Stream.of(
        arguments("429", new AttemptResult.Throttled(answer(429), Optional.empty())),
        arguments("not there", Fixtures.unknown()),
        arguments("401", Fixtures.rejected(401)),
        arguments("token refused", Fixtures.tokenRefused()),
        arguments("no token", Fixtures.noToken()),
        arguments("unreachable", Fixtures.unreachable()),
        arguments("stale", new AttemptResult.Stale()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("free")
  void whatWasNotLetInCostsNothing(String name, AttemptResult result) {
    settle(result);

    assertThat(left(ANSWERED)).isEqualTo(100);
  }

  /** Nobody knows, so that it is taken for charged, and its window for one on its way. */
  static Stream<Arguments> unknown() {
    return Stream.of(
        arguments("200", new AttemptResult.Succeeded(answer(200))),
        arguments("400", new AttemptResult.Refused(answer(400))),
        arguments("500", new AttemptResult.Failed(answer(500))),
        arguments("503", new AttemptResult.Throttled(thirtyLeft(503), Optional.of(WAIT))),
        arguments("garbled", Fixtures.garbled()),
        arguments("timeout", new AttemptResult.TimedOut()),
        arguments("reset", Fixtures.reset()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unknown")
  void whatMayHaveBeenLetInStaysCharged(String name, AttemptResult result) {
    settle(result);

    assertThat(left(MINUTE)).isEqualTo(84);
    assertThat(left(MINUTE + ANSWERED)).isEqualTo(100);
  }

  /** What was cached of a prompt takes no throughput. */
  @Test
  void aProvisionedDeploymentIsChargedWhatAnAnswerUsed() {
    Backend provisioned = MICRO.with(new DeploymentLimits.Provisioned(1_000L, 4));
    LookAhead board = new LookAhead(List.of(provisioned), true, 0);
    Reservation reserved = board.reserve(provisioned, Fixtures.call(), 0);

    Settlement.of(reserved, Fixtures.ok(), new Spent.Reported(new Usage(150, 20, 30)), 0);

    assertThat(board.headRoom(provisioned, 0).utilization()).isEqualTo(20);
  }

  private void settle(AttemptResult result) {
    Reservation reserved = lookAhead.reserve(MICRO, Fixtures.call(), 0);
    Settlement.of(reserved, result, Spent.NOTHING, ANSWERED);
  }

  private long left(long now) {
    return Objects.requireNonNull(lookAhead.headRoom(MICRO, now).tokens()).left();
  }

  private static Answer thirtyLeft(int status) {
    return new Answer(
        status,
        List.of(new Header("x-ratelimit-remaining-tokens", "30")),
        new AnswerBody.Whole(new byte[0]));
  }

  private static Answer answer(int status) {
    return new Answer(status, List.of(), new AnswerBody.Whole(new byte[0]));
  }
}
