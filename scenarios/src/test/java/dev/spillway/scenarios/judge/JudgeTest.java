package dev.spillway.scenarios.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.scenarios.result.CallRecord;
import dev.spillway.scenarios.result.Exchange.End;
import dev.spillway.scenarios.result.ExpectationVerdict;
import dev.spillway.scenarios.stage.Header;
import org.junit.jupiter.api.Test;

/** Every expectation, where it comes true and where it does not. */
class JudgeTest {

  private static final Header WAIT_6_S = new Header("retry-after-ms", "6000");

  private final Scene scene = new Scene();

  /** One call that the primary served, and one that failed over to the secondary. */
  private Scene failover() {
    return scene
        .call(0)
        .tried("primary", 200)
        .got(200)
        .call(1_000)
        .refused("primary", 6_000)
        .tried("secondary", 200)
        .got(200);
  }

  private static void passes(ExpectationVerdict verdict) {
    assertThat(verdict).matches(ExpectationVerdict::passes, "passes");
    assertThat(verdict.evidence()).isEmpty();
  }

  private static void fails(ExpectationVerdict verdict, String seen, String... evidence) {
    assertThat(verdict).matches(one -> !one.passes(), "fails");
    assertThat(verdict.seen()).isEqualTo(seen);
    for (String part : evidence) {
      assertThat(verdict.evidence()).anySatisfy(line -> assertThat(line).contains(part));
    }
  }

  @Test
  void whatSelectsNoCallFails() {
    fails(failover().expect("{traffic: burst, statuses: {429: none}}"), "no call is selected");
  }

  @Test
  void callsAreSelectedByTrafficTimeAndStatus() {
    scene.call("burst", 5_000).refused("primary", 1_000).got(429);
    failover();

    passes(scene.expect("{traffic: burst, statuses: {429: all}}"));
    passes(scene.expect("{from: 1s, to: 5s, statuses: {200: 1}}"));
    passes(scene.expect("{status: 429, attempts: 1}"));
    fails(
        scene.expect("{status: 2xx, attempts: 1}"), "3 attempts: primary/gpt: 2, secondary/gpt: 1");
  }

  @Test
  void statuses() {
    failover().call(2_000).ended(0, End.NO_ANSWER, "");

    passes(scene.expect("statuses: {200: 2, no-answer: 1, 4xx: none}"));
    fails(
        scene.expect("statuses: {200: all}"),
        "200: 2, no-answer: 1",
        "steady-3 at 2 s: no-answer after 0 ms; no backend was asked");
  }

  @Test
  void servedBy() {
    failover();

    passes(scene.expect("served-by: {primary/gpt: 1, secondary/gpt: 50%}"));
    fails(
        scene.expect("served-by: {primary/gpt: all}"),
        "primary/gpt: 1, secondary/gpt: 1",
        "asked primary/gpt 429 (tokens), told 6 s, then secondary/gpt 200");
  }

  @Test
  void deploymentsUsed() {
    passes(failover().expect("deployments-used: 2"));
    fails(scene.expect("deployments-used: 1"), "primary/gpt: 1, secondary/gpt: 1", "steady-1");
  }

  @Test
  void a429LeaksWhenADeploymentWasNotTriedThatMightHaveAnswered() {
    scene.call(0).refused("primary", 6_000).got(429);

    fails(
        scene.expect("leaked-429: 0"),
        "1 leaked, of 1 429",
        "secondary/gpt was not, and could answer");
  }

  @Test
  void a429IsEarnedWhileEveryDeploymentHasRefusedOrRests() {
    scene.call(0).refused("primary", 6_000).refused("secondary", 9_000).got(429);
    scene.call(5_000).got(429);
    passes(scene.expect("leaked-429: 0"));

    scene.call(7_000).got(429);
    fails(scene.expect("leaked-429: 0"), "1 leaked, of 3 429s", "primary/gpt was not");
  }

  @Test
  void aDeploymentThatFailedLatelyIsNoRoom() {
    scene.call(0).tried("secondary", 503).refused("primary", 99_000).got(429);
    scene.call(30_000).got(429);
    passes(scene.expect("leaked-429: 0"));

    scene.call(61_000).got(429);
    fails(scene.expect("leaked-429: 0"), "1 leaked, of 3 429s", "secondary/gpt was not");
  }

  @Test
  void latencyFirstTokenAndAddedLatency() {
    failover();

    passes(scene.expect("{latency: {p50: 100ms, max: 200ms, mean: 150ms}}"));
    passes(scene.expect("{first-token: {max: '<= 200ms'}}"));
    passes(scene.expect("{added-latency: {p50: 0ms, p95: 100ms}}"));
    fails(
        scene.expect("{added-latency: {p95: '< 100ms'}}"),
        "p95: 100 ms, of 2 calls",
        "100 ms: steady-2");
  }

