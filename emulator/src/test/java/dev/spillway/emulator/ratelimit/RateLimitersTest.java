package dev.spillway.emulator.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import dev.spillway.emulator.deployment.Deployment;
import dev.spillway.emulator.deployment.DeploymentId;
import dev.spillway.emulator.deployment.Deployments;
import dev.spillway.emulator.model.ModelCatalog;
import dev.spillway.emulator.ratelimit.Admission.Admitted;
import dev.spillway.emulator.ratelimit.Admission.Denied;
import dev.spillway.time.VirtualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RateLimitersTest {

  private final Deployments deployments = new Deployments(ModelCatalog.bundled());
  private final VirtualClock clock = VirtualClock.frozenAt(Instant.EPOCH);

  private RateLimiters limiters(LimitTable table) {
    return new RateLimiters(new MemoryStore(clock), table, ChargeBy.DOCUMENTED);
  }

  private Deployment deployment(String name, Limit capacity) {
    return deployments.put(
        "local", DeploymentSpec.standard(name, "gpt-4.1-mini", capacity).withRpm(Limit.UNLIMITED));
  }

  @ParameterizedTest
  @EnumSource
  void loweringOneDeploymentTouchesNoOther(LimitTable table) {
    RateLimiters limiters = limiters(table);
    Deployment other = deployment("other", Limit.of(40));
    limiters.follow(deployment("micro", Limit.of(40)));
    assertThat(limiters.admit(other, Chats.charging(300), () -> 0)).isInstanceOf(Admitted.class);
    LimitReadings before = limiters.read(other);

    limiters.follow(deployment("micro", Limit.of(1)));

    assertThat(limiters.read(other)).isEqualTo(before);
    assertThat(before.tokens().remaining()).isEqualTo(39_700);
  }

  @ParameterizedTest
  @EnumSource
  void anUnreadableBodyCostsOneRequestAndNoTokens(LimitTable table) {
    RateLimiters limiters = limiters(table);
    Deployment mini =
        deployments.put("local", DeploymentSpec.standard("mini", "gpt-4.1-mini", Limit.of(120)));

    assertThat(limiters.admitUnreadable(mini)).isInstanceOf(Admitted.class);

    assertThat(limiters.read(mini).tokens().remaining()).isEqualTo(120_000);
    assertThat(limiters.read(mini).requests().remaining()).isEqualTo(119);
  }

  @ParameterizedTest
  @EnumSource
  void aForgottenDeploymentStartsAfresh(LimitTable table) {
    RateLimiters limiters = limiters(table);
    Deployment micro = deployment("micro", Limit.of(1));
    assertThat(limiters.admit(micro, Chats.charging(1_000), () -> 0)).isInstanceOf(Admitted.class);

    limiters.forget(new DeploymentId("local", "micro"));

    assertThat(limiters.read(micro).tokens().remaining()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @EnumSource
  void thirtyTwoCallersAtOnceNeverGetMoreThanTheLimit(LimitTable table) throws Exception {
    RateLimiters limiters = limiters(table);
    Deployment micro = deployment("micro", Limit.of(10));
    List<Future<Admission>> admissions = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(32)) {
      for (int call = 0; call < 32 * 40; call++) {
        admissions.add(callers.submit(() -> limiters.admit(micro, Chats.charging(300), () -> 0)));
      }
    }

    long admitted = 0;
    for (Future<Admission> admission : admissions) {
      admitted += admission.get() instanceof Admitted ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(33);
    assertThat(limiters.read(micro).tokens().remaining()).isEqualTo(100);
    assertThat(limiters.unsettled()).isEqualTo(33);
  }

  @ParameterizedTest
  @EnumSource
  void settlingGivesNothingBackAndHappensOnce(LimitTable table) {
    RateLimiters limiters = limiters(table);
    Deployment micro = deployment("micro", Limit.of(1));
    Admission admission = limiters.admit(micro, Chats.charging(300), () -> 0);

    if (admission instanceof Admitted admitted) {
      admitted.permit().settle();
      assertThatThrownBy(admitted.permit()::settle)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a permit was settled twice");
      assertThat(admitted.permit().chargedTokens()).isEqualTo(300);
    }

    assertThat(limiters.unsettled()).isZero();
    assertThat(limiters.read(micro).tokens().remaining()).isEqualTo(700);
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalLeavesNothingToSettle(LimitTable table) {
    RateLimiters limiters = limiters(table);

    assertThat(limiters.admit(deployment("none", Limit.of(0)), Chats.charging(1), () -> 0))
        .isInstanceOf(Denied.class);

    assertThat(limiters.unsettled()).isZero();
  }
}
