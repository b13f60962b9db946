package dev.spillway.router.lookahead;

import dev.spillway.router.backend.DeploymentLimits;
import dev.spillway.router.lookahead.Room.Of;
import dev.spillway.router.lookahead.Room.TooLittle;
import dev.spillway.router.plan.TokenEstimate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account and what happens to it. Times are seconds from a beginning; a request of 100 is one
 * that is charged 100 tokens.
 */
abstract class AccountFixture {

  static final double NEVER = Double.POSITIVE_INFINITY;
  static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  static final String LIMIT = "x-ratelimit-limit-tokens";
  static final String LEFT = "x-ratelimit-remaining-tokens";
  static final String RESET = "x-ratelimit-reset-tokens";
  static final String UTILIZATION = "azure-openai-deployment-utilization";
  private static final long BEGINNING = -7_000_000_000_000L;

  Account account = tokens(1_000);

  static Account tokens(long perMinute) {
    return new Account(new DeploymentLimits.Standard(perMinute, null, TEN_SECONDS), at(0));
  }

  static Account requests(long perMinute, Duration window) {
    return new Account(new DeploymentLimits.Standard(null, perMinute, window), at(0));
  }

  static Account provisioned(@Nullable Long tokensPerMinute) {
    return new Account(new DeploymentLimits.Provisioned(tokensPerMinute, 4), at(0));
  }

  static TooLittle tooLittle(long needs, long left, long seconds) {
    return new TooLittle(Of.TOKENS, needs, left, Duration.ofSeconds(seconds));
  }

  Room room(long tokens, double at) {
    return account.room(() -> tokenCharge(tokens), NEVER, at(at));
  }

  long left(double at) {
    return Objects.requireNonNull(account.headRoom(at(at)).tokens()).left();
  }

  long limit(double at) {
    return Objects.requireNonNull(account.headRoom(at(at)).tokens()).limit();
  }

  double utilization(double at) {
    Double percent = Objects.requireNonNull(account.headRoom(at(at)).utilization());
    return Math.round(percent * 1e6) / 1e6;
  }

  void serve(long tokens, double at) {
    served(charge(tokens, at), at);
  }

  void serveProvisioned(long tokens, double at, String utilization) {
    served(charge(new TokenEstimate(tokens, 0L, 1), at), at, UTILIZATION, utilization);
  }

  Meter.Hold charge(long tokens, double at) {
    return charge(tokenCharge(tokens), at);
  }

  Meter.Hold charge(TokenEstimate charge, double at) {
    return account.charge(() -> charge, at(at));
  }

  static TokenEstimate tokenCharge(long tokens) {
    return new TokenEstimate(tokens, 0L, 1);
  }

  void served(Meter.Hold hold, double at, String... headers) {
    account.served(hold, told(headers), at(at));
  }

  void refused(Meter.Hold hold, long seconds, double at, String... headers) {
    account.refused(hold, told(headers), Optional.of(Duration.ofSeconds(seconds)), at(at));
  }

  static Told told(String... headers) {
    Map<String, String> byName = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      byName.put(headers[i], headers[i + 1]);
    }
    return Told.of(byName::get);
  }

  /** Nanoseconds of a clock, which may be below zero. */
  static long at(double seconds) {
    return BEGINNING + Math.round(seconds * 1e9);
  }
}
