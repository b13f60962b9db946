package dev.spillway.router.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/** The backends of the configuration that serves, as they are at a scrape. */
final class BackendGauges {

  private static final List<String> STATES =
      List.of("serving", "resting", "benched", "half-open", "quarantined");

  private final MultiGauge state;
  private final MultiGauge left;
  private final MultiGauge inFlight;
  private final MultiGauge headRoom;
  private final MultiGauge limit;
  private final MultiGauge inUse;

  BackendGauges(MeterRegistry registry) {
    this.state =
        MultiGauge.builder("backend_state")
            .description("1 for the state that a backend is in, 0 for the others")
            .register(registry);
    this.left =
        MultiGauge.builder("backend_rest")
            .description("How much longer a backend is not asked")
            .baseUnit("seconds")
            .register(registry);
    this.inFlight =
        MultiGauge.builder("backend_in_flight")
            .description("Attempts under way, streams until their end")
            .register(registry);
    this.headRoom =
        MultiGauge.builder("backend_head_room")
            .description("What is believed to be left of a backend's limit in its window")
            .register(registry);
    this.limit =
        MultiGauge.builder("backend_limit")
            .description("A backend's limit in one window, as configured or learned")
            .register(registry);
    this.inUse =
        MultiGauge.builder("backend_utilization")
            .description("How much of a provisioned backend is believed to be in use")
            .baseUnit("percent")
            .register(registry);
  }

  /** Shows these from now on, and no others. */
  void show(List<BackendReading> readings) {
    List<Row<?>> states = new ArrayList<>();
    List<Row<?>> rests = new ArrayList<>();
    List<Row<?>> loads = new ArrayList<>();
    List<Row<?>> rooms = new ArrayList<>();
    List<Row<?>> limits = new ArrayList<>();
    List<Row<?>> uses = new ArrayList<>();
    for (BackendReading reading : readings) {
      Tags backend = Tags.of("backend", reading.backend());
      for (String each : STATES) {
        states.add(Row.of(backend.and("state", each), each.equals(reading.state()) ? 1 : 0));
      }
      rests.add(Row.of(backend, reading.left()));
      loads.add(Row.of(backend, reading.inFlight()));
      for (BackendReading.HeadRoom each : reading.headRoom()) {
        rooms.add(Row.of(backend.and("of", each.of()), each.left()));
        limits.add(Row.of(backend.and("of", each.of()), each.limit()));
      }
      if (reading.percentInUse() != null) {
        uses.add(Row.of(backend, reading.percentInUse()));
      }
    }
    state.register(states, true);
    left.register(rests, true);
    inFlight.register(loads, true);
    headRoom.register(rooms, true);
    limit.register(limits, true);
    inUse.register(uses, true);
  }
}
