package dev.spillway.router.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.spillway.router.CallPlans;
import dev.spillway.router.plan.CallPlan;
import dev.spillway.router.plan.Header;
import dev.spillway.time.VirtualClock;
import dev.spillway.wire.AzureRoute;
import dev.spillway.wire.Operation;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariant 14: nothing that a backend can send becomes an exception of ours. */
class GarbageTest {

  private static final int CASES = 3_000;

  private static final String[] WAITS = {
    "Retry-After",
    "retry-after-ms",
    "x-ms-retry-after-ms",
    "x-ratelimit-reset-tokens",
    "x-ratelimit-reset-requests",
    "x-ratelimit-remaining-tokens",
    "x-ratelimit-limit-tokens",
    "azure-openai-deployment-utilization",
    "Content-Type",
    "Content-Encoding"
  };
  private static final String[] VALUES = {
    "0",
    "-1",
    "7",
    "1e999",
    "NaN",
    "99999999999999999999999",
    "6m0s",
    "h1m",
    "1767225600",
    "1767225600000",
    "Fri, 99 Nov",
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 9999999999 08:49:37 GMT",
    "\u0000\u00ff",
    "",
    "text/event-stream",
    "application/json",
    "text/html",
    "100%",
    ",;=\""
  };
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "error",
    "\"error\":",
    "\"code\":429",
    "\"choices\":",
    "\"delta\":",
    "\"content\":\"a\"",
    "\\u",
    "\\ud800",
    "1e9999",
    "-",
    "data: ",
    "data:",
    "event: ",
    "event: error\n",
    ": ping",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "[DONE]",
    "data: [DONE]\n\n",
    "\u0000",
    "\ufeff",
    "response.failed",
    "{\"type\":\"",
    "{\"error\":{\"code\":{}}}",
    "{\"error\":[]}",
    "{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}",
    "{\"response\":{\"error\":7}}",
    "retry after 99999999999999999999 seconds",
    "try again in 5 minutes",
    "\"usage\":{\"total_tokens\":",
    "{\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":1e400}}"
  };

  private final VirtualClock clock = VirtualClock.frozenAt(Instant.parse("2026-01-01T00:00:00Z"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void anyWholeAnswerIsSomeResult(long seed) {
    for (long number = 0; number < CASES; number++) {
      SplittableRandom random = new SplittableRandom(seed << 32 | number);
      Answer answer =
          new Answer(
              100 + random.nextInt(900), headers(random), new AnswerBody.Whole(body(random)));
      assertThatCode(() -> assertThat(judge(random).whole(answer).word()).isNotEmpty())
          .as("seed %d, case %d", seed, number)
          .doesNotThrowAnyException();
    }
  }

  /** Also one that breaks off anywhere, in pieces of any size. */
  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void anyStreamIsSomeResultAndCanBeReadToItsEnd(long seed) {
    for (long number = 0; number < CASES; number++) {
      SplittableRandom random = new SplittableRandom(seed << 32 | number);
      List<Header> headers = headers(random);
      headers.removeIf(header -> header.name().equals("Content-Type"));
      headers.add(new Header("Content-Type", "text/event-stream"));
      Answer head = new Answer(200, headers, new AnswerBody.Whole(new byte[0]));
      assertThatCode(() -> readToTheEnd(judge(random), head, new Choppy(body(random), random)))
          .as("seed %d, case %d", seed, number)
          .doesNotThrowAnyException();
    }
  }

  private static void readToTheEnd(AnswerJudge judge, Answer head, InputStream body) {
    try {
      if (judge.arriving(head, body, () -> {}) instanceof AttemptResult.Succeeded good
          && good.answer().body() instanceof AnswerBody.Arriving arriving) {
        StreamEnd end = StreamEnd.of(Optional.of(Operation.CHAT_COMPLETIONS));
        byte[] all = arriving.stream().readAllBytes();
        end.feed(all, all.length);
        boolean unused = end.isComplete() && end.isBetweenEvents();
      }
    } catch (IOException e) {
      // the backend broke off, which is a result, too
    }
  }

  private AnswerJudge judge(SplittableRandom random) {
    Operation[] operations = Operation.values();
    String path = operations[random.nextInt(operations.length)].path();
    CallPlan call = CallPlans.call(new AzureRoute.Dated("gpt", path), null, null, "{}");
    return new AnswerJudge(call, 1 << 16, clock);
  }

  private static List<Header> headers(SplittableRandom random) {
    List<Header> headers = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      headers.add(
          new Header(
              WAITS[random.nextInt(WAITS.length)],
              random.nextInt(4) == 0
                  ? new String(noise(random), StandardCharsets.ISO_8859_1)
                  : VALUES[random.nextInt(VALUES.length)]));
    }
    return headers;
  }

  private static byte[] body(SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      return noise(random);
    }
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] noise(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(60)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Comes in pieces, and sometimes breaks off. */
  private static final class Choppy extends FilterInputStream {
    private final SplittableRandom random;
    private final boolean breaks;

    Choppy(byte[] bytes, SplittableRandom random) {
      super(new ByteArrayInputStream(bytes));
      this.random = random;
      this.breaks = random.nextInt(4) == 0;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, Math.min(length, 1 + random.nextInt(9)));
      if (read < 0 && breaks) {
        throw new IOException("broke off");
      }
      return read;
    }
  }
}
