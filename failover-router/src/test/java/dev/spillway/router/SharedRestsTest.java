package dev.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two routers and a real Redis between them. */
class SharedRestsTest {

  private final RouterFixture fixture = new RouterFixture();
  private final FakeBackend micro = fixture.backend();
  private final FakeBackend turbo = fixture.backend();
  private final RedisServer redis = RedisServer.start();

  @AfterEach
  void close() {
    fixture.close();
    redis.close();
  }

  @Test
  void whatOneRouterLearnsTheOthersKnow() throws Exception {
    FailoverRouter one = sharing();
    FailoverRouter other = sharing();
    micro.answering(429, "{}", "Retry-After", "41");

    assertThat(trace(one)).startsWith("micro=429");

    awaitResting(other);
    assertThat(trace(other)).startsWith("micro=resting(").endsWith("-> turbo=200(0ms)");
    assertThat(micro.seen()).hasSize(1);
    String key = "spillway:rest:" + micro.url() + "/micro-dep";
    assertThat(left(key)).isBetween(30_000L, 41_000L);
  }

  @Test
  void whoStartsLaterIsToldToo() throws Exception {
    FailoverRouter one = sharing();
    micro.answering(429, "{}", "Retry-After", "41");
    assertThat(trace(one)).startsWith("micro=429");
    await().until(() -> redis.say("DBSIZE").startsWith(":1"));

    awaitResting(sharing());
  }

  @Test
  void aShorterRestNeverReplacesALongerOneAndNoneIsLongerThanIsBelieved() {
    String key = "spillway:rest:" + micro.url() + "/micro-dep";
    FailoverRouter router = sharing();
    redis.say("SET " + key + " 1 PX 3000000");
    awaitResting(router);
    assertThat(backends(router)).containsPattern("\"left-ms\":(60000|59\\d\\d\\d)\\b");

    micro.answering(429, "{}", "Retry-After", "5");
    reset(router);
    await().until(() -> !backends(router).contains("resting"));
  }

  @Test
  void aRestThatIsEndedByHandIsEndedForAll() throws Exception {
    FailoverRouter one = sharing();
    FailoverRouter other = sharing();
    micro.answering(429, "{}", "Retry-After", "41");
    assertThat(trace(one)).startsWith("micro=429");
    awaitResting(other);

    reset(one);

    await().until(() -> !backends(other).contains("resting"));
    assertThat(redis.say("DBSIZE")).startsWith(":0");
  }

  @Test
  void aRedisThatHangsOrDiesCostsNobodyAnythingAndIsFoundAgain() throws Exception {
    FailoverRouter one = sharing();
    FailoverRouter other = sharing();
    micro.answering(429, "{}", "Retry-After", "41");
    redis.hang();
    try {
      assertThat(trace(one)).isEqualTo("micro=429(retry-after 41s, 0ms) -> turbo=200(0ms)");
      assertThat(trace(one)).startsWith("micro=resting(41s)");
    } finally {
      redis.goOn();
    }
    awaitResting(other);
    redis.kill();

    reset(one);
    assertThat(trace(one)).startsWith("micro=429");
    redis.startAgain();
    reset(other);
    micro.answering(429, "{}", "Retry-After", "30");
    await()
        .until(() -> {
          reset(one);
          return trace(one).startsWith("micro=429") && backends(other).contains("resting");
        });
  }

  @Test
  void aRouterStartsWithoutItsRedisAndFindsItLater() throws Exception {
    redis.kill();
    FailoverRouter router = sharing();
    assertThat(trace(router)).startsWith("micro=200");

    redis.startAgain();
    redis.say("SET spillway:rest:" + micro.url() + "/micro-dep 1 PX 30000");

    awaitResting(router);
  }

  @Test
  void nonsenseFromOthersIsNotHeard() throws Exception {
    FailoverRouter router = sharing();
    await().until(() -> !redis.say("PUBLISH spillway:rests nonsense").startsWith(":0"));
    String quota = micro.url() + "/micro-dep";
    for (String message :
        new String[] {"x y z", "x -1 " + quota, "x 99999999999999999999 " + quota, "", "x"}) {
      redis.say("PUBLISH spillway:rests \"" + message + "\"");
    }

    assertThat(trace(router)).startsWith("micro=200");
    redis.say("PUBLISH spillway:rests \"x 20000 " + quota + "\"");
    awaitResting(router);
  }

  private FailoverRouter sharing() {
    return fixture.start(
        RouterFixture.yaml(
            micro.url(), turbo.url(), "shared-state: {redis: \"" + redis.address() + "\"}"),
        fixture.clock);
  }

  private void awaitResting(FailoverRouter router) {
    await().until(() -> backends(router).contains("resting"));
  }

  private String backends(FailoverRouter router) {
    try {
      return fixture.get(router, "/router/backends").body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void reset(FailoverRouter router) {
    try {
      assertThat(fixture.post(router, "/router/backends/micro/reset", "").statusCode())
          .isEqualTo(200);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private String trace(FailoverRouter router) throws Exception {
    HttpResponse<String> answer = fixture.post(router, "/completions", "{}");
    return answer.headers().firstValue("x-router-trace").orElse("");
  }

  private long left(String key) {
    String answer = redis.say("PTTL " + key);
    return Long.parseLong(answer.substring(1, answer.indexOf('\r')));
  }
}
