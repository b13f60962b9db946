package dev.spillway.router.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.spillway.router.auth.Caller;
import dev.spillway.router.auth.Priority;
import dev.spillway.router.auth.Quota;
import dev.spillway.router.quota.Admission.Admitted;
import dev.spillway.router.quota.Admission.Limit;
import dev.spillway.router.quota.Admission.Over;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerQuotasTest {

  private static final Caller BATCH = caller("batch", 600, 60);

  private final CallerQuotas quotas = new CallerQuotas();

  @Test
  void aCallerMayUseWhatItsQuotaHasAndThenWaits() {
    admit(BATCH, 500);

    assertThat(quotas.admit(BATCH, () -> 200, 0))
        .isEqualTo(new Over(Limit.TOKENS, 600, Duration.ofSeconds(10)));
    assertThat(quotas.admit(BATCH, () -> 200, Duration.ofSeconds(10).toNanos()))
        .isInstanceOf(Admitted.class);
  }

  @Test
  void requestsAreCountedApartFromTokens() {
    Caller slow = caller("slow", Quota.UNLIMITED, 1);
    admit(slow, 1_000_000);

    assertThat(quotas.admit(slow, () -> fail("no tokens are limited"), 0))
        .isEqualTo(new Over(Limit.REQUESTS, 1, Duration.ofMinutes(1)));
  }

  @Test
  void aRefusedRequestCostsNothing() {
    admit(BATCH, 600);
    for (int i = 0; i < 1_000; i++) {
      assertThat(quotas.admit(BATCH, () -> 10, 0))
          .isEqualTo(new Over(Limit.TOKENS, 600, Duration.ofSeconds(1)));
    }
  }

  @Test
  void theEstimateIsCorrectedByWhatWasUsed() {
    admit(BATCH, 600).used(300, 0);
    admit(BATCH, 300).used(600, 0);

    assertThat(quotas.admit(BATCH, () -> 1, 0))
        .isEqualTo(new Over(Limit.TOKENS, 600, Duration.ofMillis(30_100)));
  }

  @Test
  void whatNoModelHasWorkedForIsGivenBack() {
    admit(BATCH, 600).unused(0);

    admit(BATCH, 600);
  }

  @Test
  void aChargeIsSettledOnce() {
    Charge charge = admit(BATCH, 600);
    charge.used(590, 0);
    charge.unused(0);

    assertThat(quotas.admit(BATCH, () -> 11, 0)).isInstanceOf(Over.class);
    assertThat(quotas.admit(BATCH, () -> 10, 0)).isInstanceOf(Admitted.class);
  }

  /** A bogus {@code max_tokens} must not shut a caller out for years. */
  @Test
  void anEstimateIsAMinutesWorthAtMost() {
    admit(BATCH, Long.MAX_VALUE);

    assertThat(quotas.admit(BATCH, () -> Long.MAX_VALUE, 0))
        .isEqualTo(new Over(Limit.TOKENS, 600, Duration.ofMinutes(1)));
  }

  @Test
  void oneCallersUseIsNotAnothers() {
    admit(BATCH, 600);

    admit(caller("other", 600, 60), 600);
  }

  @Test
  void withoutAQuotaNothingIsCounted() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(admit(Caller.of("free"), Long.MAX_VALUE)).isEqualTo(new Charge.Free());
    }
  }

  @Test
  void aChangedQuotaBeginsAnewAndTheSameGoesOn() {
    admit(BATCH, 600);

    admit(caller("batch", 601, 60), 601);
    assertThat(quotas.admit(caller("batch", 601, 60), () -> 1, 0)).isInstanceOf(Over.class);
  }

  private Charge admit(Caller caller, long tokens) {
    return quotas.admit(caller, () -> tokens, 0) instanceof Admitted admitted
        ? admitted.charge()
        : fail("refused");
  }

  private static Caller caller(String name, long tokens, long requests) {
    return new Caller(name, Priority.NORMAL, Set.of(), new Quota(tokens, requests));
  }
}
