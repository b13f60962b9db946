package dev.spillway.router.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spillway.router.trace.RequestTrace.Asked;
import dev.spillway.router.trace.RequestTrace.Course;
import dev.spillway.router.trace.RequestTrace.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceRingTest {

  private final RequestId.Source ids = new RequestId.Source("start");

  @Test
  void keepsTheLastOnesAndShowsTheNewestFirst() {
    TraceRing ring = new TraceRing(3);
    for (int i = 0; i < 5; i++) {
      ring.answered(trace());
    }
    assertThat(ring.newestFirst())
        .extracting(trace -> trace.id().number())
        .containsExactly(4L, 3L, 2L);
  }

  @Test
  void notesHowADeliveryWentUnlessTheTraceIsGone() {
    TraceRing ring = new TraceRing(1);
    RequestTrace old = trace();
    RequestTrace young = trace();
    ring.answered(old);
    ring.answered(young);

    ring.finished(old.with(new Course(Delivery.CUT, Duration.ZERO), Spent.NOTHING));
    assertThat(ring.newestFirst()).containsExactly(young);
    RequestTrace cut = young.with(new Course(Delivery.CUT, Duration.ZERO), Spent.NOTHING);
    ring.finished(cut);
    assertThat(ring.newestFirst()).containsExactly(cut);
  }

  @Test
  void aTraceIsFoundByTheIdThatItsAnswerCarried() {
    TraceRing ring = new TraceRing(2);
    RequestTrace trace = trace();
    ring.answered(trace);

    assertThat(ring.find("start-00000000")).contains(trace);
    assertThat(ring.find("start-00000001")).isEmpty();
  }

  private RequestTrace trace() {
    return new RequestTrace(
        ids.next(),
        null,
        Instant.EPOCH,
        new Asked("analysts", "POST", "gpt", "chat/completions", "pool"),
        List.of("micro"),
        List.of(),
        new Outcome("answered", 200, "micro", Duration.ZERO),
        new Course(Delivery.STARTED, Duration.ZERO));
  }
}
