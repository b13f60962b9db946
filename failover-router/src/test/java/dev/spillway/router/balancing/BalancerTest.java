package dev.spillway.router.balancing;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
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
    List<Backend> backends = List.of(A, B, C);
    return new Balancer(
        Pool.of(
            "p",
            balance,
            Affinity.NONE,
            IntStream.range(0, weights.length)
                .mapToObj(i -> new Member(backends.get(i), 1, weights[i]))
                .toList()),
        loads);
  }

  private static List<String> orders(Balancer balancer, int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            String.join(
                "", balancer.nextOrder(null, backend -> 1).stream().map(Backend::name).toList()))
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
