package dev.spillway.router.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceRingTest {

  @Test
  void keepsTheLastOnesAndShowsTheNewestFirst() {
    TraceRing ring = new TraceRing(3);
    for (int i = 0; i < 5; i++) {
      ring.add(trace(ring.nextNumber()));
    }
    assertThat(ring.newestFirst()).extracting(RequestTrace::number).containsExactly(4L, 3L, 2L);
  }

  @Test
  void notesHowADeliveryWentUnlessTheTraceIsGone() {
    TraceRing ring = new TraceRing(1);
    RequestTrace old = trace(ring.nextNumber());
    RequestTrace young = trace(ring.nextNumber());
    ring.add(old);
    ring.add(young);

    ring.delivered(old, Delivery.CUT);
    assertThat(ring.newestFirst()).containsExactly(young);
    ring.delivered(young, Delivery.CUT);
    assertThat(ring.newestFirst()).extracting(RequestTrace::delivery).containsExactly(Delivery.CUT);
  }

  private static RequestTrace trace(long number) {
    return new RequestTrace(
        number,
        Instant.EPOCH,
        "analysts",
        "POST",
        "gpt",
        "chat/completions",
        "pool",
        List.of("micro"),
        List.of(),
        "answered",
        200,
        "micro",
        Duration.ZERO,
        Delivery.STARTED);
  }
}
