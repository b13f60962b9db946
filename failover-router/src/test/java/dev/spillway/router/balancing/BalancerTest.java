package dev.spillway.router.balancing;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spillway.router.backend.Affinity;
import dev.spillway.router.backend.Api;
import dev.spillway.router.backend.Backend;
import dev.spillway.router.backend.Balance;
import dev.spillway.router.backend.Credential;
import dev.spillway.router.backend.Pool;
import dev.spillway.router.backend.Pool.Member;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BalancerTest {

  private static final Backend A = backend("a");
  private static final Backend B = backend("b");
  private static final Backend C = backend("c");
  private static final Backend LAST = backend("last");

  private final Loads loads = new Loads();

  @Test
  void equalsTakeTurnsAndTheOthersFollowInTurn() {
    Balancer balancer = balancer(Balance.ROUND_ROBIN, 1, 1, 1);

    assertThat(orders(balancer, 4)).containsExactly("abc", "bca", "cab", "abc");
  }

  @Test
  void weightsAreKeptAndSpread() {
    Balancer balancer = balancer(Balance.ROUND_ROBIN, 5, 1, 1);

    assertThat(firsts(balancer, 7)).isEqualTo("aabacaa");
  }

  /** Invariant 17: in the long run each gets its part of what those that serve get. */
  @Test
  void sharesAmongThoseThatServeFollowTheirWeights() {
    SplittableRandom random = new SplittableRandom(17);
    for (int round = 0; round < 50; round++) {
      int[] weights = {random.nextInt(1, 20), random.nextInt(1, 20), random.nextInt(1, 20)};
      boolean[] serves = {true, random.nextBoolean(), random.nextBoolean()};
      Balancer balancer = balancer(Balance.ROUND_ROBIN, weights);
      int all = IntStream.range(0, 3).map(i -> serves[i] ? weights[i] : 0).sum();

      Map<String, Long> counts =
          IntStream.range(0, 10 * all)
              .mapToObj(i -> balancer.nextOrder(null, backend -> serving(backend, serves)))
              .collect(groupingBy(order -> order.getFirst().name(), counting()));

      for (int i = 0; i < 3; i++) {
        long expected = serves[i] ? 10L * weights[i] : 0;
        assertThat(counts.getOrDefault("abc".substring(i, i + 1), 0L))
            .isCloseTo(expected, within(1L));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Balance.class)
  void thoseThatMayNotBeAskedComeLastWithinTheirPriority(Balance balance) {
    Balancer balancer = balancer(balance, 1, 1, 1);
    for (int i = 0; i < 6; i++) {
      List<Backend> order = balancer.nextOrder(null, backend -> backend.equals(A) ? 0 : 1);
      assertThat(order.get(2)).isEqualTo(A);
    }
  }

  @Test
  void aLowerPriorityComesLastWhateverItsWeight() {
    Pool pool = Pool.of("p", List.of(new Member(LAST, 2, 1000), new Member(A, 1, 1)));

    assertThat(orders(new Balancer(pool, loads), 2)).containsExactly("alast", "alast");
  }

  @Test
  void theOneWithLeastToDoForItsWeightIsFirst() {
    Balancer balancer = balancer(Balance.LEAST_IN_FLIGHT, 1, 2, 1);
    loads.begin(A);
    loads.begin(B);
    loads.begin(B);

    assertThat(orders(balancer, 1)).containsExactly("cba");
    loads.begin(C);
    assertThat(firsts(balancer, 1)).isEqualTo("b");
    loads.end(A);
    loads.begin(B);
    assertThat(firsts(balancer, 1)).isEqualTo("a");
  }

  /** Many are compared while other requests begin and end. */
  @Test
  void loadsThatChangeMeanwhileDisturbNoComparison() {
    List<Member> many =
        IntStream.range(0, 300).mapToObj(i -> new Member(backend("b" + i), 1, 1)).toList();
    Balancer balancer =
        new Balancer(Pool.of("p", Balance.LEAST_IN_FLIGHT, Affinity.NONE, many), loads);
    SplittableRandom random = new SplittableRandom(300);

    for (int i = 0; i < 100; i++) {
      assertThat(balancer.nextOrder(null, backend -> random.nextDouble(0.1, 1))).hasSize(300);
    }
  }

  @Test
  void theOneThatBeginsSoonestForWhatItHasToDoIsFirst() {
    Balancer balancer = balancer(Balance.LATENCY, 1, 1, 1);
    loads.answered(A, Duration.ofMillis(900), 0);
    loads.answered(B, Duration.ofMillis(300), 0);
    loads.answered(C, Duration.ofMillis(500), 0);

    assertThat(orders(balancer, 1)).containsExactly("bca");
    loads.begin(B);
    assertThat(firsts(balancer, 1)).isEqualTo("c");
  }

  @Test
  void theOneThatNobodyKnowsIsTriedFirst() {
    Balancer balancer = balancer(Balance.LATENCY, 1, 1, 1);
    loads.answered(A, Duration.ofMillis(1), 0);
    loads.answered(C, Duration.ofMillis(1), 0);

    assertThat(firsts(balancer, 1)).isEqualTo("b");
  }

  @Test
  void theOneThatNobodyKnowsIsNotTriedWhileItMayNotBeAsked() {
    Balancer balancer = balancer(Balance.LATENCY, 1, 1, 1);
    loads.answered(A, Duration.ofMillis(1), 0);
    loads.answered(C, Duration.ofMillis(2), 0);

    assertThat(order(balancer, "ac")).isEqualTo("acb");
  }

  /** It has gained nothing while others were asked in its place. */
  @Test
  void whoeverComesBackIsOwedNothing() {
    Balancer balancer = balancer(Balance.ROUND_ROBIN, 1, 3);
    assertThat(order(balancer, "ab")).isEqualTo("ba");
    assertThat(order(balancer, "b")).isEqualTo("ba");

    assertThat(order(balancer, "ab")).isEqualTo("ba");
  }

  @Test
  void theOnlyOneThatMayBeAskedIsFirstHoweverOftenItWas() {
    Balancer balancer = balancer(Balance.ROUND_ROBIN, 1, 1, 1);
    for (int i = 0; i < 5; i++) {
      assertThat(order(balancer, "a")).startsWith("a");
    }
    assertThat(order(balancer, "b")).startsWith("b");
  }

  @Test
  void lookingAtAnOrderDoesNotUseItUp() {
    Balancer balancer = balancer(Balance.ROUND_ROBIN, 1, 2, 1);
    for (String next : List.of("bac", "acb", "cba", "bac")) {
      for (int i = 0; i < 3; i++) {
        assertThat(names(balancer.peekOrder(null, backend -> 1))).isEqualTo(next);
      }
      assertThat(order(balancer, "abc")).isEqualTo(next);
    }
  }

  /** A reload does not send the next request where the last one went. */
  @Test
  void whoseTurnItIsOutlivesAChangeOfThePool() {
    Balancer balancer = balancer(Balance.ROUND_ROBIN, 1, 1);
    assertThat(firsts(balancer, 1)).isEqualTo("a");

    Pool unchanged = pool(Balance.ROUND_ROBIN, 1, 1);
    assertThat(firsts(balancer.followedBy(unchanged), 1)).isEqualTo("b");
    assertThat(firsts(balancer, 1)).isEqualTo("a");

    Pool larger = pool(Balance.ROUND_ROBIN, 1, 1, 1);
    assertThat(firsts(balancer.followedBy(larger), 3)).isEqualTo("bca");
  }

  @Test
  void aPoolThatBalancesOtherwiseDoesSoAtOnce() {
    loads.begin(A);
    Balancer balancer = balancer(Balance.ROUND_ROBIN, 1, 1);

    assertThat(firsts(balancer.followedBy(pool(Balance.LEAST_IN_FLIGHT, 1, 1)), 3))
        .isEqualTo("bbb");
  }

  /** After ten seconds a third is left of what was known; of answers at once each is a tenth. */
  @Test
  void aLatencyFollowsTheAnswersByTheirAge() {
    long now = Duration.ofHours(1).toNanos();
    loads.answered(A, Duration.ofSeconds(1), now);
    assertThat(loads.latency(A)).isEqualTo(1_000e6);

    loads.answered(A, Duration.ofMillis(100), now);
    assertThat(loads.latency(A)).isCloseTo(910e6, within(1e3));
    loads.answered(A, Duration.ofMillis(100), now - 1);
    assertThat(loads.latency(A)).isCloseTo(829e6, within(1e3));

    loads.answered(B, Duration.ofSeconds(1), now);
    loads.answered(B, Duration.ZERO, now + Duration.ofSeconds(10).toNanos());
    assertThat(loads.latency(B)).isCloseTo(1_000e6 / Math.E, within(1e3));
  }

  @Test
  void oldLatenciesFade() {
    loads.answered(A, Duration.ofSeconds(1), 0);
    loads.answered(A, Duration.ofMillis(100), Duration.ofMinutes(1).toNanos());

    assertThat(loads.latency(A)).isCloseTo(100e6, within(5e6));
  }

  /** Thread 57: the requests of one conversation stay together. */
  @Test
  void requestsThatBelongTogetherHaveOneOrder() {
    Balancer balancer = balancer(Balance.ROUND_ROBIN, 1, 1, 1);
    for (String key : List.of("x", "y", "z", "")) {
      assertThat(Stream.generate(() -> balancer.nextOrder(key, backend -> 1)).limit(5).distinct())
          .hasSize(1);
    }
  }

  /** Several routers send a conversation to the same backend, also while one of them is renewed. */
  @Test
  void theOrderOfAKeyIsTheSameInEveryRouter() {
    Balancer balancer = balancer(Balance.ROUND_ROBIN, 1, 1, 1);
    List<String> orders =
        Stream.of("x", "y", "z", "session-1", "session-2", "session-3")
            .map(key -> names(balancer.nextOrder(key, backend -> 1)))
            .toList();

    assertThat(orders).containsExactly("cba", "bca", "abc", "acb", "bac", "cba");
  }

  @Test
  void affinitySpreadsByWeight() {
    Balancer balancer = balancer(Balance.ROUND_ROBIN, 1, 3, 1);
    Map<String, Long> counts =
        IntStream.range(0, 10_000)
            .mapToObj(i -> balancer.nextOrder("session-" + i, backend -> 1).getFirst().name())
            .collect(groupingBy(name -> name, counting()));

    assertThat(counts.get("b")).isCloseTo(6_000L, within(300L));
    assertThat(counts.get("a")).isCloseTo(2_000L, within(300L));
  }

  /** A backend that goes moves only those that it had. */
  @Test
  void aMissingBackendMovesNobodyElse() {
    Balancer three = balancer(Balance.ROUND_ROBIN, 1, 1, 1);
    Balancer two = balancer(Balance.ROUND_ROBIN, 1, 1);
    for (int i = 0; i < 1000; i++) {
      Backend before = three.nextOrder("s" + i, backend -> 1).getFirst();
      if (!before.equals(C)) {
        assertThat(two.nextOrder("s" + i, backend -> 1).getFirst()).isEqualTo(before);
      }
    }
  }

  private static double serving(Backend backend, boolean[] serves) {
    return serves["abc".indexOf(backend.name())] ? 1 : 0;
  }

  private Balancer balancer(Balance balance, int... weights) {
    return new Balancer(pool(balance, weights), loads);
  }

  private static Pool pool(Balance balance, int... weights) {
    List<Backend> backends = List.of(A, B, C);
    return Pool.of(
        "p",
        balance,
        Affinity.NONE,
        IntStream.range(0, weights.length)
            .mapToObj(i -> new Member(backends.get(i), 1, weights[i]))
            .toList());
  }

  /** The next order while only these may be asked. */
  private static String order(Balancer balancer, String askable) {
    return names(balancer.nextOrder(null, backend -> askable.contains(backend.name()) ? 1 : 0));
  }

  private static String names(List<Backend> order) {
    return order.stream().map(Backend::name).collect(joining());
  }

  private static List<String> orders(Balancer balancer, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> names(balancer.nextOrder(null, backend -> 1)))
        .toList();
  }

  private static String firsts(Balancer balancer, int count) {
    StringBuilder firsts = new StringBuilder();
    orders(balancer, count).forEach(order -> firsts.append(order.charAt(0)));
    return firsts.toString();
  }

  private static Backend backend(String name) {
    return new Backend(
        name, URI.create("http://" + name), Api.azure(name, null), Credential.NONE, Map.of(), name);
  }
}
