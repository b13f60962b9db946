package dev.spillway.router.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spillway.router.upstream.Tokens.Held;
import dev.spillway.time.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenKeeperTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger askedForAnother = new AtomicInteger();
  private final AtomicReference<TokenSource> source =
      new AtomicReference<>(another -> token("t" + asked.get(), Duration.ofHours(1)));
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Test
  void theFirstTokenIsAskedForBeforeAnybodyWantsIt() {
    keeper();

    await().until(() -> asked.get() == 1);
  }

  @Test
  void oneQuestionIsEnoughForAllWhoWait() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    source.set(another -> {
      wait(answer);
      return token("slow", Duration.ofHours(1));
    });
    TokenKeeper keeper = keeper();
    List<Held> got = Collections.synchronizedList(new ArrayList<>());
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      callers.add(Thread.ofVirtual().start(() -> got.add(held(keeper))));
    }
    answer.countDown();
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(got).hasSize(20).containsOnly(new Held.Valid("slow"));
    assertThat(asked).hasValue(1);
  }

  @Test
  void theNextTokenIsGotFiveMinutesAheadAndTheOldOneServesMeanwhile() {
    TokenKeeper keeper = keeper();
    assertThat(held(keeper)).isEqualTo(new Held.Valid("t1"));

    advance(Duration.ofMinutes(54));
    assertThat(asked).hasValue(1);
    advance(Duration.ofMinutes(1));

    await().until(() -> asked.get() == 2);
    await().until(() -> held(keeper).equals(new Held.Valid("t2")));
  }

  @Test
  void itsMakersWordOnWhenToAskAgainCounts() {
    source.set(another ->
        new TokenSource.Fresh(
            "t" + asked.get(),
            clock.instant().plus(Duration.ofHours(24)),
            clock.instant().plus(Duration.ofHours(12))));
    TokenKeeper keeper = keeper();
    assertThat(held(keeper)).isEqualTo(new Held.Valid("t1"));

    advance(Duration.ofHours(12));

    await().until(() -> held(keeper).equals(new Held.Valid("t2")));
  }

  @Test
  void aFailureIsToldAtOnceAndAskedAboutAgainInTheBackground() {
    source.set(another -> {
      throw new IllegalStateException("AADSTS7000215: Invalid client secret.\nTrace ID: 1");
    });
    TokenKeeper keeper = keeper();
    assertThat(held(keeper)).isEqualTo(new Held.Missing("AADSTS7000215: Invalid client secret."));
    assertThat(held(keeper)).isInstanceOf(Held.Missing.class);
    assertThat(asked).hasValue(1);

    advance(Duration.ofSeconds(1));
    await().until(() -> asked.get() == 2);
    source.set(another -> token("good", Duration.ofHours(1)));
    await().until(() -> clock.nextWakeUp().isPresent());
    advance(Duration.ofSeconds(2));

    await().until(() -> held(keeper).equals(new Held.Valid("good")));
  }

  @Test
  void whileTheEndpointFailsTheOldTokenServesToItsEnd() {
    TokenKeeper keeper = keeper();
    assertThat(held(keeper)).isEqualTo(new Held.Valid("t1"));
    source.set(another -> {
      throw new IllegalStateException("down");
    });

    advance(Duration.ofMinutes(55));
    await().until(() -> asked.get() == 2);
    assertThat(held(keeper)).isEqualTo(new Held.Valid("t1"));
    advance(Duration.ofMinutes(5));

    await().until(() -> held(keeper).equals(new Held.Missing("down")));
  }

  @Test
  void aMissingClassOfALibraryIsAFailureLikeAnyOther() {
    source.set(another -> {
      throw new NoClassDefFoundError("com/sun/jna/Native");
    });

    assertThat(held(keeper())).isEqualTo(new Held.Missing("com/sun/jna/Native"));
  }

  @Test
  void anEndpointThatHangsCostsARequestNoMoreThanItsPatience() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    source.set(another -> {
      wait(never);
      return token("late", Duration.ofHours(1));
    });

    assertThat(keeper().held(Duration.ofMillis(20)))
        .isEqualTo(new Held.Missing("the token does not come in time"));
    never.countDown();
  }

  @Test
  void aRefusedTokenIsReplacedOnceAndNotEveryTime() throws Exception {
    TokenKeeper keeper = keeper();
    assertThat(held(keeper)).isEqualTo(new Held.Valid("t1"));

    assertThat(keeper.hasAnother("t1", PATIENCE)).isTrue();
    assertThat(held(keeper)).isEqualTo(new Held.Valid("t2"));
    assertThat(keeper.hasAnother("t1", PATIENCE)).as("it has been replaced").isTrue();
    assertThat(keeper.hasAnother("t2", PATIENCE)).as("too soon").isFalse();
    assertThat(asked).hasValue(2);
    assertThat(askedForAnother).hasValue(1);

    advance(Duration.ofSeconds(30));
    assertThat(keeper.hasAnother("t2", PATIENCE)).isTrue();
  }

  @Test
  void theSameTokenAgainIsNoOther() throws Exception {
    source.set(another -> token("same", Duration.ofHours(1)));
    TokenKeeper keeper = keeper();
    assertThat(held(keeper)).isEqualTo(new Held.Valid("same"));

    assertThat(keeper.hasAnother("same", PATIENCE)).isFalse();
    assertThat(held(keeper)).isEqualTo(new Held.Valid("same"));
  }

  private TokenKeeper keeper() {
    TokenKeeper keeper =
        new TokenKeeper(
            "a test",
            another -> {
              asked.incrementAndGet();
              if (another) {
                askedForAnother.incrementAndGet();
              }
              return Objects.requireNonNull(source.get()).fetch(another);
            },
            clock);
    opened.add(keeper);
    return keeper;
  }

  private void advance(Duration duration) {
    await().until(() -> clock.nextWakeUp().isPresent());
    clock.advance(duration);
  }

  private TokenSource.Fresh token(String value, Duration life) {
    return new TokenSource.Fresh(value, clock.instant().plus(life), null);
  }

  private static Held held(TokenKeeper keeper) {
    try {
      return keeper.held(PATIENCE);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