  @Test
  void timesOfCallsThatWereNeverServedAreNotTaken() {
    scene.call(0).refused("primary", 1_000).got(429);

    fails(scene.expect("{added-latency: {max: '< 1s'}}"), "no call could be measured", "steady-1");
  }

  @Test
  void attemptsPerCallAmplificationAndAttempts() {
    failover();

    passes(scene.expect("attempts-per-call: 1..2"));
    fails(scene.expect("attempts-per-call: 1"), "calls by their attempts: 1: 1, 2: 1", "steady-2");
    passes(scene.expect("amplification: 1.5"));
    fails(scene.expect("amplification: '<= 1.2'"), "1.5: 3 attempts for 2 calls", "steady-2");
    passes(scene.expect("attempts: {primary/gpt: 2, secondary/gpt: 1}"));
    fails(
        scene.expect("attempts: '<= 2'"), "3 attempts: primary/gpt: 2, secondary/gpt: 1", "steady");
  }

  @Test
  void atOnce() {
    scene.call(0).tried("primary", 200).got(200).call(50).tried("primary", 200).got(200);

    passes(scene.expect("at-once: {primary/gpt: 2, secondary/gpt: 0}"));
    fails(scene.expect("at-once: {primary/gpt: 1}"), "primary/gpt: 2", "attempt 2 of steady-2");
  }

  @Test
  void askedInOrder() {
    failover();
    passes(scene.expect("asked-in-order: [primary/gpt, secondary/gpt]"));

    scene.call(9_000).tried("secondary", 503).tried("primary", 200).got(200);
    fails(
        scene.expect("asked-in-order: [primary/gpt, secondary/gpt]"),
        "1 call in that order, 1 in another",
        "steady-3");
  }

  @Test
  void anOrderThatNoCallWentThroughProvesNothing() {
    scene.call(0).tried("primary", 200).got(200);

    fails(
        scene.expect("asked-in-order: [primary/gpt, secondary/gpt]"),
        "0 calls in that order, 0 in another");
  }

  @Test
  void streams() {
    scene.stream(0).tried("primary", 200).got(200);
    passes(scene.expect("streams: complete"));

    scene.stream(1_000).tried("primary", 200).ended(200, End.UNFINISHED, "");
    scene.stream(2_000).refused("primary", 1_000).got(429);
    passes(scene.expect("streams: {complete: 1, unfinished: 1, refused: 1}"));
    fails(
        scene.expect("streams: complete"),
        "complete: 1, refused: 1, unfinished: 1",
        "200, unfinished",
        "steady-3");
  }

  @Test
  void streamsThatNobodyAskedForAreNotComplete() {
    fails(failover().expect("streams: complete"), "no call asked for a stream");
  }

  @Test
  void waitsTold() {
    scene.call(0).refused("primary", 6_000).got(429, WAIT_6_S);
    passes(scene.expect("waits-told: 1s..60s"));
    fails(scene.expect("waits-told: '<= 5s'"), "6 s to 6 s in 1 of 1 429", "6 s: steady-1");

    scene.call(1_000).got(429);
    fails(scene.expect("waits-told: 1s..60s"), "6 s to 6 s in 1 of 2 429s", "no wait: steady-2");
  }

  @Test
  void waitsThatNobodyWasToldAreNotRight() {
    fails(failover().expect("waits-told: 1s..60s"), "no 429 was seen");
  }

  @Test
  void waitsBroken() {
    failover();
    passes(scene.expect("waits-broken: 0"));

    scene.call(3_000).refused("primary", 4_000).tried("secondary", 200).got(200);
    fails(scene.expect("waits-broken: 0"), "1 attempt", "came-while-resting");
  }

  @Test
  void verdict() {
    failover();
    passes(scene.expect("verdict: passes"));
    fails(scene.expect("verdict: {max-attempts: 1}"), "1 finding", "too-many-attempts");

    scene.call(30_000).tried("primary", 400).tried("secondary", 400).got(400);
    fails(scene.expect("verdict: passes"), "1 finding", "retried-in-vain", "secondary/gpt  400");
    passes(scene.expect("verdict: {tolerate: [retried-in-vain]}"));
  }

  @Test
  void wastedTokens() {
    failover();
    passes(scene.expect("wasted-tokens: 0"));

    scene.call(30_000).tried("primary", 200).tried("secondary", 200).got(200);
    fails(scene.expect("wasted-tokens: 0"), "40 tokens", "wasted-tokens");
  }

  @Test
  void headers() {
    scene.call(0).got(429, WAIT_6_S);

    passes(scene.expect("headers: {Retry-After-Ms: /^\\d+$/, x-other: absent}"));
    passes(scene.expect("headers: {retry-after-ms: 6000}"));
    fails(
        scene.expect("headers: {retry-after-ms: absent}"),
        "otherwise in 1 of 1 answer",
        "retry-after-ms: 6000; steady-1");
    fails(scene.expect("headers: {x-other: present}"), "otherwise in 1 of 1 answer", "absent");
  }

  @Test
  void answer() {
    scene.call(0).got(400);

    passes(scene.expect("answer: {is: answer to steady-1, contains: [answer, to], lacks: html}"));
    fails(
        scene.expect("answer: {contains: question}"),
        "otherwise in 1 of 1 answer",
        "lacks 'question', is 'answer to steady-1'");
    fails(scene.expect("answer: {lacks: to}"), "otherwise in 1 of 1 answer", "contains 'to'");
    fails(scene.expect("answer: {is: x}"), "otherwise in 1 of 1 answer", "is 'answer to");
  }

  @Test
  void attemptBodies() {
    failover();
    passes(scene.expect("attempt-bodies: unchanged"));
    passes(scene.expect("attempt-bodies: {contains: body of}"));

    scene.call(9_000).triedWith("primary", "body of steady-X").got(200);
    fails(
        scene.expect("attempt-bodies: unchanged"),
        "otherwise in 1 of 4 attempts",
        "16 characters, not 16, and another one at 16");
  }

  @Test
  void secretsSeen() {
    failover().fault("secret: a caller's key in api-key at primary #1", 0);
    passes(scene.expect("secrets-seen: 0"));

    scene.fault("secret: the key of primary in api-key at secondary #2", 3);
    fails(
        scene.expect("secrets-seen: 0"),
        "3 seen",
        "the key of primary in api-key at secondary #2, 3 times");
  }

  @Test
  void secretsOfNobodyProveNothing() {
    fails(failover().expect("secrets-seen: 0"), "the scenario has no keys to look for");
  }

  @Test
  void cancelledWithin() {
    scene.stream(0).cancelledAfter("primary", 80).ended(200, End.LEFT, "");
    passes(scene.expect("cancelled-within: '<= 100ms'"));
  }

  @Test
  void whoIsServedAfterLeavingWasNotCancelled() {
    Scene.Call call = scene.stream(0);
    call.ended(0, End.LEFT, "");
    call.cancelledAfter("primary", 900);

    fails(
        scene.expect("cancelled-within: '<= 100ms'"),
        "900 ms at most, of 1 caller",
        "900 ms: steady");
  }

  @Test
  void nobodyLeftProvesNothing() {
    fails(failover().expect("cancelled-within: '<= 100ms'"), "no caller left", "steady-1");
  }

  @Test
  void faultsStruck() {
    failover().fault("cut", 2);

    passes(scene.expect("faults-struck: {cut: 2}"));
    fails(scene.expect("faults-struck: {cut: '>= 3'}"), "cut: 2", "struck 2 of the 2 calls");
    fails(scene.expect("faults-struck: {cot: 1}"), "nothing", "there was no such fault");
  }

  @Test
  void aliveAfter() {
    failover();
    fails(scene.expect("alive-after: 1s"), "no call was made");

    scene.call(CallRecord.ALIVE_AFTER, 9_000).got(200);
    passes(scene.expect("alive-after: 1s"));
  }

  @Test
  void whoIsNotServedAfterAllIsNotAlive() {
    scene.call(CallRecord.ALIVE_AFTER, 9_000).got(503);

    fails(scene.expect("alive-after: 1s"), "503", "alive-after-1 at 9 s: 503");
  }

  @Test
  void theCallThatShowsThatARouterLivesIsNoneOfTheOthers() {
    failover().call(CallRecord.ALIVE_AFTER, 9_000).got(503);

    passes(scene.expect("statuses: {200: all}"));
  }

  @Test
  void moreThanADozenLinesAreNotShown() {
    for (int i = 0; i < 20; i++) {
      scene.call(i).got(503);
    }

    assertThat(scene.expect("statuses: {200: all}").evidence()).hasSize(13).endsWith("and 8 more");
  }

  @Test
  void attemptsOfARouterThatKeepsTheIdToItselfAreKnownByTheirPrompt() {
    scene.call(0).tried("primary", 200).got(200);
    scene.forgetIds("{\"content\":\"[steady-1] the sun\"}");

    passes(scene.expect("served-by: {primary/gpt: all}"));
  }
}
